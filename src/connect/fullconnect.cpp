// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/fullconnect.h"

#include "config/coretexts.h"
#include "connect/connectionslots.h"
#include "connect/initfailuretext.h"
#include "connect/openingrequest.h"
#include "connect/peerhabits.h"
#include "inner/clientlibrary.h"
#include "inner/workers.h"

#include <QtCore/QElapsedTimer>

#include <array>
#include <thread>

namespace qproxysql {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A server frees a slot within milliseconds after COM_QUIT unless it is busy.
constexpr std::array PausesForASlot{5ms, 15ms, 30ms, 50ms, 100ms, 150ms, 150ms};
constexpr qint64 LostAtOnceMs = 1000;

// The text of 2002 and 2003 contains the system's error number. A peer that accepts but never
// greets causes 2013 after the time-out. The client library's rounding needs a tolerance of 5 %.
// libmysqlclient does not wait for a Unix socket whose queue is full, as that of a frozen server (EAGAIN).
bool isTimeout(const PeerAddress &peer, int code, const QString &text, qint64 elapsed,
               int timeoutSeconds)
{
    const bool isOver = elapsed >= timeoutSeconds * 950;
    if (code == 2002 || code == 2003)
        return isOver || text.contains("(110)"_L1) || (peer.isSocket() && text.contains("(11)"_L1));
    return code == 2013 && isOver;
}

ConnectFailure failureOf(const QSqlError &error, ServerFlavour flavour)
{
    ConnectFailure failure;
    failure.code = error.nativeErrorCode().toInt();
    failure.text = error.databaseText();
    failure.error = error;
    failure.errorClass = classifyError(Stage::Connect, failure.code, failure.text, flavour);
    return failure;
}

ConnectFailure ownFailure(ErrorClass errorClass, const QString &driverText, const QString &text)
{
    ConnectFailure failure;
    failure.text = text;
    failure.error = QSqlError(driverText, text, QSqlError::ConnectionError);
    failure.errorClass = errorClass;
    return failure;
}

ConnectFailure initFailure(const QSqlError &error, ServerFlavour flavour)
{
    auto failure = failureOf(error, flavour);
    // INIT_SQL is not to blame for a lost connection or a node that leaves its cluster.
    if (endsSession(classifyError(Stage::Statement, failure.code, failure.text, flavour))
        || failure.errorClass == ErrorClass::NotReady)
        return failure;
    failure.errorClass = ErrorClass::Configuration;
    failure.text = InitFailureText::of(failure.text);
    failure.error = QSqlError(CoreTexts::tr("The session could not be set up"), failure.text,
                              QSqlError::ConnectionError, error.nativeErrorCode());
    return failure;
}

ServerFacts factsOf(const OpeningRequest::Answer &answer, const QString &greetedVersion)
{
    auto values = answer.values;
    if (!values.contains("version"_L1))
        values.insert(u"version"_s, greetedVersion);
    auto facts = ReadinessQuery::judge(values);
    facts.trackingSql = answer.trackingSql;
    facts.isThroughProxy = answer.isThroughProxy;
    if (answer.check)
        facts.notReadyReason = *answer.check ? QString()
                                             : CoreTexts::tr("CHECK_SQL did not answer true");
    return facts;
}

std::optional<ConnectFailure> objection(const OpeningRequest::Answer &answer,
                                        const ServerFacts &facts)
{
    if (answer.error.isValid()) {
        if (answer.failedPart == OpeningRequest::Part::Init)
            return initFailure(answer.error, facts.flavour);
        auto failure = failureOf(answer.error, facts.flavour);
        if (answer.failedPart == OpeningRequest::Part::Check)
            failure.errorClass = ErrorClass::NotReady;
        return failure;
    }
    if (!facts.isReady()) {
        auto failure = ownFailure(ErrorClass::NotReady, CoreTexts::tr("The server is not ready"),
                                  facts.notReadyReason);
        failure.standing = facts.standing;
        return failure;
    }
    return std::nullopt;
}

using Form = OpeningRequest::Form;

struct Attempt
{
    FullConnectResult result;
    bool isLostAtOpening = false; ///< logged in, but lost the connection at the opening request
};

std::optional<ConnectFailure> setUp(const InnerConnection &connection, const QString &checkSql,
                                    const QString &initSql, Form form, Attempt *attempt)
{
    const OpeningRequest opening(checkSql, initSql, connection);
    const auto answer = opening.send(form);
    const auto greetedVersion = connection.library().serverVersion(connection.mysql());
    attempt->result.facts = factsOf(answer, greetedVersion);
    attempt->isLostAtOpening = answer.error.isValid()
                               && answer.failedPart == OpeningRequest::Part::Facts
                               && endsSession(classifyError(Stage::Statement,
                                                            answer.error.nativeErrorCode().toInt(),
                                                            answer.error.databaseText()));
    return objection(answer, attempt->result.facts);
}

Attempt attemptOnce(const FullConnectRequest &request, Form form)
{
    Attempt attempt;
    FullConnectResult &result = attempt.result;
    auto created = InnerConnection::create(request.driver);
    if (!created) {
        result.failure = ownFailure(ErrorClass::Local, CoreTexts::tr("The inner driver is missing"),
                                    created.error());
        return attempt;
    }
    std::unique_ptr<InnerConnection> connection = *std::move(created);

    const int timeout = // in seconds
            std::max(1,
                     int(std::chrono::ceil<std::chrono::seconds>(request.connectTimeout).count()));
    QElapsedTimer timer;
    timer.start();
    if (!connection->open(request.peer, request.login, timeout)) {
        auto &failure = result.failure;
        failure = failureOf(connection->error(), ServerFlavour::Unknown);
        failure.timedOut = isTimeout(request.peer, failure.code, failure.text, timer.elapsed(),
                                     timeout);
        return attempt;
    }
    timer.restart();
    if (const auto failure = setUp(*connection, request.checkSql, request.initSql, form, &attempt)) {
        result.failure = *failure;
        // An elapsed READ_TIMEOUT does not show that the peer refuses several statements.
        attempt.isLostAtOpening = attempt.isLostAtOpening && timer.elapsed() < LostAtOnceMs;
        return attempt;
    }
    connection->giveAway();
    result.connection = std::move(connection);
    return attempt;
}

FullConnectResult connectOnce(const FullConnectRequest &request)
{
    const bool isAskedOneByOne = PeerHabits::has(PeerHabits::Habit::OneStatementATime,
                                                 request.peer.name());
    Attempt attempt = attemptOnce(request, Form::Together);
    if (attempt.isLostAtOpening && !isAskedOneByOne)
        attempt = attemptOnce(request, Form::OneByOne);
    return std::move(attempt.result);
}

} // namespace

FullConnectResult fullConnect(const FullConnectRequest &request)
{
    FullConnectResult result = connectOnce(request);
    for (const auto pause : PausesForASlot) {
        if (result.isOk() || !ConnectionSlots::isExhausted(result.failure)
            || !ConnectionSlots::instance().free({request.peer.name(), request.identities}))
            break;
        std::this_thread::sleep_for(pause);
        Workers::checkpoint();
        result = connectOnce(request);
    }
    return result;
}

Expected<ServerFacts, ConnectFailure> setUpSession(const InnerConnection &connection,
                                                   const QString &checkSql, const QString &initSql)
{
    Attempt attempt;
    if (const auto failure = setUp(connection, checkSql, initSql, Form::Together, &attempt))
        return Unexpected(*failure);
    return attempt.result.facts;
}

} // namespace qproxysql
