// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scenario.h"

using namespace Qt::StringLiterals;

namespace qproxysql::simulation {

namespace {

constexpr Span StartedWithin = 30s;
constexpr Span FaultAfter = 60s;
constexpr Span RestartsWithin = 1s;

Scenario returnAfter(const QString &name, const QString &title, Span away)
{
    return {.name = name, .title = title, .lastsFor = away, .begin = [away](Cluster &cluster) {
                cluster.kill(0);
                cluster.timeline.after(away, [&cluster] { cluster.start(0); });
            }};
}

// Peers are not back in the same instant.
Scenario restartAfter(const QString &name, const QString &title, Span away)
{
    return {.name = name,
            .title = title,
            .lastsFor = away + 1s,
            .worksFrom = away,
            .worksWithin = 6s, // a sweep begins every 5 s
            .doAllWait = true,
            .begin = [away](Cluster &cluster) {
                for (PeerId peer = 0; peer < cluster.size.peers; ++peer) {
                    cluster.kill(peer);
                    cluster.timeline.after(away + peer * RestartsWithin / cluster.size.peers,
                                           [&cluster, peer] { cluster.start(peer); });
                }
            }};
}

std::vector<Scenario> makeScenarios()
{
    return {
            {.name = u"idle"_s, .title = u"All is well"_s},
            {.name = u"start"_s,
             .title = u"All processes start in the same second"_s,
             .startsAtOnce = true,
             .lastsFor = 1s,
             .worksFrom = 1s},
            {.name = u"dies"_s,
             .title = u"A peer dies"_s,
             .isOver = false,
             .begin = [](Cluster &cluster) { cluster.kill(0); }},
            returnAfter(u"restarts"_s, u"A peer is restarted: away for 2 s"_s, 2s),
            returnAfter(u"returns"_s, u"A peer comes back after 10 s"_s, 10s),
            returnAfter(u"returnslate"_s, u"A peer comes back after two minutes"_s, 120s),
            {.name = u"freezes"_s,
             .title = u"A peer freezes for 30 s"_s,
             .lastsFor = 30s,
             .worksWithin = 10s,
             .begin =
                     [](Cluster &cluster) {
                         cluster.freeze(0);
                         cluster.timeline.after(30s, [&cluster] { cluster.thaw(0); });
                     }},
            {.name = u"drain"_s,
             .title = u"A peer is drained, and resumed after 30 s"_s,
             .lastsFor = 30s,
             .begin =
                     [](Cluster &cluster) {
                         cluster.drain(0);
                         cluster.timeline.after(30s, [&cluster] { cluster.resume(0); });
                     }},
            restartAfter(u"cluster"_s, u"All peers are restarted: away for 5 s"_s, 5s),
            restartAfter(u"outage"_s, u"All peers are away for a minute"_s, 60s),
            {.name = u"switch"_s,
             .title = u"A switch fails for 10 s: no peer can be reached"_s,
             .lastsFor = 10s,
             .worksFrom = 10s,
             .begin =
                     [](Cluster &cluster) {
                         cluster.disconnect();
                         cluster.timeline.after(10s, [&cluster] { cluster.reconnect(); });
                     }},
            {.name = u"full"_s,
             .title = u"A peer is away for 30 s, and the others have too few connections"_s,
             .peersFull = 1.2,
             .lastsFor = 30s,
             .worksFrom = 30s,
             .worksWithin = 9s, // an overloaded peer is left alone for up to 8 s
             .begin =
                     [](Cluster &cluster) {
                         cluster.kill(0);
                         cluster.timeline.after(30s, [&cluster] { cluster.start(0); });
                     }},
    };
}

} // namespace

const std::vector<Scenario> &scenarios()
{
    static const std::vector<Scenario> all = makeScenarios();
    return all;
}

Run runScenario(const Scenario &scenario, const Size &size, Costs costs)
{
    if (scenario.peersFull > 0)
        costs.maxConnections = int(scenario.peersFull * size.share());
    Run run{scenario, std::make_unique<Cluster>(size, costs), {}};
    Cluster &cluster = *run.cluster;
    run.fault = cluster.timeline.now();
    cluster.startProcesses(scenario.startsAtOnce ? Span(1s) : StartedWithin);
    if (!scenario.startsAtOnce) {
        run.fault += FaultAfter;
        cluster.run(run.fault);
    }
    if (scenario.begin)
        scenario.begin(cluster);
    cluster.run(run.over() + scenario.goesOnFor);
    cluster.record.resize(cluster.timeline.now());
    return run;
}

} // namespace qproxysql::simulation
