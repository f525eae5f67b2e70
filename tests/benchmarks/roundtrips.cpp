// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "roundtrips.h"

#include "benchconnection.h"
#include "sandbox/relay.h"
#include "work.h"

#include <QtCore/QJsonObject>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

#include <vector>

namespace qproxysql::bench {

namespace {

struct Entry
{
    const char *name;
    int most; ///< of QPROXYSQL; -1: as many as QMYSQL, or not limited
    void (*prepare)(QSqlDatabase &db, QSqlQuery &query); ///< not counted
    bool (*run)(QSqlDatabase &db, QSqlQuery &query);
};

void nothing(QSqlDatabase &, QSqlQuery &) {}

bool prepareAndExec(QSqlQuery &query,
                    const QString &sql = QStringLiteral("SELECT CAST(? AS SIGNED)"))
{
    if (!query.prepare(sql))
        return false;
    query.addBindValue(1);
    return query.exec();
}

/// The text has come twice.
void useTwice(QSqlDatabase &db, QSqlQuery &)
{
    for (int i = 0; i < 2; ++i) {
        QSqlQuery query(db);
        prepareAndExec(query);
    }
}

/// The text has come twice, and query has it.
void prepareTwice(QSqlDatabase &db, QSqlQuery &query)
{
    QSqlQuery first(db);
    prepareAndExec(first);
    first.clear();
    prepareAndExec(query);
}

const std::vector<Entry> &entries()
{
    static const auto *all = new std::vector<Entry>{
            {"open", -1, [](QSqlDatabase &db, QSqlQuery &) { db.close(); },
             [](QSqlDatabase &db, QSqlQuery &) { return db.open(); }},
            {"exec", -1, nothing,
             [](QSqlDatabase &, QSqlQuery &query) {
                 return query.exec(QStringLiteral("SELECT 1"));
             }},
            {"insert", -1, nothing,
             [](QSqlDatabase &, QSqlQuery &query) {
                 return query.exec(QStringLiteral("INSERT INTO bench VALUES (1)"));
             }},
            {"prepare", -1, nothing,
             [](QSqlDatabase &, QSqlQuery &query) {
                 return query.prepare(QStringLiteral("SELECT ?"));
             }},
            {"re-exec prepared", 1, prepareTwice,
             [](QSqlDatabase &, QSqlQuery &query) {
                 query.addBindValue(2);
                 return query.exec();
             }},
            {"prepare, exec, destroy: text again", 1, useTwice,
             [](QSqlDatabase &db, QSqlQuery &) {
                 QSqlQuery query(db);
                 return prepareAndExec(query);
             }},
            {"prepare, exec, destroy: new text", 2, nothing,
             [](QSqlDatabase &db, QSqlQuery &) {
                 QSqlQuery query(db);
                 return prepareAndExec(query, QStringLiteral("SELECT CAST(? AS SIGNED) + 1"));
             }},
            {"close of a prepared query", 0, prepareTwice,
             [](QSqlDatabase &, QSqlQuery &query) {
                 query = QSqlQuery();
                 return true;
             }},
            {"begin and commit", -1, nothing,
             [](QSqlDatabase &db, QSqlQuery &) { return db.transaction() && db.commit(); }},
            {"tables", -1, nothing,
             [](QSqlDatabase &db, QSqlQuery &) { return db.tables().size() == 1; }},
            {"record", -1, nothing,
             [](QSqlDatabase &db, QSqlQuery &) {
                 return !db.record(QStringLiteral("bench")).isEmpty();
             }},
            {"close", -1, nothing,
             [](QSqlDatabase &db, QSqlQuery &) {
                 db.close();
                 return true;
             }},
    };
    return *all;
}

int countOne(const Entry &entry, const QString &driver, sandbox::Relay &relay)
{
    BenchConnection connection(driver, QStringLiteral("127.0.0.1"), relay.port());
    connection.open();
    QSqlQuery query(connection.db());
    entry.prepare(connection.db(), query);
    relay.resetCounts();
    if (!entry.run(connection.db(), query))
        qFatal("%s failed with %s", entry.name, qPrintable(driver));
    const sandbox::RequestCounts counts = relay.counts();
    return counts.roundTrips + counts.loginRoundTrips;
}

} // namespace

QJsonArray countRoundTrips()
{
    sandbox::ServerGroup servers(1);
    if (!servers.start())
        qFatal("%s", qPrintable(servers.errorString()));
    servers.executeEverywhere(QStringLiteral("CREATE TABLE test.bench(a INT)"));
    sandbox::Relay relay(servers[0].port());
    QJsonArray figures;
    for (const Entry &entry : entries()) {
        figures.append(QJsonObject{{QStringLiteral("operation"), QLatin1String(entry.name)},
                                   {QStringLiteral("qmysql"),
                                    countOne(entry, QStringLiteral("QMYSQL"), relay)},
                                   {QStringLiteral("qproxysql"),
                                    countOne(entry, QStringLiteral("QPROXYSQL"), relay)},
                                   {QStringLiteral("limit"), entry.most}});
    }
    return figures;
}

} // namespace qproxysql::bench
