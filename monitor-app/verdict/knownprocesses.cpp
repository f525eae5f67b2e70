// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/knownprocesses.h"

#include "config/coretexts.h"
#include "report/reportfolder.h"

#include <algorithm>

namespace qproxysql {

namespace {

QString keyOf(const PoolReport &pool, const PeerReport &peer)
{
    return pool.name + u'\n' + peer.address.name();
}

} // namespace

int KnownProcess::sessions(const std::optional<QString> &pool) const
{
    int sessions = 0;
    const QList<PoolReport> pools = report.value_or(ProcessReport()).pools;
    for (const PoolReport &one : pools) {
        for (const PeerReport &peer : one.peers)
            sessions += pool.value_or(one.name) == one.name ? peer.sessions : 0;
    }
    return sessions;
}

void KnownProcesses::note(const QList<ReportAnswer> &answers)
{
    QSet<QString> seen;
    for (const ReportAnswer &answer : answers) {
        const QString &id = answer.process.id;
        if (answer.kind == ReportAnswer::Kind::Ended) {
            const auto known = m_processes.find(id);
            if (known != m_processes.end() && ReportFolder::hasEnded(known->known.process))
                known->killedAt = known->killedAt.value_or(m_clock.now());
            continue; // treated like a removed socket, and it is removed now
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
        if (isOver(*it, hasSocket)) {
            it = m_processes.erase(it);
            continue;
        }
        if (!hasSocket)
            miss(&*it, it->killedAt ? CoreTexts::tr("it was killed")
                                    : CoreTexts::tr("its socket is gone"));
        ++it;
    }
}

bool KnownProcesses::isOver(const Entry &entry, bool hasSocket) const
{
    if (hasSocket)
        return false;
    if (!entry.known.report)
        return true; // a process that never reported leaves nothing to remember
    if (entry.killedAt)
        return m_clock.now() - *entry.killedAt >= KilledFor;
    // An orderly end has closed its sessions first.
    return ReportFolder::hasEnded(entry.known.process);
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
            searchFor(&*it, peerNames, ids);
        it = isGone(*it) ? m_processes.erase(it) : std::next(it);
    }
}

void KnownProcesses::searchFor(Entry *entry, const QStringList &peerNames, const QSet<quint64> &ids)
{
    if (!entry->known.report)
        return;
    const auto isThere = [&ids](const PeerReport &peer) {
        if (peer.connectionIds.isEmpty())
            return peer.sessions > 0 && !ids.isEmpty(); // any of the connections may belong to it
        return std::ranges::any_of(peer.connectionIds,
                                   [&ids](quint64 id) { return ids.contains(id); });
    };
    for (const PoolReport &pool : entry->known.report->pools) {
        for (const PeerReport &peer : pool.peers) {
            if (!peer.isNamed(peerNames))
                continue;
            entry->wasSearchedFor = true;
            if (isThere(peer))
                entry->leftPeers.remove(keyOf(pool, peer));
            else
                entry->leftPeers.insert(keyOf(pool, peer));
        }
    }
}

bool KnownProcesses::isGone(const Entry &entry)
{
    if (entry.known.missed == 0 || !entry.wasSearchedFor)
        return false;
    return std::ranges::all_of(entry.known.report->pools, [&entry](const PoolReport &pool) {
        return std::ranges::all_of(pool.peers, [&](const PeerReport &peer) {
            return (peer.connectionIds.isEmpty() && peer.sessions == 0)
                   || entry.leftPeers.contains(keyOf(pool, peer));
        });
    });
}

QList<KnownProcess> KnownProcesses::those(bool (Entry::*isMeant)() const) const
{
    QList<KnownProcess> all;
    for (const Entry &entry : m_processes) {
        if ((entry.*isMeant)())
            all.append(entry.known);
    }
    std::ranges::sort(all, {}, [](const KnownProcess &known) { return known.process.id; });
    return all;
}

} // namespace qproxysql
