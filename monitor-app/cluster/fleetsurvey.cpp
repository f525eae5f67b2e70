// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/fleetsurvey.h"

#include "cluster/ctltexts.h"
#include "cluster/fleetledger.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using State = DrainTable::Reading::State;

/// nullptr: not read.
const DrainTable::Reading *readingOf(const PeerAddress &peer, const FleetSurvey::Probes &probes,
                                     Clock::time_point since = {})
{
    const auto probe = probes.constFind(peer);
    return probe == probes.cend() || probe->when < since || !probe->fleet
                           || probe->fleet->state != State::Good
                   ? nullptr
                   : &*probe->fleet;
}

} // namespace

void FleetSurvey::note(const QList<PoolView> &pools, const Probes &probes)
{
    for (const PoolView &pool : pools) {
        QList<DrainRequest> &known = m_entries[pool.name];
        known = newestRequests(known, current(pool, probes));
        m_hasRead = m_hasRead || std::ranges::any_of(pool.peers, [&probes](const PeerView &peer) {
                        return readingOf(peer.address, probes);
                    });
    }
}

QList<DrainRequest> FleetSurvey::entries(const std::optional<QStringList> &pools) const
{
    QList<DrainRequest> all;
    for (const auto &[pool, known] : m_entries) {
        if (!pools || pools->contains(pool))
            all = newestRequests(all, known);
    }
    return all;
}

QList<DrainRequest> FleetSurvey::current(const PoolView &pool, const Probes &probes,
                                         Clock::time_point since)
{
    QList<DrainRequest> rows;
    for (const PeerView &peer : pool.peers) {
        if (const auto *const reading = readingOf(peer.address, probes, since))
            rows = newestRequests(rows, reading->entries);
    }
    return rows;
}

QList<PeerAddress> FleetSurvey::outdated(const PoolView &pool, const Probes &probes,
                                         Clock::time_point since)
{
    const QList<DrainRequest> newest = current(pool, probes, since);
    QList<PeerAddress> found;
    for (const PeerView &peer : pool.peers) {
        const auto *const reading = readingOf(peer.address, probes, since);
        if (!reading || !probes.constFind(peer.address)->facts.clusterId.isEmpty())
            continue;
        const quint64 missing = newestGeneration(FleetLedger::outdated(*reading, newest));
        if (missing <= m_returned.value(peer.address))
            continue;
        m_returned[peer.address] = missing;
        found.append(peer.address);
    }
    return found;
}

QStringList FleetSurvey::problems(const QString &table, const QList<PoolView> &pools,
                                  const Probes &probes) const
{
    QStringList all;
    for (const PoolView &pool : pools) {
        for (const PeerView &peer : pool.peers) {
            const auto probe = probes.constFind(peer.address);
            if (probe == probes.cend() || !probe->fleet)
                continue;
            const DrainTable::Reading &reading = *probe->fleet;
            if (reading.state != State::Good)
                all.append(CtlTexts::tr("%1: %2 cannot be read: %3 %4")
                                   .arg(peer.address.name(), table)
                                   .arg(reading.code)
                                   .arg(reading.error));
            for (const QString &row : reading.leftOut)
                all.append(CtlTexts::tr("%1: %2 is not understood: %3")
                                   .arg(peer.address.name(), table, row));
        }
    }
    if (all.isEmpty() && !m_hasRead && !probes.isEmpty())
        all.append(CtlTexts::tr("%1 cannot be read: no peer can be used").arg(table));
    all.removeDuplicates();
    return all;
}

} // namespace qproxysql
