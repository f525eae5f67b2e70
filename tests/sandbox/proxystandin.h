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
/// | greets as | MySQL 8.0.11, or what it is told | its server |
/// | connection number | its own | its own |
/// | session tracking | never arrives | passes |
/// | a text of several statements that begins with USE, after comments | 1148 | passes |
/// | `select @@version_comment limit 1`, exactly | "(ProxySQL)" | passes |
/// | a schema that does not exist, selected by the protocol | OK, then 1044 | passes |
/// | flags of a prepare | always a transaction | passes |
/// | flags of SET, USE, ping, a selected schema after an error, of results before the last | a transaction | passes |
/// | reads and writes split, SET of what it does not know or among others, then SELECT | 9006 | passes |
/// | no server: login | OK | 1815 |
/// | no server: SET, USE, ping | OK, by itself | has hung up already |
/// | no server: everything else | 9001, after 10 s that are left out here | has hung up already |
/// | no master: one reading statement, SET | passes | passes |
/// | no master: everything else | 9001 | hangs up |
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

    /// ProxySQL: SELECT goes to another hostgroup than the rest.
    void setSplit(bool split);
    /// ProxySQL: from the next connection on.
    void setVersion(const QByteArray &version);

private:
    class Behaviour;
    Behaviour *const m_behaviour; // the relay's
    Relay m_relay;
};

} // namespace qproxysql::sandbox
