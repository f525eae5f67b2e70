// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "transactions.h"

#include "benchconnection.h"
#include "pairedrounds.h"

#include <QtCore/QJsonObject>
#include <QtSql/QSqlQuery>

namespace qproxysql::bench {

namespace {

struct Transaction
{
    const char *name;
    double limit; ///< time over that without a record; 0: anything
    std::vector<const char *> statements;
};

const std::vector<Transaction> &transactions()
{
    static const auto *const all = new std::vector<Transaction>{
            {"transaction of five statements",
             1.03,
             {"SELECT a FROM bench WHERE id = 1 FOR UPDATE",
              "UPDATE bench SET a = a + 1 WHERE id = 1", "UPDATE bench SET a = a - 1 WHERE id = 2",
              "INSERT INTO bench (a) VALUES (7)", "SELECT a FROM bench WHERE id = 2"}},
            {"transaction that reads 10,000 rows", 0, {"SELECT id, name, at FROM mixed"}},
    };
    return *all;
}

void runOnce(QSqlDatabase &db, QSqlQuery &query, const Transaction &transaction)
{
    bool isOk = db.transaction();
    for (const char *sql : transaction.statements)
        isOk = isOk && query.exec(QLatin1String(sql));
    while (isOk && query.next()) {
    }
    if (!isOk || !db.commit())
        qFatal("%s: %s", transaction.name, qPrintable(query.lastError().text()));
}

} // namespace

QJsonArray compareTransactions(int rounds)
{
    sandbox::ServerGroup servers(1);
    startForBench(servers);
    servers.executeEverywhere(QStringLiteral("INSERT INTO test.bench VALUES (1, 0), (2, 0)"));
    QJsonArray figures;
    for (const Transaction &transaction : transactions()) {
        std::vector<std::unique_ptr<BenchConnection>> connections;
        std::vector<std::unique_ptr<QSqlQuery>> queries;
        std::vector<PairedRounds::Way> ways;
        for (const char *option :
             {"RETRY_TRANSACTIONS=0;POOL=off", "RETRY_TRANSACTIONS=1;POOL=on"}) {
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
