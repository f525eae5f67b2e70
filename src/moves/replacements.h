// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "inner/workers.h"
#include "moves/connectionrecord.h"
#include "moves/movebackoff.h"

#include <deque>
#include <functional>
#include <map>
#include <mutex>

namespace qproxysql {

/// Opens replacement sessions in the background, four at a time, and offers each to its connection. A
/// replacement that is not needed any more is closed. Thread-safe; only workers block.
class Replacements
{
public:
    struct Wanted
    {
        std::shared_ptr<ConnectionRecord> record;
        quint64 instead = 0;  ///< the connection's present session
        PeerId from = NoPeer; ///< the peer to leave
        PeerId to = NoPeer;   ///< where the replacement must be; NoPeer: anywhere else
        MoveReason reason = MoveReason::Drain;
    };

    using Start = std::function<std::shared_ptr<Workers::Ticket>(std::function<void()>)>;
    using MarkStalled = std::function<void(const std::shared_ptr<Workers::Ticket> &)>;
    Replacements(const Clock &clock, Start start, MarkStalled markStalled);

    void add(Wanted wanted); ///< ignored while one for that connection is being opened
    /// Closes an offer that its connection has not taken.
    void withdraw(ConnectionRecord &record);

    /// Connections for which one is being opened, and the wanted peer.
    std::map<quint64, PeerId> underWay() const;

    /// The error says why, after a failure, none is opened now for connections like \a record.
    Expected<void> mayOpen(const ConnectionRecord &record) const;

private:
    void work();
    bool take(Wanted *wanted);
    void serve(const Wanted &wanted);
    void noteRefusedSettings(quint64 connection, const QString &why);

    const Clock &m_clock;
    const Start m_start;
    const MarkStalled m_markStalled;
    MoveBackoff m_backoff;

    mutable std::mutex m_mutex;
    std::deque<Wanted> m_queue;
    std::map<quint64, PeerId> m_underWay;
    struct Refused
    {
        Clock::time_point until;
        QString why;
    };
    std::map<quint64, Refused> m_refused; ///< connections whose settings other peers refuse
    int m_workers = 0;
};

} // namespace qproxysql
