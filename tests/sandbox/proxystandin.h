// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/relay.h"

namespace qproxysql::sandbox {

/// Stands for a proxy of the MySQL protocol in front of a server, where the real one cannot be installed.
/// It shows what was measured of ProxySQL 2.7 and MaxScale 24.02; all else passes to the server, logins
/// included:
///
///     ProxyStandIn proxy(servers[0].port());           // ProxySQL
///     proxy.setServers(ProxyStandIn::Servers::None);   // logins succeed, statements get 9001
///     proxy.relay().pause();                           // PROXYSQL PAUSE
///
/// | | ProxySQL | MaxScale (readwritesplit) |
/// |---|---|---|
/// | greets as | MySQL 8.0.11 | its server |
/// | connection number | its own | its own |
/// | session tracking | never arrives | passes |
/// | a text of several statements that begins with USE | 1148 | passes |
/// | `select @@version_comment limit 1`, exactly | "(ProxySQL)" | passes |
/// | no server: login, SET, USE of the protocol, ping | OK, by itself | 1815 at login |
/// | no server: everything else | 9001 | 1927, and the connection ends |
/// | no master: one reading statement, SET | passes | passes |
/// | no master: everything else | 9001 | 1927, and the connection ends |
///
/// Thread-safe.
class ProxyStandIn
{
public:
    enum class Kind { ProxySql, MaxScale };
    enum class Servers {
        All,
        NoMaster, ///< only reading statements find a server
        None
    };

    explicit ProxyStandIn(quint16 serverPort, Kind kind = Kind::ProxySql);
    ~ProxyStandIn();
    Q_DISABLE_COPY_MOVE(ProxyStandIn)

    /// Counts and disturbs what passes, and does pause() and resume().
    Relay &relay() { return m_relay; }
    quint16 port() const { return m_relay.port(); }
    QString address() const { return m_relay.address(); }

    /// Which of its servers the proxy can reach, from the next request on.
    void setServers(Servers servers);

private:
    class Behaviour;
    Behaviour *const m_behaviour; // the relay's
    Relay m_relay;
};

} // namespace qproxysql::sandbox
