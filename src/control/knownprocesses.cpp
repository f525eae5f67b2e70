// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "control/knownprocesses.h"

#include "control/peernames.h"
#include "control/reportfolder.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace qproxysql {

namespace {

QString keyOf(const PoolReport &pool, const PeerReport &peer)
{
    return pool.name + u'\n' + peer.address.name();
}

} // namespace

void KnownProcesses::note(const QList<ReportAnswer> &answers)
{
    QSet<QString> seen;
    for (const ReportAnswer &answer : answers) {
        const QString &id = answer.process.id;
        if (answer.kind == ReportAnswer::Kind::Ended) {
            if (const auto known = m_processes.find(id); known != m_processes.end())
                known->wasKilled = true;
            continue; // as if its socket were gone, and now it is
        }
        seen.insert(id);
        Entry &entry = m_processes[id];
        if (answer.kind != ReportAnswer::Kind::Report) {
            if (entry.known.process.pid == 0)
                entry.known.process = answer.process;
            miss(&entry, answer.text);
            continue;
        }
        entry = {};
        entry.known.process = answer.process;
        entry.known.isTrusted = answer.isTrusted;
        entry.known.report = answer.report;
        entry.known.answered = m_clock.now();
    }
    for (auto it = m_processes.begin(); it != m_processes.end();) {
        const bool hasSocket = seen.contains(it.key());
        // Of one that never said anything nothing is known that could be remembered; and one that has
        // removed its socket and ended has closed its sessions before.
        const bool isOver = !hasSocket
                            && (!it->known.report
                                || (!it->wasKilled && ReportFolder::hasEnded(it->known.process)));
        if (!hasSocket && !isOver)
            miss(&*it, QCoreApplication::translate("QProxySql", "its socket is gone"));
        it = isOver ? m_processes.erase(it) : std::next(it);
    }
}

void KnownProcesses::miss(Entry *entry, const QString &why)
{
    KnownProcess &known = entry->known;
    known.why = why;
    ++known.missed;
    known.presence = known.missed < UnknownAfter ? KnownProcess::Presence::Silent
                                                 : KnownProcess::Presence::Unknown;
}

void KnownProcesses::noteServerList(const QStringList &peerNames, const QSet<quint64> &ids)
{
    for (auto it = m_processes.begin(); it != m_processes.end();) {
        if (it->known.missed > 0)
            lookFor(&*it, peerNames, ids);
        it = isGone(*it) ? m_processes.erase(it) : std::next(it);
    }
}

void KnownProcesses::lookFor(Entry *entry, const QStringList &peerNames, const QSet<quint64> &ids)
{
    if (!entry->known.report)
        return;
    const auto isThere = [&ids](const PeerReport &peer) {
        if (peer.connectionIds.isEmpty())
            return peer.sessions > 0 && !ids.isEmpty(); // any of them may be its
        return std::ranges::any_of(peer.connectionIds,
                                   [&ids](quint64 id) { return ids.contains(id); });
    };
    for (const PoolReport &pool : entry->known.report->pools) {
        for (const PeerReport &peer : pool.peers) {
            if (!isPeerNamed(peer, peerNames))
                continue;
            entry->wasLookedFor = true;
            if (isThere(peer))
                entry->leftPeers.remove(keyOf(pool, peer));
            else
                entry->leftPeers.insert(keyOf(pool, peer));
        }
    }
}

bool KnownProcesses::isGone(const Entry &entry)
{
    if (entry.known.missed == 0 || !entry.wasLookedFor)
        return false;
    return std::ranges::all_of(entry.known.report->pools, [&entry](const PoolReport &pool) {
        return std::ranges::all_of(pool.peers, [&](const PeerReport &peer) {
            return (peer.connectionIds.isEmpty() && peer.sessions == 0)
                   || entry.leftPeers.contains(keyOf(pool, peer));
        });
    });
}

QList<KnownProcess> KnownProcesses::processes() const
{
    QList<KnownProcess> all;
    for (const Entry &entry : m_processes)
        all.append(entry.known);
    std::ranges::sort(all, {}, [](const KnownProcess &known) { return known.process.id; });
    return all;
}

} // namespace qproxysql
