// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/poolsummary.h"

#include "models/monitortexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

QString sessionsText(const PoolView &pool, const ClusterView &view)
{
    int sessions = 0;
    for (const PeerView &peer : pool.peers)
        sessions += peer.sessions;
    int answering = 0;
    int silent = 0;
    for (const KnownProcess &known : view.processes) {
        if (!known.report || std::ranges::none_of(known.report->pools, [&pool](const auto &one) {
                return one.name == pool.name;
            }))
            continue;
        ++(known.presence == KnownProcess::Presence::Answering ? answering : silent);
    }
    if (std::ranges::none_of(pool.peers, &PeerView::isReported))
        return MonitorTexts::tr("no application reports");
    QString text = MonitorTexts::tr("%1 in %2", "sessions in applications")
                           .arg(MonitorTexts::tr("%n session(s)", nullptr, sessions),
                                MonitorTexts::tr("%n application(s)", nullptr, answering + silent));
    if (silent > 0)
        text += u" · "_s + MonitorTexts::tr("%n application(s) silent", nullptr, silent);
    return text;
}

} // namespace

QString summaryOf(const PoolView &pool, const ClusterView &view)
{
    const auto count = [&pool](std::initializer_list<DisplayState> states) {
        return int(std::ranges::count_if(pool.peers, [&states](const PeerView &peer) {
            return std::ranges::find(states, displayStateOf(peer)) != states.end();
        }));
    };
    const int up = count({DisplayState::Up, DisplayState::Slow});
    const int slow = count({DisplayState::Slow});
    const int draining = count({DisplayState::Draining, DisplayState::Stalled});
    const int drained = count(
            {DisplayState::Drained, DisplayState::SafeToStop, DisplayState::Stopped});
    const int checking = count({DisplayState::Checking});
    const int down = count({DisplayState::Down});
    const int noData = count({DisplayState::NoData});
    QStringList parts{MonitorTexts::tr("%1 of %n up", "peers", int(pool.peers.size())).arg(up)};
    const auto add = [&parts](int number, const QString &text) {
        if (number > 0)
            parts.append(text);
    };
    add(slow, MonitorTexts::tr("%n slow", "peers", slow));
    add(draining, MonitorTexts::tr("%n draining", "peers", draining));
    add(drained, MonitorTexts::tr("%n drained", "peers", drained));
    add(checking, MonitorTexts::tr("%n being checked", "peers", checking));
    add(down, MonitorTexts::tr("%n down", "peers", down));
    add(noData, MonitorTexts::tr("%n without data", "peers", noData));
    parts.append(sessionsText(pool, view));
    return parts.join(u" · "_s);
}

DisplayState worstOf(const PoolView &pool)
{
    if (pool.peers.isEmpty())
        return DisplayState::NoData;
    DisplayState worst = DisplayState::Up;
    for (const PeerView &peer : pool.peers)
        worst = worse(worst, displayStateOf(peer));
    return worst;
}

QString poolTitle(const QString &poolName)
{
    return poolName.isEmpty() ? MonitorTexts::tr("(known to the drain directory only)") : poolName;
}

} // namespace qproxysql
