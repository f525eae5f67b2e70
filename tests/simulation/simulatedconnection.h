// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/connectionsnapshots.h"
#include "simulatedopen.h"

namespace qproxysql::simulation {

/// One connection of an application that runs a short read, thinks, and so on. Its statements are
/// simulated only when something may come of them.
class SimulatedConnection
{
public:
    SimulatedConnection(SimulatedProcess &process, Span phase);
    Q_DISABLE_COPY_MOVE(SimulatedConnection)

    void open(); ///< of the application

    /// The next statement is simulated.
    void needStatement();

    /// As other threads see it.
    ConnectionSnapshot snapshot();
    void noteLastAnswer(); ///< of the statements that were not simulated
    quint64 session() const { return m_session.number; }
    PeerId peer() const { return m_session.peer; }

    /// The session was cut: by the watch, or to leave a drained peer.
    void cut();
    /// False: it has moved meanwhile, or has an offer.
    bool offer(PeerId peer, quint64 epoch, MoveReason reason, quint64 instead);
    void withdraw();

    /// The server answers again, or has closed the connection.
    void answered(PeerId peer);
    Time waitsSince() const { return m_waitsSince; } ///< max(): no statement is in flight

private:
    struct Session
    {
        PeerId peer = NoPeer;
        quint64 epoch = 0;
        quint64 number = 0; ///< 0: none
        Time since;
        bool isCut = false;
        std::shared_ptr<SessionLine> line;
    };

    Time lastStatement() const;
    Time nextStatement() const;
    void statement();
    bool isClosedByServer() const;
    void takeOffer();
    void lose(int code);
    void drop(Session *session);
    void open(Purpose purpose, PeerId avoid = NoPeer);
    void settle(PeerId peer, quint64 epoch);
    Session made(PeerId peer, quint64 epoch);

    SimulatedProcess &m_process;
    const Span m_phase;
    Session m_session;
    Session m_offer;
    MoveReason m_offeredFor = MoveReason::Drain;
    Time m_waitsSince = Time::max();
    bool m_isOpening = false;
    bool m_isStatementDue = false;
    static inline quint64 s_sessions = 0;
};

} // namespace qproxysql::simulation
