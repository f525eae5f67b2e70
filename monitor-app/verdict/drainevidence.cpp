// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/drainevidence.h"

#include <algorithm>

namespace qproxysql {

namespace {

std::optional<double> longer(const std::optional<double> &one, const std::optional<double> &other)
{
    return one && other ? std::max(*one, *other) : one ? one : other;
}

void add(const PeerReport &peer, ApplicationEvidence *application)
{
    *application += peer;
    for (auto it = peer.reasons.cbegin(); it != peer.reasons.cend(); ++it)
        application->reasons[it.key()] += it.value();
    application->longestTransaction = longer(application->longestTransaction,
                                             peer.longestTransaction);
    application->idleHolder = longer(application->idleHolder, peer.idleHolder);
    application->problems += peer.problems;
    for (const quint64 id : peer.connectionIds)
        application->connectionIds.insert(id);
}

} // namespace

QList<ServerList::Row> DrainEvidence::foreignRows() const
{
    QList<ServerList::Row> rows;
    std::ranges::copy_if(serverList.rows, std::back_inserter(rows),
                         [this](const auto &row) { return !ownIds.contains(row.id); });
    return rows;
}

bool DrainEvidence::hasLeft(const ApplicationEvidence &application) const
{
    if (!application.isSilent || !serverList.isChecked)
        return false;
    const QList<ServerList::Row> rows = foreignRows();
    const bool areIdsKnown = application.hasReported
                             && (!application.connectionIds.isEmpty() || application.sessions == 0);
    if (!areIdsKnown)
        return rows.isEmpty();
    return std::ranges::none_of(rows, [&application](const ServerList::Row &row) {
        return application.connectionIds.contains(row.id);
    });
}

QList<ApplicationEvidence> applicationsOn(const QStringList &peerNames,
                                          const QList<KnownProcess> &processes)
{
    QList<ApplicationEvidence> applications;
    for (const KnownProcess &known : processes) {
        ApplicationEvidence application;
        application.process = known.process;
        application.isSilent = known.presence != KnownProcess::Presence::Answering;
        application.hasReported = known.report.has_value();
        application.why = known.why;
        // A silent application may have connected to the peer since its last report.
        bool isConcerned = !known.report || application.isSilent;
        if (known.report) {
            application.generation = known.report->generation;
            for (const PoolReport &pool : known.report->pools) {
                for (const PeerReport &peer : pool.peers) {
                    if (!peer.isNamed(peerNames))
                        continue;
                    isConcerned = true;
                    if (pool.control == Control::Off)
                        application.obeys = false;
                    else if (peer.service != Service::Draining
                             && !application.inServiceIn.contains(pool.name))
                        application.inServiceIn.append(pool.name);
                    add(peer, &application);
                }
            }
        }
        if (isConcerned)
            applications.append(application);
    }
    return applications;
}

} // namespace qproxysql
