// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "transactions.h"

#include "benchconnection.h"
#include "commits/committable.h"
#include "pairedrounds.h"

#include <QtCore/QJsonObject>
#include <QtSql/QSqlQuery>

namespace qproxysql::bench {

namespace {

struct Transaction
{
    const char *name;
    const char *off;
    const char *on;
    double limit; ///< time with \c on over that with \c off; 0: anything
    std::vector<const char *> statements;
    bool isAlone = false; ///< the statements commit by themselves
};

const std::vector<Transaction> &transactions()
{
    static constexpr auto NotRecorded = "RETRY_TRANSACTIONS=0;POOL=off";
    static constexpr auto Recorded = "RETRY_TRANSACTIONS=1;POOL=on";
    static constexpr auto WithoutToken = "POOL=off";
    static constexpr auto WithToken = "EXACTLY_ONCE=transactions;POOL=on";
    static constexpr auto AlwaysToken = "EXACTLY_ONCE=always;POOL=on";
    const std::vector<const char *> five{"SELECT a FROM bench WHERE id = 1 FOR UPDATE",
                                         "UPDATE bench SET a = a + 1 WHERE id = 1",
                                         "UPDATE bench SET a = a - 1 WHERE id = 2",
                                         "INSERT INTO bench (a) VALUES (7)",
                                         "SELECT a FROM bench WHERE id = 2"};
    static const auto *const all = new std::vector<Transaction>{
            {"record five statements", NotRecorded, Recorded, 1.03, five},
            {"record 10,000 rows", NotRecorded, Recorded, 0, {"SELECT id, name, at FROM mixed"}},
            {"token of five statements", WithoutToken, WithToken, 0, five},
            {"token outside of transactions",
             WithoutToken,
             WithToken,
             1.02,
             {"INSERT INTO bench (a) VALUES (7)"},
             true},
            {"token of one INSERT",
             WithoutToken,
             AlwaysToken,
             0,
             {"INSERT INTO bench (a) VALUES (7)"},
             true},
    };
    return *all;
}

void runOnce(QSqlDatabase &db, QSqlQuery &query, const Transaction &transaction)
{
    bool isOk = transaction.isAlone || db.transaction();
    for (const char *sql : transaction.statements)
        isOk = isOk && query.exec(QLatin1String(sql));
    while (isOk && query.next()) {
    }
    if (!isOk || !(transaction.isAlone || db.commit()))
        qFatal("%s: %s", transaction.name, qPrintable(query.lastError().text()));
}

} // namespace

QJsonArray compareTransactions(int rounds)
{
    sandbox::ServerGroup servers(1);
    startForBench(servers);
    servers.executeEverywhere(QStringLiteral("INSERT INTO test.bench VALUES (1, 0), (2, 0)"));
    servers.executeEverywhere(QStringLiteral("CREATE DATABASE qproxysql"));
    for (const QString &statement : CommitTable(QStringLiteral("qproxysql")).statements())
        servers.executeEverywhere(statement);
    servers.executeEverywhere(QStringLiteral("GRANT SELECT, INSERT, DELETE ON qproxysql.* TO app"));
    QJsonArray figures;
    for (const Transaction &transaction : transactions()) {
        std::vector<std::unique_ptr<BenchConnection>> connections;
        std::vector<std::unique_ptr<QSqlQuery>> queries;
        std::vector<PairedRounds::Way> ways;
        for (const char *option : {transaction.off, transaction.on}) {
            connections.push_back(std::make_unique<BenchConnection>(QStringLiteral("QPROXYSQL"),
                                                                    QStringLiteral("127.0.0.1"),
                                                                    servers[0].port()));
            QSqlDatabase &db = connections.back()->db();
            db.setConnectOptions(QLatin1String(option));
            connections.back()->open();
            queries.push_back(std::make_unique<QSqlQuery>(db));
            ways.push_back([&db, query = queries.back().get(), &transaction](int times) {
                for (int i = 0; i < times; ++i)
                    runOnce(db, *query, transaction);
            });
        }
        const PairedRounds paired(ways, rounds);
        const PairedRatio ratio = paired.ratio(1, 0);
        figures.append(QJsonObject{{QStringLiteral("operation"), QLatin1String(transaction.name)},
                                   {QStringLiteral("ratio"), ratio.median},
                                   {QStringLiteral("lowerQuartile"), ratio.lowerQuartile},
                                   {QStringLiteral("upperQuartile"), ratio.upperQuartile},
                                   {QStringLiteral("fastestTenths"), ratio.fastest},
                                   {QStringLiteral("limit"), transaction.limit},
                                   {QStringLiteral("offMicroseconds"), paired.microseconds(0)},
                                   {QStringLiteral("onMicroseconds"), paired.microseconds(1)}});
        queries.clear();
    }
    return figures;
}

} // namespace qproxysql::bench
