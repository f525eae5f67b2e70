// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionreset.h"

#include "inner/clientlibrary.h"
#include "inner/workers.h"
#include "session/peersession.h"

#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

#include <algorithm>
#include <array>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto FactsHold = 5s;
constexpr auto AnswerHolds = 1s;

// The client library sends the login in its own default charset, which may lack other characters.
bool isAscii(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.unicode() < 128; });
}

// 1226 and 1040: all connections are in use, or the account's hourly limit is reached. 1044, 1049: the
// schema is gone.
ResetOutcome outcomeOfRefusal(uint error)
{
    if (error == 0)
        return ResetOutcome::Refused;
    if (!isServersOwn(int(error)))
        return ResetOutcome::Lost;
    switch (classifyError(Stage::Connect, int(error), {})) {
    case ErrorClass::Login:
        return ResetOutcome::LoginRefused;
    case ErrorClass::Overload:
    case ErrorClass::Configuration:
    case ErrorClass::Down:
        return ResetOutcome::Spoilt;
    default:
        return ResetOutcome::Refused;
    }
}

// A session keeps the schema's settings as of its login; they may have been changed since.
QString schemaQuestion(const PeerSession &session)
{
    if (session.key().login.database.isEmpty() || session.facts().trackingSql.isEmpty())
        return {};
    return QStringLiteral("SELECT @@collation_database = (SELECT DEFAULT_COLLATION_NAME FROM "
                          "information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE())");
}

bool isTrue(const PeerSession &session, const QString &question)
{
    QSqlQuery query(session.driver()->createResult());
    const bool isAnswered = query.exec(question) && query.next();
    Workers::checkpoint();
    return isAnswered && query.value(0).toBool();
}

// COM_CHANGE_USER has three gaps. In MariaDB it leaves a role active when the account has no default one,
// so an active role may be wrong. It does not run init_connect. It keeps what the server collected for
// the previous user: the statements of SHOW PROFILES in MariaDB, the optimizer trace in MySQL.
QString fitnessQuestion(const PeerSession &session)
{
    if (session.facts().flavour == ServerFlavour::MariaDb)
        return QStringLiteral("SELECT CURRENT_ROLE() IS NULL AND @@GLOBAL.init_connect = '', "
                              "NOT EXISTS (SELECT * FROM information_schema.PROFILING)");
    if (session.facts().trackingSql.isEmpty()) // a proxy, or an old server
        return QStringLiteral("SELECT @@GLOBAL.init_connect = '', 1");
    return QStringLiteral("SELECT @@GLOBAL.init_connect = '', "
                          "NOT EXISTS (SELECT * FROM information_schema.OPTIMIZER_TRACE)");
}

/// The result of the last statement of \a sql, a fitnessQuestion().
ResetOutcome fitnessAfter(const PeerSession &session, const QString &sql)
{
    QSqlQuery query(session.driver()->createResult());
    ResetOutcome outcome = ResetOutcome::Spoilt;
    bool goesOn = query.exec(sql);
    for (; goesOn; goesOn = query.nextResult()) {
        if (query.isSelect() && query.next() && query.value(1).toBool())
            outcome = query.value(0).toBool() ? ResetOutcome::Clean : ResetOutcome::Unfit;
    }
    Workers::checkpoint();
    return query.lastError().isValid() ? ResetOutcome::Spoilt : outcome;
}

// In one request where the library follows the server's reports of the charset.
ResetOutcome setUpAgain(const PeerSession &session)
{
    const ClientLibrary &library = session.inner().library();
    void *const mysql = session.inner().mysql();
    const QByteArray &opened = session.inner().openedCharacterSet();
    const QString &trackingSql = session.facts().trackingSql;
    const QString question = fitnessQuestion(session);
    ResetOutcome outcome = ResetOutcome::Clean;
    if (!trackingSql.isEmpty()) {
        const QString sql = trackingSql + QLatin1String(",NAMES ") + QString::fromLatin1(opened);
        outcome = fitnessAfter(session, sql + QLatin1String("\n;") + question);
        if (outcome != ResetOutcome::Clean || library.characterSet(mysql) == opened)
            return outcome;
    }
    const bool isSet = library.setCharacterSet(mysql, opened.constData());
    Workers::checkpoint();
    if (!isSet)
        return ResetOutcome::Spoilt;
    return trackingSql.isEmpty() ? fitnessAfter(session, question) : outcome;
}

bool logInAgain(const PeerSession &session)
{
    const InnerLogin &login = session.key().login;
    const QByteArray schema = isAscii(login.database) ? login.database.toUtf8() : QByteArray();
    const bool isDone = session.inner().library().changeUser(session.inner().mysql(),
                                                             login.user.toUtf8(),
                                                             login.password.toUtf8(), schema);
    Workers::checkpoint();
    return isDone;
}

bool selectSchema(const PeerSession &session)
{
    const QString &schema = session.key().login.database;
    if (isAscii(schema))
        return true; // done with the login
    const bool isDone = session.inner().library().selectSchema(session.inner().mysql(),
                                                               schema.toUtf8());
    Workers::checkpoint();
    return isDone;
}

} // namespace

bool mayBeReset(const SessionKey &key)
{
    static constexpr std::array flags{"CLIENT_INTERACTIVE", "CLIENT_IGNORE_SPACE"};
    return !key.login.user.isEmpty() && std::ranges::none_of(flags, [&key](const char *flag) {
        return key.login.options.contains(QLatin1String(flag), Qt::CaseInsensitive);
    });
}

ResetOutcome resetSession(PeerSession &session)
{
    const Claim claim(session);
    if (!logInAgain(session))
        return outcomeOfRefusal(session.inner().library().errorNumber(session.inner().mysql()));
    session.statements().settingsChanged(); // the server has forgotten them
    session.statements().closeOutdated();
    const ResetOutcome outcome = setUpAgain(session);
    if (outcome != ResetOutcome::Clean)
        return outcome;
    if (!selectSchema(session))
        return ResetOutcome::Spoilt;
    session.resetDone();
    return ResetOutcome::Clean;
}

bool needsRenewal(const PeerSession &session)
{
    const auto now = std::chrono::steady_clock::now();
    return session.owesInitSql() || now - session.heard() > AnswerHolds
           || now - session.factsHeard() > FactsHold;
}

bool renewSession(PeerSession &session)
{
    const Claim claim(session);
    const QString initSql = session.owesInitSql() ? session.key().initSql : QString();
    const QString checkSql = session.pool()->policy().checkSql;
    const QString question = schemaQuestion(session);
    const bool isJustReset = session.owesInitSql()
                             && std::chrono::steady_clock::now() - session.heard() <= AnswerHolds;
    if (!checkSql.isEmpty() && !question.isEmpty() && !isJustReset && !isTrue(session, question))
        return false;
    const auto facts = setUpSession(session.inner(), checkSql.isEmpty() ? question : checkSql,
                                    initSql);
    if (!facts || *facts != session.facts())
        return false;
    session.renewed();
    return true;
}

} // namespace qproxysql
