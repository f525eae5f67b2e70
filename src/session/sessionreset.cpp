// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionreset.h"

#include "inner/clientlibrary.h"
#include "inner/workers.h"
#include "session/peersession.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

#include <errmsg.h>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto FactsHold = 5s;
constexpr auto AnswerHolds = 1s;

bool hasOtherSchema(const PeerSession &session)
{
    bool known = false;
    const QByteArray schema = session.inner().library().schema(session.inner().mysql(), &known);
    const QString &opened = session.key().login.database;
    return known ? schema != opened.toUtf8() : !opened.isEmpty();
}

QString useStatement(QString schema)
{
    return QLatin1String("USE `") + schema.replace(u'`', QLatin1String("``")) + u'`';
}

QString joined(const QString &first, const QString &second)
{
    if (first.isEmpty() || second.isEmpty())
        return first + second;
    return first + QLatin1String("\n;") + second;
}

// A reset switches tracking off and restores the charset of the server, not the client library's. In
// one statement where the library's is the right one.
bool restoreCharacterSet(const PeerSession &session)
{
    const ClientLibrary &library = session.inner().library();
    void *const mysql = session.inner().mysql();
    const QByteArray &opened = session.characterSet();
    const QString &trackingSql = session.facts().trackingSql;
    bool isDone = false;
    if (!trackingSql.isEmpty()) {
        QSqlQuery query(session.driver()->createResult());
        isDone = query.exec(trackingSql + QLatin1String(",NAMES ") + QString::fromLatin1(opened));
        Workers::checkpoint();
        if (!isDone)
            return false;
        isDone = library.characterSet(mysql) == opened;
    }
    if (!isDone) {
        isDone = library.setCharacterSet(mysql, opened.constData());
        Workers::checkpoint();
    }
    return isDone;
}

} // namespace

ResetOutcome resetSession(PeerSession &session, bool mayHaveOtherSchema)
{
    const Claim claim(session);
    const ClientLibrary &library = session.inner().library();
    void *const mysql = session.inner().mysql();

    const bool owesSchema = mayHaveOtherSchema || hasOtherSchema(session);
    if (owesSchema && session.key().login.database.isEmpty())
        return ResetOutcome::Spoilt; // there is no way back to none
    const bool isReset = library.resetConnection(mysql);
    Workers::checkpoint();
    if (!isReset) {
        const uint error = library.errorNumber(mysql);
        return error >= CR_MIN_ERROR && error <= CR_MAX_ERROR ? ResetOutcome::Lost
                                                              : ResetOutcome::Refused;
    }
    if (!restoreCharacterSet(session))
        return ResetOutcome::Spoilt;
    session.resetDone(owesSchema);
    return ResetOutcome::Clean;
}

bool needsRenewal(const PeerSession &session)
{
    const auto now = std::chrono::steady_clock::now();
    return session.owesSchema() || session.owesInitSql() || now - session.heard() > AnswerHolds
           || now - session.factsHeard() > FactsHold;
}

bool renewSession(PeerSession &session)
{
    const Claim claim(session);
    QString checkSql = session.pool()->policy().checkSql;
    QString initSql = session.owesInitSql() ? session.key().initSql : QString();
    if (session.owesSchema()) {
        // Before whatever comes first and may name tables without a schema.
        QString &first = checkSql.isEmpty() ? initSql : checkSql;
        first = joined(useStatement(session.key().login.database), first);
    }
    ServerFacts facts;
    if (setUpSession(session.inner(), checkSql, initSql, &facts) || facts != session.facts())
        return false;
    session.renewed();
    return true;
}

} // namespace qproxysql
