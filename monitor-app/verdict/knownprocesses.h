// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "verdict/reportanswer.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace qproxysql {

/// A process that has reported, or has a socket, as far as one collection after the other tells.
struct KnownProcess
{
    enum class Presence {
        Answering,
        Silent, ///< did not answer the last time, or the last two
        Unknown ///< nor for three intervals: what it said last may no longer be true
    };

    ProcessIdentity process;
    bool isTrusted = false; ///< see ReportAnswer
    Presence presence = Presence::Answering;
    int missed = 0;                      ///< collections in a row without an answer
    std::optional<ProcessReport> report; ///< the last one
    Clock::time_point answered;          ///< when it came; default constructed: never
    QString why;                         ///< it did not answer the last time
};

/// Remembers the processes of a machine between collections of their reports. One that falls silent is
/// silent, with what it said last, and never one without sessions: it is gone only when the process
/// lists of the servers it was on have been looked at since, and none shows a connection of its own; or
/// when it was a process of this machine and has ended in good order, its socket removed by itself. One of
/// this machine that was killed is in killed() instead, until such a list was read or KilledFor is over:
/// a server may go on with the statement that it was killed in. One thread at a time; no I/O.
class KnownProcesses
{
public:
    static constexpr int UnknownAfter = 3; ///< collections
    static constexpr std::chrono::seconds KilledFor{30};

    explicit KnownProcesses(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// Takes in what one collection brought.
    void note(const QList<ReportAnswer> &answers);

    /// Takes in a process list that was read in full, after the last note(). \a peerNames: the peer's address and
    /// identities; \a ids: all that are connected to it.
    void noteServerList(const QStringList &peerNames, const QSet<quint64> &ids);

    QList<KnownProcess> processes() const; ///< in the order of their ids
    QList<KnownProcess> killed() const;    ///< none of processes()

private:
    struct Entry
    {
        KnownProcess known;
        QSet<QString> leftPeers;   ///< of its report: seen without it since it fell silent
        bool wasLookedFor = false; ///< any peer of it was
        /// Seen to have left its socket behind; nothing: it was not.
        std::optional<Clock::time_point> killedAt;
    };
    bool isOver(const Entry &entry, bool hasSocket) const;
    QList<KnownProcess> listOf(bool isKilled) const;
    static void miss(Entry *entry, const QString &why);
    static void lookFor(Entry *entry, const QStringList &peerNames, const QSet<quint64> &ids);
    static bool isGone(const Entry &entry);

    const Clock &m_clock;
    QHash<QString, Entry> m_processes;
};

} // namespace qproxysql
