// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterassembly.h"
#include "cluster/drainverdicts.h"

#include <array>

/// Three simulated servers in some state, the clients that use them, and what an operator's tool
/// learns of them. The first server is to be drained.
struct MadeUpWorld
{
    enum class Server { Dead, Frozen, Full, Refusing, Up };
    enum class Client {
        None,
        Elsewhere, ///< has no session on the first server
        OnFirst,   ///< has one
        Silent,    ///< had one in its last report; killed or stopped
        SilentGone ///< the same, but the server has closed it
    };
    enum class Reports {
        WithoutAges, ///< an old version that reports no ages and does not probe for others
        Unasked,     ///< has made no probes, e.g. since no login of it has succeeded
        Probing
    };
    static constexpr int Count = 3;

    std::array<Server, Count> servers{};
    Client idle = Client::None; ///< believes that all servers are up
    Client busy = Client::None; ///< has just received an answer on its session
    Client ended = Client::None;
    Reports reports = Reports::Probing;
    bool hasAccount = false;
    bool isDraining = false;

    using Clock = qproxysql::Clock;
    static qproxysql::PeerAddress address(int server)
    {
        return {QStringLiteral("s%1").arg(server), qproxysql::PeerAddress::DefaultPort};
    }

    bool isAnyOtherUp() const { return servers[1] == Server::Up || servers[2] == Server::Up; }
    bool isAnyProber() const
    {
        const auto isThere = [](Client client) {
            return client == Client::Elsewhere || client == Client::OnFirst;
        };
        return reports == Reports::Probing && (isThere(idle) || isThere(busy));
    }
    /// The real number on the first server.
    int sessions() const
    {
        if (servers[0] == Server::Dead)
            return 0;
        return int(idle == Client::OnFirst) + int(busy == Client::OnFirst)
               + int(ended == Client::Silent);
    }

    qproxysql::ClusterView view(Clock::time_point now, bool isFirstPoll) const;

private:
    qproxysql::PeerReport report(int server, bool isBusy, Client client, bool isFirstPoll) const;
    void add(const char *name, quint64 id, Client client, bool isBusy, bool isFirstPoll,
             Clock::time_point now, qproxysql::ClusterView *view) const;
    qproxysql::PeerProbe probe(int server, Clock::time_point now) const;
};

inline qproxysql::PeerReport MadeUpWorld::report(int server, bool isBusy, Client client,
                                                 bool isFirstPoll) const
{
    qproxysql::PeerReport report;
    report.address = address(server);
    report.health = qproxysql::Health::Up;
    report.service = server == 0 && isDraining ? qproxysql::Service::Draining
                                               : qproxysql::Service::InService;
    const bool isOnIt = server == 0 ? client != Client::Elsewhere : isBusy && server == 1;
    report.sessions = report.inUse = isOnIt ? 1 : 0;
    if (reports == Reports::WithoutAges)
        return report;
    const Server state = servers[size_t(server)];
    const bool isNew = reports == Reports::Probing && isFirstPoll;
    report.connectAge = report.answerAge = isNew ? 2 : 400;
    if (isBusy && isOnIt && state != Server::Dead && state != Server::Frozen)
        report.answerAge = 0.1;
    if (reports == Reports::Unasked || (server == 0 && isDraining))
        return report;
    switch (state) {
    case Server::Up:
        report.connectAge = 0.1;
        report.answerAge = 0.1;
        break;
    case Server::Frozen:
        report.isChecking = isFirstPoll;
        if (isFirstPoll)
            break;
        [[fallthrough]];
    case Server::Dead:
        report.health = qproxysql::Health::Down;
        report.failureAge = 0.1;
        break;
    case Server::Full:
        report.health = qproxysql::Health::Overloaded;
        report.failureAge = 0.1;
        break;
    case Server::Refusing:
        report.failureAge = 0.05; // its health stays unchanged
        break;
    }
    return report;
}

inline void MadeUpWorld::add(const char *name, quint64 id, Client client, bool isBusy,
                             bool isFirstPoll, Clock::time_point now,
                             qproxysql::ClusterView *view) const
{
    if (client == Client::None)
        return;
    qproxysql::KnownProcess known;
    known.process.id = known.process.application = QString::fromLatin1(name);
    known.isTrusted = true;
    known.answered = now;
    if (client == Client::Silent || client == Client::SilentGone)
        known.presence = qproxysql::KnownProcess::Presence::Silent;
    qproxysql::PoolReport pool{QStringLiteral("p"), qproxysql::Control::Local, {}};
    for (int i = 0; i < Count; ++i)
        pool.peers.append(report(i, isBusy, client, isFirstPoll));
    if (client != Client::Elsewhere)
        pool.peers[0].connectionIds = {id};
    known.report = qproxysql::ProcessReport{known.process, 1, {pool}};
    view->processes.append(known);
}

inline qproxysql::PeerProbe MadeUpWorld::probe(int server, Clock::time_point now) const
{
    using qproxysql::ErrorClass;
    qproxysql::PeerProbe probe;
    probe.peer = address(server);
    probe.when = probe.ended = now;
    qproxysql::ConnectFailure failure;
    switch (servers[size_t(server)]) {
    case Server::Up:
        probe.isLoggedIn = true;
        if (server == 0) {
            probe.serverList.isChecked = true;
            if (idle == Client::OnFirst)
                probe.serverList.rows.append({1, QStringLiteral("app"), QStringLiteral("h:1")});
            if (busy == Client::OnFirst)
                probe.serverList.rows.append({2, QStringLiteral("app"), QStringLiteral("h:2")});
            if (ended == Client::Silent)
                probe.serverList.rows.append({3, QStringLiteral("app"), QStringLiteral("h:3")});
        }
        return probe;
    case Server::Dead:
        failure.code = 2002;
        failure.errorClass = ErrorClass::Down;
        break;
    case Server::Frozen:
        failure.timedOut = true;
        failure.errorClass = ErrorClass::Down;
        break;
    case Server::Full:
        failure.code = 1040;
        failure.errorClass = ErrorClass::Overload;
        break;
    case Server::Refusing:
        failure.code = 1045;
        failure.errorClass = ErrorClass::Login;
        break;
    }
    probe.failure = failure;
    return probe;
}

inline qproxysql::ClusterView MadeUpWorld::view(Clock::time_point now, bool isFirstPoll) const
{
    qproxysql::ClusterView view;
    view.hasLogin = hasAccount;
    add("idle", 1, idle, false, isFirstPoll, now, &view);
    add("busy", 2, busy, true, isFirstPoll, now, &view);
    add("ended", 3, ended, false, isFirstPoll, now, &view);
    qproxysql::PoolDefinition pool;
    pool.name = QStringLiteral("p");
    for (int i = 0; i < Count; ++i)
        pool.peers.append({address(i), 1});
    qproxysql::ClusterAssembly assembly({pool}, {}, now);
    assembly.addReports(view.processes);
    QHash<qproxysql::PeerAddress, qproxysql::PeerProbe> probes;
    for (int i = 0; hasAccount && i < Count; ++i)
        probes.insert(address(i), probe(i, now));
    assembly.addProbes(probes);
    if (isDraining) {
        qproxysql::DrainRequest entry;
        entry.peer = address(0).name();
        entry.service = qproxysql::Service::Draining;
        entry.generation = 1;
        view.entries = {entry};
    }
    assembly.addEntries(view.entries);
    view.pools = assembly.pools();
    return view;
}
