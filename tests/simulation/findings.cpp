// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "findings.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql::simulation {

namespace {

constexpr double PlacedIn = 30; ///< seconds
constexpr double PeakOverMean = 3;
constexpr double SharesAtMost = 1.5;
constexpr double Deviations = 3; ///< of chance, which matters in a small fleet
constexpr double IdleProbesAtMost = 2;
constexpr double LoadFactor = 3;           ///< of the time that all logins need one after the other
constexpr double OutageProbesAtMost = 0.5; ///< of each process, a second and peer
constexpr double FullAtMost = 0.75;        ///< the same: 1040s
constexpr double EvenWithin = 60;          ///< seconds
constexpr double Even = 0.1;               ///< of an even share

// Sessions that are drawn at random spread by this much; a small fleet does not spread better.
double toleranceOf(const Size &size)
{
    const double probability = 1.0 / size.peers;
    const double deviation = std::sqrt(size.sessions() * probability * (1 - probability));
    return std::max(Even * size.share(), Deviations * deviation);
}

} // namespace

Findings::Findings(const Run &run)
    : scenario(run.scenario.name)
{
    count(run);
    measureOutage(run);
    measureSpread(run);
    check(run);
}

void Findings::count(const Run &run)
{
    const Record &record = run.cluster->record;
    const auto fault = size_t(record.indexOf(run.fault));
    const Size &size = run.cluster->size;
    calmLimit = PeakOverMean * size.share() / PlacedIn;
    calmLimit += Deviations * std::sqrt(calmLimit);
    constexpr size_t IdleSeconds = 15;
    failures = record.failures;
    for (PeerId peer = 0; peer < record.peers(); ++peer) {
        int probes = 0;
        const std::vector<Second> &seconds = record.peer(peer);
        for (size_t i = 0; i < seconds.size(); ++i) {
            const Second &second = seconds[i];
            const int probe = second.connects[size_t(Purpose::Probe)];
            const int drain = second.connects[size_t(Purpose::Drain)];
            full += second.full;
            mostReadings = std::max(mostReadings, second.readings);
            if (i < fault && i + IdleSeconds >= fault)
                probes += probe;
            if (i < fault)
                continue;
            late += second.late;
            mostConnects = std::max(mostConnects, second.all());
            mostCalm = std::max(mostCalm, second.calm() - drain);
            mostDrain = std::max(mostDrain, drain);
            mostProbes = std::max(mostProbes, double(probe + second.refused));
            mostFull = std::max(mostFull, second.full);
            mostHeld = std::max(mostHeld, second.held / size.share());
        }
        for (size_t i = size_t(record.indexOf(run.over())) + 1; i < seconds.size(); ++i) {
            const int before = seconds[size_t(record.indexOf(run.over()))].held;
            if (seconds[i].held > before + size.share() / 20)
                mostGained = std::max(mostGained, seconds[i].held / size.share());
        }
        idleProbes = std::max(idleProbes, probes / double(IdleSeconds));
    }
    const Time could = run.fault + run.scenario.worksFrom;
    if (run.cluster->working() == size.sessions())
        worksAfter = std::max(0.0, seconds(run.cluster->allWorkSince() - could));
}

void Findings::measureOutage(const Run &run)
{
    constexpr int LastSeconds = 10;
    const Record &record = run.cluster->record;
    const int peers = run.cluster->size.peers;
    const double away = seconds(run.scenario.lastsFor);
    if (peers > 1 && away > 0)
        fullPerSecond = full / away / (peers - 1);
    const int back = record.indexOf(run.fault + run.scenario.worksFrom);
    if (!run.scenario.doAllWait || back - record.indexOf(run.fault) < 2 * LastSeconds)
        return;
    for (PeerId peer = 0; peer < peers; ++peer) {
        for (int i = back - LastSeconds; i < back; ++i)
            outageProbes += record.peer(peer)[size_t(i)].refused / double(LastSeconds * peers);
    }
}

void Findings::measureSpread(const Run &run)
{
    const Record &record = run.cluster->record;
    const Size &size = run.cluster->size;
    const double tolerance = toleranceOf(size);
    const int end = int(record.peer(0).size());
    for (int i = end - 1; i >= record.indexOf(run.over()); --i) {
        for (PeerId peer = 0; peer < size.peers; ++peer) {
            if (std::abs(record.peer(peer)[size_t(i)].held - size.share()) > tolerance)
                return;
        }
        evenAfter = i - record.indexOf(run.over());
    }
}

void Findings::check(const Run &run)
{
    const auto require = [this](bool isKept, const QString &text) {
        if (!isKept)
            broken += text;
    };
    const Scenario &course = run.scenario;
    const Size &size = run.cluster->size;
    const double allLogins = size.sessions() / (size.peers * run.cluster->costs.loginsPerSecond);
    const double worksWithin = seconds(course.worksWithin) + LoadFactor * allLogins;
    require(idleProbes <= IdleProbesAtMost,
            u"%1 probes a second and peer while all is well"_s.arg(idleProbes));
    require(mostCalm <= calmLimit,
            u"%1 connects a second at a peer for which nobody waits, limit %2"_s.arg(mostCalm).arg(
                    calmLimit));
    require(worksAfter >= 0 && worksAfter <= worksWithin,
            u"all connections work after %1 s, limit %2 s"_s.arg(worksAfter).arg(worksWithin));
    require(outageProbes <= OutageProbesAtMost * size.processes,
            u"%1 probes a second and peer during the outage"_s.arg(outageProbes));
    require(fullPerSecond <= FullAtMost * size.processes,
            u"%1 refusals (1040) a second and peer"_s.arg(fullPerSecond));
    require(mostGained <= SharesAtMost || !course.isOver || course.doAllWait,
            u"a peer has got %1 times its even share"_s.arg(mostGained));
    require(!course.isOver || (evenAfter >= 0 && evenAfter <= EvenWithin),
            u"spread evenly after %1 s"_s.arg(evenAfter));
}

QJsonObject Findings::json() const
{
    return {{u"scenario"_s, scenario},
            {u"idleProbesPerSecond"_s, idleProbes},
            {u"mostConnectsPerSecond"_s, mostConnects},
            {u"mostUnhurriedConnectsPerSecond"_s, mostCalm},
            {u"unhurriedLimit"_s, calmLimit},
            {u"mostDrainConnectsPerSecond"_s, mostDrain},
            {u"worksAfterSeconds"_s, worksAfter},
            {u"evenAfterSeconds"_s, evenAfter},
            {u"mostSessionsInShares"_s, mostHeld},
            {u"mostSessionsGainedInShares"_s, mostGained},
            {u"mostProbesPerSecond"_s, mostProbes},
            {u"tooManyConnections"_s, full},
            {u"mostTooManyConnectionsPerSecond"_s, mostFull},
            {u"connectTimeouts"_s, late},
            {u"failedCalls"_s, failures},
            {u"outageProbesPerSecond"_s, outageProbes},
            {u"tooManyConnectionsPerSecond"_s, fullPerSecond},
            {u"mostFleetReadingsPerSecond"_s, mostReadings},
            {u"broken"_s, broken.join(u"; "_s)}};
}

} // namespace qproxysql::simulation
