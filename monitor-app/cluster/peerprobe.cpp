// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/peerprobe.h"

#include "cluster/ctltexts.h"
#include "cluster/fleetledger.h"
#include "connect/fullconnect.h"
#include "inner/clientlibrary.h"
#include "inner/workers.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// The rows of a query; nothing when the server refused it.
std::optional<QList<QVariantList>> rowsOf(const QSqlDriver &driver, const QString &sql, int columns)
{
    QSqlQuery query(driver.createResult());
    if (!query.exec(sql))
        return std::nullopt;
    Workers::checkpoint();
    QList<QVariantList> rows;
    while (query.next()) {
        QVariantList row;
        for (int i = 0; i < columns; ++i)
            row.append(query.value(i));
        rows.append(row);
    }
    return rows;
}

std::optional<double> numberOf(const QSqlDriver &driver, const QString &sql)
{
    const auto rows = rowsOf(driver, sql, 1);
    bool isNumber = false;
    const double number = rows && !rows->isEmpty()
                                  ? rows->constFirst().constFirst().toString().toDouble(&isNumber)
                                  : 0;
    return isNumber ? std::optional(number) : std::nullopt;
}

/// An account without PROCESS sees only its own sessions, without a warning.
bool maySeeAllSessions(const QSqlDriver &driver)
{
    const auto grants = rowsOf(driver, u"SHOW GRANTS"_s, 1);
    if (!grants)
        return false;
    return std::ranges::any_of(*grants, [](const QVariantList &row) {
        const QString grant = row.constFirst().toString();
        const qsizetype on = grant.indexOf(" ON *.* "_L1, 0, Qt::CaseInsensitive);
        if (on < 0 || !grant.startsWith("GRANT "_L1, Qt::CaseInsensitive))
            return false;
        const QStringList rights = grant.mid(6, on - 6).split(u',');
        return std::ranges::any_of(rights, [](const QString &right) {
            const QString name = right.trimmed().toUpper();
            return name == "PROCESS"_L1 || name == "ALL PRIVILEGES"_L1 || name == "ALL"_L1;
        });
    });
}

/// The schema of our own sessions, which identifies probes of other windows and of qproxysql-ctl.
constexpr auto ProbeSchema = "information_schema"_L1;
constexpr int LongestProbePause = 5; ///< s between two statements of a probe

/// Threads of the server itself: appliers, the event scheduler, replicas that read its log.
bool isServersOwn(const QString &user, const QString &command)
{
    return user == "system user"_L1 || user == "event_scheduler"_L1 || command == "Daemon"_L1
           || command.startsWith("Binlog Dump"_L1) || command.startsWith("Slave_"_L1);
}

ServerList serverListOf(const QSqlDriver &driver)
{
    ServerList list;
    if (!maySeeAllSessions(driver)) {
        list.whyNot = CtlTexts::tr("the account lacks the right PROCESS");
        return list;
    }
    const auto rows = rowsOf(driver,
                             u"SELECT ID, USER, HOST, COMMAND FROM information_schema.PROCESSLIST "
                             "WHERE ID <> CONNECTION_ID() AND USER <> 'unauthenticated user' AND "
                             "NOT (COALESCE(DB, '') = '%1' AND TIME <= %2)"_s.arg(ProbeSchema)
                                     .arg(LongestProbePause),
                             4);
    if (!rows) {
        list.whyNot = CtlTexts::tr("the server refused to list its sessions");
        return list;
    }
    list.isChecked = true;
    for (const QVariantList &row : *rows) {
        const QString user = row.at(1).toString();
        if (!isServersOwn(user, row.at(3).toString()))
            list.rows.append({row.at(0).toULongLong(), user, row.at(2).toString()});
    }
    return list;
}

/// Assumes that half of the round trip is the way to the server.
std::optional<double> clockAheadOf(const QSqlDriver &driver)
{
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const auto server = numberOf(driver, u"SELECT UNIX_TIMESTAMP(NOW(3))"_s);
    const qint64 after = QDateTime::currentMSecsSinceEpoch();
    return server ? std::optional(*server - double(before + after) / 2000.0) : std::nullopt;
}

/// The start is constant while the server runs, also when its clock is set: MariaDB and MySQL
/// measure the uptime by that clock.
void readStart(const QSqlDriver &driver, PeerProbe *probe)
{
    probe->uptimeAt = Clock::steady().now();
    const auto rows = rowsOf(driver, u"SHOW GLOBAL STATUS LIKE 'Uptime'"_s, 2);
    const auto now = numberOf(driver, u"SELECT UNIX_TIMESTAMP()"_s);
    bool isNumber = false;
    const quint64 uptime = rows && !rows->isEmpty()
                                   ? rows->constFirst().at(1).toString().toULongLong(&isNumber)
                                   : 0;
    if (!isNumber || !now)
        return;
    // Before its start, after its clock was set back, it is reported as a huge number.
    probe->uptime = double(qint64(uptime));
    probe->startedAt = *now - *probe->uptime;
}

DrainTable::Reading fleetOf(const QSqlDriver &driver, const ServerFacts &facts,
                            const FleetAccess &fleet)
{
    const ControlSchema schema(fleet.schema);
    if (!fleet.newer.isEmpty()) {
        const FleetLedger ledger(driver, schema, facts);
        (void) ledger.change([&fleet](const DrainTable::Reading &rows) {
            return FleetLedger::outdated(rows, fleet.newer);
        });
    }
    return DrainTable(schema).read(driver);
}

} // namespace

/// The client library accepts a server without TLS although a CA is set.
ConnectFailure withoutTls()
{
    ConnectFailure failure;
    failure.text = CtlTexts::tr("the server has no TLS, which --ssl-ca and its like ask for");
    failure.errorClass = ErrorClass::TlsCertificate;
    return failure;
}

PeerProbe probePeer(const FullConnectRequest &asked, const FleetAccess &fleet)
{
    FullConnectRequest request = asked;
    if (request.login.database.isEmpty())
        request.login.database = ProbeSchema;
    PeerProbe probe;
    probe.peer = request.peer;
    probe.when = Clock::steady().now();
    QElapsedTimer timer;
    timer.start();
    FullConnectResult result = fullConnect(request);
    probe.ended = Clock::steady().now();
    probe.facts = result.facts;
    if (!result.isOk()) {
        probe.failure = result.failure;
        probe.isLoggedIn = !result.facts.version.isEmpty();
        probe.serverList.whyNot = CtlTexts::tr("no connection to it: %1").arg(probe.message());
        return probe;
    }
    probe.isLoggedIn = true;
    probe.connectMs = double(timer.nsecsElapsed()) / 1e6;
    result.connection->adopt(nullptr);
    const QSqlDriver &driver = *result.connection->driver();
    probe.connectionId = result.connection->library().threadId(result.connection->mysql());
    probe.usesTls = result.connection->library().usesTls(result.connection->mysql());
    if (!probe.usesTls && request.login.options.contains("SSL_"_L1)) {
        probe.failure = withoutTls();
        probe.serverList.whyNot = probe.message();
        return probe;
    }
    probe.between = Intermediary::find(*result.connection, probe.peer, result.facts.version);
    if (probe.between.objection.isEmpty()) {
        probe.serverList = serverListOf(driver);
        readStart(driver, &probe);
    } else {
        probe.serverList.whyNot = probe.between.objection;
    }
    if (probe.between.proxy.isEmpty())
        probe.sessionLimit = numberOf(driver, u"SELECT @@max_connections"_s);
    probe.clockAhead = clockAheadOf(driver);
    if (!fleet.schema.isEmpty())
        probe.fleet = fleetOf(driver, probe.facts, fleet);
    return probe;
}

} // namespace qproxysql
