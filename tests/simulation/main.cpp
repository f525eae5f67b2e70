// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "output.h"
#include "realrun.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QLoggingCategory>

#include <cstdio>

using namespace qproxysql::simulation;
using namespace Qt::StringLiterals;

namespace {

bool writeFile(const QString &name, const QByteArray &content)
{
    QFile file(name);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size())
        return true;
    std::fprintf(stderr, "%s: %s\n", qPrintable(name), qPrintable(file.errorString()));
    return false;
}

/// The command line.
struct Options
{
    Options()
    {
        parser.setApplicationDescription(u"Many processes on one cluster, on a simulated clock "
                                         "(docs/simulation.md)"_s);
        parser.addHelpOption();
        parser.addOptions({processes, connections, peers, scenario, seed, logins, fleet, check,
                           json, csv, svg, real, asProcess});
    }
    Size size() const
    {
        Size size;
        size.processes = parser.value(processes).toInt();
        size.connections = parser.value(connections).toInt();
        size.peers = parser.value(peers).toInt();
        size.seed = parser.value(seed).toUInt();
        size.followsFleet = parser.isSet(fleet);
        return size;
    }

    QCommandLineParser parser;
    const QCommandLineOption processes{u"processes"_s, u"How many processes."_s, u"n"_s, u"1000"_s};
    const QCommandLineOption connections{u"connections"_s, u"Connections of each."_s, u"n"_s,
                                         u"10"_s};
    const QCommandLineOption peers{u"peers"_s, u"Peers of the pool."_s, u"n"_s, u"3"_s};
    const QCommandLineOption scenario{u"scenario"_s, u"One scenario, or all."_s, u"name"_s,
                                      u"all"_s};
    const QCommandLineOption seed{u"seed"_s, u"Of the random numbers."_s, u"n"_s, u"1"_s};
    const QCommandLineOption logins{u"logins"_s, u"Logins a second of one peer."_s, u"n"_s,
                                    u"5000"_s};
    const QCommandLineOption fleet{u"fleet"_s, u"With CONTROL=fleet."_s};
    const QCommandLineOption check{u"check"_s, u"Exit with 1 when a limit is broken."_s};
    const QCommandLineOption json{u"json"_s, u"Write the figures of all runs."_s, u"file"_s};
    const QCommandLineOption csv{u"csv"_s, u"Write the seconds of the last run."_s, u"file"_s};
    const QCommandLineOption svg{u"svg"_s, u"Draw the last run."_s, u"file"_s};
    const QCommandLineOption real{
            u"real"_s,
            u"Run the scenario \"returns\" with real processes and servers beside it, and draw both."_s};
    const QCommandLineOption asProcess{u"as-process"_s, u"Internal: one process of --real."_s,
                                       u"hosts"_s};
};

int simulate(const Options &options)
{
    const QCommandLineParser &parser = options.parser;
    const QString name = parser.value(options.scenario);
    Costs costs;
    costs.loginsPerSecond = parser.value(options.logins).toDouble();
    QJsonArray all;
    bool isKept = true;
    std::printf("%s\n", tableHeader().constData());
    for (const Scenario &scenario : scenarios()) {
        if (name != u"all"_s && name != scenario.name)
            continue;
        const Run run = runScenario(scenario, options.size(), costs);
        const Findings found(run);
        all.append(found.json());
        std::printf("%s\n", tableRow(found).constData());
        for (const QString &broken : found.broken)
            std::printf("    limit broken: %s\n", qPrintable(broken));
        std::fflush(stdout);
        isKept = isKept && found.broken.isEmpty();
        if (parser.isSet(options.csv) && !writeFile(parser.value(options.csv), csvOf(run)))
            return 2;
        if (parser.isSet(options.svg) && !writeFile(parser.value(options.svg), chartOf(run, found)))
            return 2;
    }
    if (all.isEmpty()) {
        std::fprintf(stderr, "there is no scenario \"%s\"\n", qPrintable(name));
        return 2;
    }
    if (parser.isSet(options.json)
        && !writeFile(parser.value(options.json), QJsonDocument(all).toJson()))
        return 2;
    return isKept || !parser.isSet(options.check) ? 0 : 1;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(u"qproxysql.*=false"_s);
    Options options;
    options.parser.process(application);
    if (options.parser.isSet(options.asProcess))
        return runRealProcess(options.parser.value(options.asProcess), options.size());
    if (options.parser.isSet(options.real))
        return compareWithReal(options.size(), options.parser.value(options.svg));
    return simulate(options);
}
