// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/poolsummary.h"

#include "models/monitortexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

struct Counts
{
    int up = 0;
    int slow = 0;
    int checking = 0;
    int draining = 0;
    int drained = 0;
    int down = 0;
    int noData = 0;
    int sessions = 0;
    bool isReported = false;

    void add(PeerLook look)
    {
        switch (look) {
        case PeerLook::Slow:
            ++slow;
            [[fallthrough]]; // it serves
        case PeerLook::Up:
            ++up;
            break;
        case PeerLook::Checking:
            ++checking;
            break;
        case PeerLook::Down:
            ++down;
            break;
        case PeerLook::Draining:
        case PeerLook::Stalled:
            ++draining;
            break;
        case PeerLook::Drained:
        case PeerLook::SafeToStop:
        case PeerLook::Stopped:
            ++drained;
            break;
        case PeerLook::NoData:
            ++noData;
            break;
        }
    }
};

Counts countsOf(const PoolView &pool)
{
    Counts counts;
    for (const PeerView &peer : pool.peers) {
        counts.add(lookOf(peer));
        counts.sessions += peer.sessions;
        counts.isReported = counts.isReported || peer.isReported;
    }
    return counts;
}

QString sessionsText(const Counts &counts, const PoolView &pool, const ClusterView &view)
{
    int answering = 0;
    int silent = 0;
    for (const KnownProcess &known : view.processes) {
        if (!known.report || std::ranges::none_of(known.report->pools, [&pool](const auto &one) {
                return one.name == pool.name;
            }))
            continue;
        ++(known.presence == KnownProcess::Presence::Answering ? answering : silent);
    }
    if (!counts.isReported)
        return MonitorTexts::tr("no application reports");
    QString text = MonitorTexts::tr("%1 in %2", "sessions in applications")
                           .arg(MonitorTexts::tr("%n session(s)", nullptr, counts.sessions),
                                MonitorTexts::tr("%n application(s)", nullptr, answering + silent));
    if (silent > 0)
        text += u" · "_s + MonitorTexts::tr("%n application(s) silent", nullptr, silent);
    return text;
}

} // namespace

QString summaryOf(const PoolView &pool, const ClusterView &view)
{
    const Counts counts = countsOf(pool);
    QStringList parts{
            MonitorTexts::tr("%1 of %n up", "peers", int(pool.peers.size())).arg(counts.up)};
    const auto add = [&parts](int count, const QString &text) {
        if (count > 0)
            parts.append(text);
    };
    add(counts.slow, MonitorTexts::tr("%n slow", "peers", counts.slow));
    add(counts.draining, MonitorTexts::tr("%n draining", "peers", counts.draining));
    add(counts.drained, MonitorTexts::tr("%n drained", "peers", counts.drained));
    add(counts.checking, MonitorTexts::tr("%n being checked", "peers", counts.checking));
    add(counts.down, MonitorTexts::tr("%n down", "peers", counts.down));
    add(counts.noData, MonitorTexts::tr("%n without data", "peers", counts.noData));
    parts.append(sessionsText(counts, pool, view));
    return parts.join(u" · "_s);
}

PeerLook worstOf(const PoolView &pool)
{
    if (pool.peers.isEmpty())
        return PeerLook::NoData;
    PeerLook worst = PeerLook::Up;
    for (const PeerView &peer : pool.peers)
        worst = worse(worst, lookOf(peer));
    return worst;
}

QString poolTitle(const QString &poolName)
{
    return poolName.isEmpty() ? MonitorTexts::tr("(known to the drain directory only)") : poolName;
}

} // namespace qproxysql
