// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"
#include "connect/connectfailure.h"
#include "costs.h"
#include "record.h"

#include <deque>

namespace qproxysql::simulation {

/// The server of one peer: it logs clients in one after the other, at its rate.
class SimulatedServer
{
public:
    enum class State {
        Serving,
        Down,       ///< its port refuses, its sessions are closed
        Frozen,     ///< nothing is answered
        Unreachable ///< nothing arrives
    };

    SimulatedServer(PeerId peer, const Costs &costs, Timeline &timeline, Record &record)
        : m_peer(peer)
        , m_costs(costs)
        , m_timeline(timeline)
        , m_record(record)
    {
    }

    State state() const { return m_state; }
    bool isAnswering() const { return m_state == State::Serving; }
    void setState(State state);
    /// Another number after each start: sessions of an earlier one are closed.
    quint64 epoch() const { return m_epoch; }

    /// The failure, or the epoch of the session.
    using Login = Expected<quint64, ConnectFailure>;
    using Done = std::function<void(const Login &)>;
    /// Calls \a done when the login succeeds or fails, never within this call.
    void connect(Purpose purpose, Span timeout, Done done);
    void close(quint64 epoch); ///< a session

    /// Sessions that connections of applications have.
    void hold(quint64 epoch, int change);
    int held() const { return m_held; }

private:
    struct Client
    {
        Purpose purpose;
        Time deadline;
        Done done;
        int dropped = 0;
    };
    void arrive(Client client);
    void serveNext();
    void serve(const Client &client, quint64 epoch);
    void fail(const Client &client, int code, bool timedOut = false) const;
    void timeOut(const Client &client);

    const PeerId m_peer;
    const Costs &m_costs;
    Timeline &m_timeline;
    Record &m_record;
    State m_state = State::Serving;
    quint64 m_epoch = 1;
    int m_sessions = 0;
    int m_held = 0;
    Time m_acceptedUntil;       ///< all that have arrived
    std::deque<Client> m_queue; ///< for their logins
};

} // namespace qproxysql::simulation
