// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "roundtrips.h"
#include "singleprocessor.h"
#include "throughput.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>

#include <cstdio>

#ifdef Q_OS_LINUX
#include <sched.h>
#endif

using namespace qproxysql::bench;

namespace {

/// The same program under other conditions: threads and servers inherit the processor they start on,
/// so the comparison on one processor needs a process of its own.
QJsonArray runPart(const QString &part, const QStringList &arguments)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
#ifdef Q_OS_LINUX
    if (part == QLatin1String("single")) {
        child.setChildProcessModifier([] {
            cpu_set_t available, one;
            CPU_ZERO(&one);
            if (sched_getaffinity(0, sizeof available, &available) != 0)
                return;
            for (int i = CPU_SETSIZE - 1; i >= 0; --i) {
                if (CPU_ISSET(i, &available)) {
                    CPU_SET(i, &one);
                    break;
                }
            }
            sched_setaffinity(0, sizeof one, &one);
        });
    }
#endif
    child.start(QCoreApplication::applicationFilePath(),
                QStringList{QStringLiteral("--part"), part} + arguments);
    if (!child.waitForFinished(-1) || child.exitStatus() != QProcess::NormalExit
        || child.exitCode() != 0)
        qFatal("the part \"%s\" failed", qPrintable(part));
    return QJsonDocument::fromJson(child.readAllStandardOutput()).array();
}

QString column(const QJsonValue &value, int decimals)
{
    return QStringLiteral("%1").arg(value.toDouble(), 10, 'f', decimals);
}

void printTables(const QJsonObject &all)
{
    std::printf(
            "QPROXYSQL to QMYSQL, server and client on one processor (median of paired rounds)\n");
    std::printf("%-36s %10s %10s %20s %8s %7s\n", "operation", "QMYSQL us", "QPROXY us",
                "ratio (quartiles)", "fastest", "limit");
    const QJsonArray single = all[QStringLiteral("oneProcessor")].toArray();
    for (const QJsonValue &entry : single) {
        const double limit = entry[QLatin1String("limit")].toDouble();
        std::printf("%-36s %s %s  %.3f (%.3f-%.3f) %8.3f %7s\n",
                    qPrintable(entry[QLatin1String("operation")].toString()),
                    qPrintable(column(entry[QLatin1String("qmysqlMicroseconds")], 2)),
                    qPrintable(column(entry[QLatin1String("qproxysqlMicroseconds")], 2)),
                    entry[QLatin1String("ratio")].toDouble(),
                    entry[QLatin1String("lowerQuartile")].toDouble(),
                    entry[QLatin1String("upperQuartile")].toDouble(),
                    entry[QLatin1String("fastestTenths")].toDouble(),
                    limit > 0 ? qPrintable(QString::number(limit, 'f', 2)) : "");
    }
    std::printf("\nRound trips\n%-36s %10s %10s\n", "operation", "QMYSQL", "QPROXYSQL");
    const QJsonArray trips = all[QStringLiteral("roundTrips")].toArray();
    for (const QJsonValue &entry : trips)
        std::printf("%-36s %10d %10d\n", qPrintable(entry[QLatin1String("operation")].toString()),
                    entry[QLatin1String("qmysql")].toInt(),
                    entry[QLatin1String("qproxysql")].toInt());
    std::printf("\nSELECT 1 from 8 threads, all processors\n");
    const QJsonArray throughput = all[QStringLiteral("throughput")].toArray();
    for (const QJsonValue &entry : throughput)
        std::printf("%-36s %s a second\n", qPrintable(entry[QLatin1String("way")].toString()),
                    qPrintable(column(entry[QLatin1String("perSecond")], 0)));
    if (throughput.size() < 3)
        std::printf("HAProxy is not installed or did not start: not compared\n");
}

bool keepsLimits(const QJsonArray &single)
{
    bool isWell = true;
    for (const QJsonValue &entry : single) {
        const double limit = entry[QLatin1String("limit")].toDouble();
        if (limit > 0 && entry[QLatin1String("ratio")].toDouble() > limit) {
            std::fprintf(stderr, "over its limit: %s\n",
                         qPrintable(entry[QLatin1String("operation")].toString()));
            isWell = false;
        }
    }
    return isWell;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_PLUGIN_PATH", QPROXYSQL_PLUGINS);
    qputenv("QPROXYSQL_CONFIG", ""); // no default pool file
    if (!qEnvironmentVariableIsSet("QT_LOGGING_RULES"))
        qputenv("QT_LOGGING_RULES", "qproxysql.*.info=false");
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
            "Compares QPROXYSQL with QMYSQL on throwaway servers. Use a release build."));
    parser.addHelpOption();
    const QCommandLineOption json(QStringLiteral("json"),
                                  QStringLiteral("Print JSON, not tables."));
    const QCommandLineOption check(QStringLiteral("check"),
                                   QStringLiteral("Exit with 1 when a ratio exceeds its limit."));
    const QCommandLineOption rounds(QStringLiteral("rounds"),
                                    QStringLiteral("Rounds of each comparison."),
                                    QStringLiteral("number"), QStringLiteral("301"));
    QCommandLineOption part(QStringLiteral("part"),
                            QStringLiteral("Only single, trips or throughput, as a JSON array."),
                            QStringLiteral("name"));
    part.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({json, check, rounds, part});
    parser.process(app);

    const QString name = parser.value(part);
    if (!name.isEmpty()) {
        QJsonArray figures;
        if (name == QLatin1String("single"))
            figures = compareOnOneProcessor(qMax(3, parser.value(rounds).toInt()));
        else if (name == QLatin1String("trips"))
            figures = countRoundTrips();
        else
            figures = compareThroughput(std::chrono::milliseconds(700), 5);
        std::printf("%s\n", QJsonDocument(figures).toJson().constData());
        return 0;
    }

    const QStringList arguments{QStringLiteral("--rounds"), parser.value(rounds)};
    const QJsonObject all{{QStringLiteral("qt"), QLatin1String(qVersion())},
                          {QStringLiteral("oneProcessor"),
                           runPart(QStringLiteral("single"), arguments)},
                          {QStringLiteral("roundTrips"),
                           runPart(QStringLiteral("trips"), arguments)},
                          {QStringLiteral("throughput"),
                           runPart(QStringLiteral("throughput"), arguments)}};
    if (parser.isSet(json))
        std::printf("%s\n", QJsonDocument(all).toJson().constData());
    else
        printTables(all);
    return parser.isSet(check) && !keepsLimits(all[QStringLiteral("oneProcessor")].toArray()) ? 1
                                                                                              : 0;
}
