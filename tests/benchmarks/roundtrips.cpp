// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "roundtrips.h"

#include "benchconnection.h"
#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtCore/QJsonObject>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

#include <vector>

namespace qproxysql::bench {

namespace {

struct Entry
{
    const char *name;
    void (*prepare)(QSqlDatabase &db, QSqlQuery &query); ///< not counted
    bool (*run)(QSqlDatabase &db, QSqlQuery &query);
};

void nothing(QSqlDatabase &, QSqlQuery &) {}

const std::vector<Entry> &entries()
{
    static const auto *all = new std::vector<Entry>{
            {"open", [](QSqlDatabase &db, QSqlQuery &) { db.close(); },
             [](QSqlDatabase &db, QSqlQuery &) { return db.open(); }},
            {"exec", nothing,
             [](QSqlDatabase &, QSqlQuery &query) {
                 return query.exec(QStringLiteral("SELECT 1"));
             }},
            {"insert", nothing,
             [](QSqlDatabase &, QSqlQuery &query) {
                 return query.exec(QStringLiteral("INSERT INTO bench VALUES (1)"));
             }},
            {"prepare", nothing,
             [](QSqlDatabase &, QSqlQuery &query) {
                 return query.prepare(QStringLiteral("SELECT ?"));
             }},
            {"exec prepared",
             [](QSqlDatabase &, QSqlQuery &query) {
                 query.prepare(QStringLiteral("SELECT CAST(? AS SIGNED)"));
                 query.addBindValue(1);
             },
             [](QSqlDatabase &, QSqlQuery &query) { return query.exec(); }},
            {"prepare, exec, destroy", nothing,
             [](QSqlDatabase &db, QSqlQuery &) {
                 QSqlQuery query(db);
                 return query.prepare(QStringLiteral("SELECT 1")) && query.exec();
             }},
            {"begin and commit", nothing,
             [](QSqlDatabase &db, QSqlQuery &) { return db.transaction() && db.commit(); }},
            {"tables", nothing,
             [](QSqlDatabase &db, QSqlQuery &) { return db.tables().size() == 1; }},
            {"record", nothing,
             [](QSqlDatabase &db, QSqlQuery &) {
                 return !db.record(QStringLiteral("bench")).isEmpty();
             }},
            {"close", nothing,
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
    for (const Entry &entry : entries())
        figures.append(QJsonObject{{QStringLiteral("operation"), QLatin1String(entry.name)},
                                   {QStringLiteral("qmysql"),
                                    countOne(entry, QStringLiteral("QMYSQL"), relay)},
                                   {QStringLiteral("qproxysql"),
                                    countOne(entry, QStringLiteral("QPROXYSQL"), relay)}});
    return figures;
}

} // namespace qproxysql::bench
