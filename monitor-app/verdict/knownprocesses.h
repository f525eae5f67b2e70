// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "verdict/reportanswer.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace qproxysql {

/// A process that has reported or has a socket, according to successive collections.
struct KnownProcess
{
    enum class Presence {
        Answering,
        Silent, ///< did not answer the last one or two collections
        Unknown ///< silent for three collections or more: its last report may be outdated
    };

    ProcessIdentity process;
    bool isTrusted = false; ///< see ReportAnswer
    Presence presence = Presence::Answering;
    int missed = 0;                      ///< collections in a row without an answer
    std::optional<ProcessReport> report; ///< the last one
    Clock::time_point answered;          ///< when the report came; default constructed: never
    QString why;                         ///< why it did not answer the last time

    /// How many it had by its last report. \a pool: counts only those of that pool.
    int sessions(const std::optional<QString> &pool = {}) const;
};

/// Remembers the processes of a machine between collections of their reports. A process that stops
/// answering stays in the list as silent, with its last report. It is removed when the process
/// lists of its servers, read since then, show none of its connections, or when it was a process of
/// this machine that ended and removed its socket. A process of this machine that was killed moves
/// to killed() until such a list was read or KilledFor has passed: a server may still be executing
/// its last statement. One thread at a time; no I/O.
class KnownProcesses
{
public:
    static constexpr int UnknownAfter = 3; ///< collections
    static constexpr std::chrono::seconds KilledFor{30};

    explicit KnownProcesses(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// Adds the answers of one collection.
    void note(const QList<ReportAnswer> &answers);

    /// Adds a process list that was read in full after the last note(). \a peerNames: the peer's
    /// address and identities; \a ids: all connections to it.
    void noteServerList(const QStringList &peerNames, const QSet<quint64> &ids);

    // Ordered by id.
    QList<KnownProcess> processes() const { return those(&Entry::isNotKilled); }
    QList<KnownProcess> killed() const { return those(&Entry::isKilled); } ///< not in processes()

private:
    struct Entry
    {
        KnownProcess known;
        /// Peers of its report whose lists have not shown it since it fell silent.
        QSet<QString> leftPeers;
        bool wasSearchedFor = false; ///< true when such a list was read
        /// When its socket was found abandoned; nothing: it was not.
        std::optional<Clock::time_point> killedAt;

        bool isKilled() const { return killedAt.has_value(); }
        bool isNotKilled() const { return !killedAt; }
    };
    bool isOver(const Entry &entry, bool hasSocket) const;
    QList<KnownProcess> those(bool (Entry::*isMeant)() const) const;
    static void miss(Entry *entry, const QString &why);
    static void searchFor(Entry *entry, const QStringList &peerNames, const QSet<quint64> &ids);
    static bool isGone(const Entry &entry);

    const Clock &m_clock;
    QHash<QString, Entry> m_processes;
};

} // namespace qproxysql
