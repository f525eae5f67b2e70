// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "comparechart.h"
#include "comparison.h"
#include "memory.h"
#include "roundtrips.h"
#include "singleprocessor.h"
#include "tables.h"
#include "transactions.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
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
    if (part == QLatin1String("single") || part == QLatin1String("transactions")) {
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

bool writeFile(const QString &name, const QByteArray &content)
{
    if (name.isEmpty())
        return true;
    QFile file(name);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size())
        return true;
    std::fprintf(stderr, "%s: %s\n", qPrintable(name), qPrintable(file.errorString()));
    return false;
}

void print(const QJsonDocument &document)
{
    std::printf("%s\n", document.toJson().constData());
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_PLUGIN_PATH", QPROXYSQL_PLUGINS);
    qputenv("QPROXYSQL_CONFIG", ""); // no default pool file
    if (!qEnvironmentVariableIsSet("QT_LOGGING_RULES"))
        qputenv("QT_LOGGING_RULES", "qproxysql.*.debug=false;qproxysql.*.info=false");
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
    const QCommandLineOption compare(
            QStringLiteral("compare"),
            QStringLiteral(
                    "Compare with QMYSQL on a server and through the proxies that are installed: "
                    "1, 8 and 64 threads, and a slow network. MySQL Router is the one of "
                    "$QPROXYSQL_MYSQL_ROOT."));
    const QCommandLineOption csv(QStringLiteral("csv"),
                                 QStringLiteral("With --compare: the figures, too."),
                                 QStringLiteral("file"));
    const QCommandLineOption svg(QStringLiteral("svg"),
                                 QStringLiteral("With --compare: a picture, too."),
                                 QStringLiteral("file"));
    QCommandLineOption part(QStringLiteral("part"),
                            QStringLiteral(
                                    "Only single, transactions, trips, memory or throughput, as a "
                                    "JSON array."),
                            QStringLiteral("name"));
    part.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({json, check, rounds, compare, csv, svg, part});
    parser.process(app);

    const QString name = parser.value(part);
    if (!name.isEmpty()) {
        QJsonArray figures;
        if (name == QLatin1String("single"))
            figures = compareOnOneProcessor(qMax(3, parser.value(rounds).toInt()));
        else if (name == QLatin1String("transactions"))
            figures = compareTransactions(qMax(3, parser.value(rounds).toInt()));
        else if (name == QLatin1String("trips"))
            figures = countRoundTrips();
        else if (name == QLatin1String("memory"))
            figures = compareMemory();
        else
            figures = shortComparison().run();
        print(QJsonDocument(figures));
        return 0;
    }
    if (parser.isSet(compare)) {
        QJsonArray cells;
        for (const Comparison &comparison : longComparison()) {
            for (const QJsonValue &cell : comparison.run())
                cells.append(cell);
        }
        if (parser.isSet(json))
            print(QJsonDocument(cells));
        else
            printComparison(cells);
        return writeFile(parser.value(csv), comparisonCsv(cells))
                               && writeFile(parser.value(svg), comparisonSvg(cells))
                       ? 0
                       : 1;
    }

    const QStringList arguments{QStringLiteral("--rounds"), parser.value(rounds)};
    QJsonObject all{{QStringLiteral("qt"), QLatin1String(qVersion())}};
    for (const auto &[key, value] : {std::pair{"oneProcessor", "single"},
                                     {"transactions", "transactions"},
                                     {"roundTrips", "trips"},
                                     {"memory", "memory"},
                                     {"throughput", "throughput"}})
        all[QLatin1String(key)] = runPart(QLatin1String(value), arguments);
    if (parser.isSet(json))
        print(QJsonDocument(all));
    else
        printTables(all);
    return parser.isSet(check) && !keepsLimits(all) ? 1 : 0;
}
