// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "tables.h"

#include "work.h"

#include <QtCore/QString>

#include <cstdio>

namespace qproxysql::bench {

namespace {

/// Names of columns and the like, which results need not hold in the same form.
constexpr double MemoryTolerance = 1.02;

QByteArray text(const QJsonValue &row, const char *name)
{
    return row[QLatin1String(name)].toString().toUtf8();
}

double number(const QJsonValue &row, const char *name)
{
    return row[QLatin1String(name)].toDouble();
}

/// Empty for 0.
QByteArray limit(double value)
{
    return value > 0 ? QByteArray::number(value, 'f', 2) : QByteArray();
}

void printRatios(const QJsonArray &rows)
{
    std::printf("QPROXYSQL to QMYSQL and to bare Connector/C, server and client on one processor "
                "(medians of "
                "paired rounds, us)\n%-35s %9s %9s %9s %20s %7s %6s %6s %6s\n",
                "operation", "QMYSQL", "QPROXYSQL", "bare", "to QMYSQL (quart.)", "fastest",
                "limit", "tobare", "limit");
    for (const QJsonValue &row : rows) {
        std::printf("%-35s %9.2f %9.2f %9.2f  %.3f (%.3f-%.3f) %7.3f %6s %6.2f %6s\n",
                    text(row, "operation").constData(), number(row, "qmysqlMicroseconds"),
                    number(row, "qproxysqlMicroseconds"), number(row, "bareMicroseconds"),
                    number(row, "ratio"), number(row, "lowerQuartile"),
                    number(row, "upperQuartile"), number(row, "fastestTenths"),
                    limit(number(row, "limit")).constData(), number(row, "ratioToBare"),
                    limit(number(row, "limitToBare")).constData());
    }
}

void printTransactions(const QJsonArray &rows)
{
    std::printf("\nTransactions, with an option to without (us)\n%-35s %9s %9s %20s %7s %6s\n",
                "operation", "without", "with", "ratio (quart.)", "fastest", "limit");
    for (const QJsonValue &row : rows)
        std::printf("%-35s %9.2f %9.2f  %.3f (%.3f-%.3f) %7.3f %6s\n",
                    text(row, "operation").constData(), number(row, "offMicroseconds"),
                    number(row, "onMicroseconds"), number(row, "ratio"),
                    number(row, "lowerQuartile"), number(row, "upperQuartile"),
                    number(row, "fastestTenths"), limit(number(row, "limit")).constData());
}

void printRoundTrips(const QJsonArray &rows)
{
    std::printf("\nRound trips\n%-35s %9s %9s %6s\n", "operation", "QMYSQL", "QPROXYSQL", "limit");
    for (const QJsonValue &row : rows) {
        const int most = row[QLatin1String("limit")].toInt();
        std::printf("%-35s %9.0f %9.0f %6s\n", text(row, "operation").constData(),
                    number(row, "qmysql"), number(row, "qproxysql"),
                    most < 0 ? "" : QByteArray::number(most).constData());
    }
}

void printMemory(const QJsonArray &rows)
{
    std::printf("\nMemory of a result whose rows were all read, KiB: held (growth of the process)\n"
                "%-35s %18s %18s %18s\n",
                "operation", "QMYSQL", "QPROXYSQL", "bare");
    for (const QJsonValue &row : rows) {
        std::printf("%-35s", text(row, "operation").constData());
        for (const char *way : {"qmysql", "qproxysql", "bare"})
            std::printf(" %9.0f (%6.0f)", number(row[QLatin1String(way)], "held") / 1024,
                        number(row[QLatin1String(way)], "peak") / 1024);
        std::printf("\n");
    }
}

bool isOver(const QJsonValue &row, double value, double most)
{
    if (value <= most)
        return false;
    std::fprintf(stderr, "over its limit: %s, %g of %g\n", text(row, "operation").constData(),
                 value, most);
    return true;
}

} // namespace

void printTables(const QJsonObject &all)
{
    printRatios(all[QLatin1String("oneProcessor")].toArray());
    printTransactions(all[QLatin1String("transactions")].toArray());
    printRoundTrips(all[QLatin1String("roundTrips")].toArray());
    printMemory(all[QLatin1String("memory")].toArray());
    std::printf("\n");
    printComparison(all[QLatin1String("throughput")].toArray());
}

void printComparison(const QJsonArray &cells)
{
    std::printf(
            "Three servers on this machine, all processors\n%-35s %7s %7s %-28s %10s %10s %10s\n",
            "operation", "threads", "ms away", "way", "a second", "median us", "p99 us");
    for (const QJsonValue &cell : cells)
        std::printf("%-35s %7.0f %7.1f %-28s %10.0f %10.1f %10.1f\n",
                    text(cell, "operation").constData(), number(cell, "threads"),
                    number(cell, "delayMicroseconds") / 1000, text(cell, "way").constData(),
                    number(cell, "perSecond"), number(cell, "medianMicroseconds"),
                    number(cell, "p99Microseconds"));
}

bool keepsLimits(const QJsonObject &all)
{
    bool isWell = true;
    const QJsonArray ratios = all[QLatin1String("oneProcessor")].toArray();
    for (const QJsonValue &row : ratios) {
        for (const auto &[value, most] :
             {std::pair{"ratio", "limit"}, {"ratioToBare", "limitToBare"}})
            isWell &= number(row, most) <= 0 || !isOver(row, number(row, value), number(row, most));
    }
    const QJsonArray transactions = all[QLatin1String("transactions")].toArray();
    for (const QJsonValue &row : transactions)
        isWell &= number(row, "limit") <= 0
                  || !isOver(row, number(row, "ratio"), number(row, "limit"));
    const QJsonArray trips = all[QLatin1String("roundTrips")].toArray();
    for (const QJsonValue &row : trips)
        isWell &= number(row, "limit") < 0
                  || !isOver(row, number(row, "qproxysql"), number(row, "limit"));
    const QJsonArray memory = all[QLatin1String("memory")].toArray();
    for (const QJsonValue &row : memory) {
        const double most = number(row[QLatin1String("qmysql")], "held") * MemoryTolerance;
        isWell &= !isOver(row, number(row[QLatin1String("qproxysql")], "held"), most);
    }
    return isWell;
}

} // namespace qproxysql::bench
