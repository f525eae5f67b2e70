// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "singleprocessor.h"

#include "barework.h"
#include "pairedrounds.h"
#include "qtwork.h"

#include <QtCore/QJsonObject>

namespace qproxysql::bench {

QJsonArray compareOnOneProcessor(int rounds)
{
    sandbox::ServerGroup servers(1);
    startForBench(servers);
    const QString host = QStringLiteral("127.0.0.1");
    const int port = servers[0].port();
    QJsonArray figures;
    for (const WorkRow &row : workRows()) {
        BenchConnection qmysql(QStringLiteral("QMYSQL"), host, port);
        BenchConnection qproxysql(QStringLiteral("QPROXYSQL"), host, port);
        qmysql.open();
        qproxysql.open();
        const std::unique_ptr<Work> works[] = {makeQtWork(row, qmysql), makeQtWork(row, qproxysql),
                                               makeBareWork(row, port)};
        std::vector<PairedRounds::Way> ways;
        for (const std::unique_ptr<Work> &work : works)
            ways.push_back([&work](int times) { work->run(times); });
        const PairedRounds paired(ways, rounds);
        const PairedRatio ratio = paired.ratio(1, 0);
        figures.append(QJsonObject{{QStringLiteral("operation"), QLatin1String(row.name)},
                                   {QStringLiteral("ratio"), ratio.median},
                                   {QStringLiteral("lowerQuartile"), ratio.lowerQuartile},
                                   {QStringLiteral("upperQuartile"), ratio.upperQuartile},
                                   {QStringLiteral("fastestTenths"), ratio.fastest},
                                   {QStringLiteral("limit"), row.limits.toQMySql},
                                   {QStringLiteral("ratioToBare"), paired.ratio(1, 2).median},
                                   {QStringLiteral("limitToBare"), row.limits.toBare},
                                   {QStringLiteral("qmysqlMicroseconds"), paired.microseconds(0)},
                                   {QStringLiteral("qproxysqlMicroseconds"), paired.microseconds(1)},
                                   {QStringLiteral("bareMicroseconds"), paired.microseconds(2)},
                                   {QStringLiteral("rounds"), rounds}});
    }
    return figures;
}

} // namespace qproxysql::bench
