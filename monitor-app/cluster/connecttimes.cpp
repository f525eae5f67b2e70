// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/connecttimes.h"

#include <algorithm>

namespace qproxysql {

namespace {

constexpr qsizetype MostSamples = 100;
constexpr qsizetype RecentSamples = 5;
/// A slow peer stays slow above this part of the limit. Prevents flapping at the limit.
constexpr double StaysSlow = 0.6;

void append(QList<double> *times, double time, qsizetype most)
{
    times->append(time);
    if (times->size() > most)
        times->removeFirst();
}

/// The smaller of the middle values if their number is even.
double medianOf(QList<double> times)
{
    std::ranges::sort(times);
    return times.at((times.size() - 1) / 2);
}

double p95Of(QList<double> times)
{
    std::ranges::sort(times);
    return times.at(std::min(times.size() - 1, times.size() * 95 / 100));
}

} // namespace

void ConnectTimes::note(const PeerProbe &probe)
{
    Samples &samples = m_samples[probe.peer];
    if (!probe.connectMs) {
        samples.recent.clear();
        return;
    }
    append(&samples.all, *probe.connectMs, MostSamples);
    append(&samples.recent, *probe.connectMs, RecentSamples);
}

void ConnectTimes::fill(QList<PoolView> *pools)
{
    for (PoolView &pool : *pools) {
        for (PeerView &peer : pool.peers) {
            const Samples samples = m_samples.value(peer.address);
            if (!samples.all.isEmpty())
                peer.connectP95Ms = p95Of(samples.all);
            if (peer.isUp() && samples.recent.size() >= FewestSamples)
                peer.connectMedianMs = medianOf(samples.recent);
        }
        markSlow(&pool);
    }
}

void ConnectTimes::markSlow(PoolView *pool)
{
    QList<double> medians;
    for (const PeerView &peer : std::as_const(pool->peers)) {
        if (peer.connectMedianMs)
            medians.append(*peer.connectMedianMs);
    }
    const double limit = medians.size() < 2
                                 ? 0
                                 : std::max(SlowFactor * medianOf(medians), SlowestUnnoticed);
    for (PeerView &peer : pool->peers) {
        const QString key = pool->name + u'\n' + peer.address.name();
        peer.isSlow = limit > 0 && peer.connectMedianMs
                      && *peer.connectMedianMs >= (m_slow.contains(key) ? StaysSlow : 1) * limit;
        if (peer.isSlow)
            m_slow.insert(key);
        else
            m_slow.remove(key);
    }
}

} // namespace qproxysql
