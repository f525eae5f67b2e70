// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/arrival.h"

#include "connect/groupmembership.h"
#include "connect/peerhabits.h"
#include "inner/workers.h"
#include "session/logging.h"
#include "session/peersession.h"

#include <QtCore/QCoreApplication>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlResult>

#include <atomic>

namespace qproxysql {

namespace {

// The node did not catch up in time: within repl.causal_read_timeout, or wait_timeout.
constexpr int LockWaitTimeout = 1205;
constexpr int GroupWaitTimeout = 3797;

bool isLagging(int code)
{
    return code == LockWaitTimeout || code == GroupWaitTimeout;
}

bool isGalera(const PeerSession &session)
{
    return !session.facts().clusterId.isEmpty();
}

// A value that INIT_SQL sets is left as it is.
bool isSetByInitSql(const PeerSession &session, const char *name)
{
    return session.key().initSql.contains(QLatin1String(name), Qt::CaseInsensitive);
}

// A member waits for as long as wait_timeout, by default 8 hours, also when the client has hung up.
bool mayLimitWait(const PeerSession &session)
{
    return !isSetByInitSql(session, "wait_timeout")
           && !session.key().login.options.contains(QLatin1String("INTERACTIVE"));
}

// BEGIN and each read of a table wait; SELECT without a table, SET and DO do not. A parked session is also
// asked whether its server is still a member; otherwise the read could be stale.
QStringList groupStatements(const PeerSession &session, CausalReads causalReads)
{
    const QLatin1String name("group_replication_consistency");
    QStringList statements;
    if (!isSetByInitSql(session, name.data())) {
        const bool isLimited = causalReads == CausalReads::Moves && mayLimitWait(session);
        statements << QStringLiteral("SET SESSION %1 = IF(@@SESSION.%1 IN ('AFTER', "
                                     "'BEFORE_AND_AFTER'), 'BEFORE_AND_AFTER', 'BEFORE')")
                                      .arg(name)
                              + QLatin1String(isLimited ? ", wait_timeout = 30" : "")
                   << QStringLiteral("BEGIN") << QStringLiteral("COMMIT");
        if (causalReads == CausalReads::Moves)
            statements << QStringLiteral("SET SESSION %1 = DEFAULT").arg(name)
                                  + QLatin1String(isLimited ? ", wait_timeout = DEFAULT" : "");
    }
    if (session.facts().standing == GroupStanding::Online)
        statements << GroupMembership::members();
    return statements;
}

void logNotThroughProxy(const PeerSession &session)
{
    static std::atomic_flag hasLogged;
    if (!hasLogged.test_and_set())
        qCInfo(lcSession).noquote()
                << "pool" << session.pool()->name() << "peer" << session.peerName()
                << "is a proxy: no causal reads are asked for through it (CAUSAL_READS has no "
                   "effect)";
}

// Any SELECT waits; SHOW, SET and DO do not (docs/measurements.md).
QStringList causalStatements(const PeerSession &session, CausalReads causalReads)
{
    const QString set = QStringLiteral(
            "SET SESSION wsrep_sync_wait = @@SESSION.wsrep_sync_wait | 1");
    const QString read = QStringLiteral("SELECT 1");
    const ServerFacts &facts = session.facts();
    if (causalReads == CausalReads::Off || !(facts.isOfGroup || isGalera(session)))
        return {};
    if (facts.isThroughProxy) { // the next read may be another node's, and ProxySQL ties the session
        logNotThroughProxy(session);
        return {};
    }
    if (facts.isOfGroup)
        return groupStatements(session, causalReads);
    if (causalReads == CausalReads::Always)
        return {set, read};
    if (facts.flavour == ServerFlavour::MariaDb)
        return {QStringLiteral("SET STATEMENT wsrep_sync_wait = 1 FOR SELECT 1")};
    if (isSetByInitSql(session, "wsrep_sync_wait"))
        return {};
    return {set, read, QStringLiteral("SET SESSION wsrep_sync_wait = DEFAULT")};
}

/// The result of several statements.
struct Sent
{
    QSqlError error;
    qsizetype succeeded = 0;                         ///< statements before the one that failed
    GroupStanding standing = GroupStanding::Unknown; ///< if it was asked
};

void readStanding(const PeerSession &session, QSqlQuery &query, Sent *sent)
{
    if (query.isSelect() && GroupMembership::isOfMembers(query.record().fieldName(0)))
        sent->standing = GroupMembership::readStanding(query, session.facts().identities);
}

Sent sendTogether(const PeerSession &session, const QStringList &statements)
{
    Sent sent;
    QSqlQuery query(session.driver()->createResult());
    bool goesOn = query.exec(statements.join(QLatin1String("\n;")));
    for (; goesOn; goesOn = query.nextResult()) {
        ++sent.succeeded;
        readStanding(session, query, &sent);
    }
    Workers::checkpoint();
    sent.error = query.lastError();
    return sent;
}

// ProxySQL says that it has selected any schema, and its server refuses what comes next.
QSqlError selectSchema(const PeerSession &session, const QString &schema, const QString &use)
{
    const InnerConnection &inner = session.inner();
    const bool isSelected = inner.library().selectSchema(inner.mysql(), schema.toUtf8());
    Workers::checkpoint();
    if (!isSelected) // as a text it also returns the reason
        return sendTogether(session, {use}).error;
    return session.facts().isThroughProxy
                   ? sendTogether(session, {QStringLiteral("SELECT DATABASE()")}).error
                   : QSqlError();
}

/// Statement \a use is the one that selects \a schema.
Sent sendOneByOne(const PeerSession &session, const QStringList &statements, qsizetype use,
                  const QString &schema)
{
    Sent sent;
    for (const QString &statement : statements) {
        const bool isUse = sent.succeeded == use && !schema.isNull();
        const Sent one = isUse ? Sent{selectSchema(session, schema, statement)}
                               : sendTogether(session, {statement});
        sent.error = one.error;
        if (one.standing != GroupStanding::Unknown)
            sent.standing = one.standing;
        if (sent.error.isValid())
            break;
        ++sent.succeeded;
    }
    return sent;
}

ErrorClass classOf(const PeerSession &session, const QSqlError &error)
{
    return classifyError(Stage::Statement, error.nativeErrorCode().toInt(), error.databaseText(),
                         session.facts().flavour);
}

bool isUnknownToServer(const PeerSession &session, const QSqlError &error)
{
    return !isLagging(error.nativeErrorCode().toInt())
           && classOf(session, error) == ErrorClass::StatementsOwn;
}

bool isAskedOneByOne(const PeerSession &session)
{
    const QString peer = session.inner().peerName();
    return session.facts().isThroughProxy || PeerHabits::has(PeerHabits::Habit::NoUseInTexts, peer)
           || PeerHabits::has(PeerHabits::Habit::OneStatementATime, peer);
}

Sent send(const PeerSession &session, const QStringList &causal, const ArrivalNeeds &needs)
{
    const QStringList statements = causal + needs.settings;
    Sent sent;
    if (statements.isEmpty())
        return sent;
    if (!isAskedOneByOne(session) || (statements.size() == 1 && needs.schema.isNull())) {
        sent = sendTogether(session, statements);
        if (!sent.error.isValid() || statements.size() == 1
            || !isUnknownToServer(session, sent.error))
            return sent;
    }
    const bool wasRefused = sent.error.isValid();
    sent = sendOneByOne(session, statements, causal.size(), needs.schema);
    if (wasRefused && !sent.error.isValid())
        PeerHabits::note(PeerHabits::Habit::NoUseInTexts, session.inner().peerName());
    return sent;
}

void warnOfUnknown(const PeerSession &session, const QSqlError &error)
{
    static std::atomic_flag hasWarned;
    if (!hasWarned.test_and_set())
        qCWarning(lcSession).noquote()
                << "peer" << session.peerName()
                << "does not know causal reads, CAUSAL_READS has no effect there:"
                << error.nativeErrorCode() << error.databaseText();
}

QSqlError settingsRefused(const QString &peer, const QSqlError &cause)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("QProxySql", text); };
    return QSqlError(QStringLiteral("QPROXYSQL: ") + tr("Session settings cannot be restored"),
                     tr("The session was lost, and the new one on %1 cannot be given the settings "
                        "that the connection had: %2. This statement was not executed. Close the "
                        "connection and open it again, or make that setting possible.")
                             .arg(peer, cause.databaseText()),
                     QSqlError::StatementError, cause.nativeErrorCode());
}

ArrivalFailure failureOfSettings(const PeerSession &session, const QSqlError &error)
{
    const ErrorClass errorClass = classOf(session, error);
    if (endsSession(errorClass) || provesNotExecuted(errorClass))
        return {error, false};
    return {settingsRefused(session.peerName(), error), true};
}

std::optional<ArrivalFailure> sendSettings(const PeerSession &session, const ArrivalNeeds &needs)
{
    const QSqlError error = send(session, {}, needs).error;
    return error.isValid() ? std::optional(failureOfSettings(session, error)) : std::nullopt;
}

std::optional<ArrivalFailure> catchUp(const PeerSession &session, const QStringList &causal,
                                      const ArrivalNeeds &needs)
{
    const Sent sent = send(session, causal, needs);
    const bool isMember = sent.standing == GroupStanding::Unknown
                          || sent.standing == GroupStanding::Online;
    if (!sent.error.isValid())
        return isMember ? std::nullopt : std::optional(ArrivalFailure{});
    if (sent.succeeded >= causal.size())
        return failureOfSettings(session, sent.error);
    // The effect of the first statements cannot be undone: the session is unusable.
    if (sent.succeeded > 0 || !isUnknownToServer(session, sent.error))
        return ArrivalFailure{sent.error};
    warnOfUnknown(session, sent.error);
    return sendSettings(session, needs);
}

// A library that does not follow the server's charset reports needs it set. This sets the server's
// charset, too, so the detailed settings are sent once more.
std::optional<ArrivalFailure> setClientCharacterSet(const PeerSession &session,
                                                    const ArrivalNeeds &needs)
{
    if (needs.clientCharacterSet.isEmpty()
        || session.clientCharacterSet() == needs.clientCharacterSet)
        return std::nullopt;
    const bool isSet =
            session.inner().library().setCharacterSet(session.inner().mysql(),
                                                      needs.clientCharacterSet.constData());
    Workers::checkpoint();
    if (!isSet)
        return ArrivalFailure{};
    return sendSettings(session, needs);
}

} // namespace

bool ArrivalNeeds::areMetBy(const PeerSession &session) const
{
    return settings.isEmpty() && clientCharacterSet.isEmpty()
           && causalStatements(session, causalReads).isEmpty();
}

std::optional<ArrivalFailure> arrive(PeerSession &session, const ArrivalNeeds &needs)
{
    const QStringList causal = causalStatements(session, needs.causalReads);
    // After COM_CHANGE_USER a MariaDB session never waits again, whatever wsrep_sync_wait says
    // (docs/measurements.md).
    if (!causal.isEmpty() && isGalera(session) && session.wasReset())
        return ArrivalFailure{};
    const Claim claim(session);
    if (!needs.settings.isEmpty() || !needs.clientCharacterSet.isEmpty())
        session.statements().settingsChanged(); // they were prepared under other settings
    const std::optional<ArrivalFailure> failure = catchUp(session, causal, needs);
    return failure ? failure : setClientCharacterSet(session, needs);
}

} // namespace qproxysql
