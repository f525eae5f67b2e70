// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/demoservers.h"

#include "models/democast.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

using namespace democast;

namespace {

bool isBetween(double at, double from, double to)
{
    return at >= from && at < to;
}

} // namespace

DemoServers::DemoServers()
{
    for (const char *const host : Hosts) {
        Server server;
        server.address = {QString::fromLatin1(host), PeerAddress::DefaultPort};
        server.sessions.resize(std::size(Applications));
        m_servers.append(server);
    }
    for (qsizetype application = 0; application < qsizetype(std::size(Applications)); ++application)
        open(application);
}

PoolDefinition DemoServers::pool(const QString &name)
{
    PoolDefinition pool;
    pool.name = name;
    for (const char *const host : Hosts)
        pool.peers.append({{QString::fromLatin1(host), PeerAddress::DefaultPort}, 1});
    return pool;
}

void DemoServers::setDrains(const QHash<PeerAddress, Drain> &drains)
{
    for (Server &server : m_servers) {
        const auto it = drains.constFind(server.address);
        if (it == drains.cend()) {
            server.drain.reset();
            server.safeAt.reset();
            continue;
        }
        if (!server.drain || server.drain->generation != it->generation) {
            server.drainedAt = m_seconds;
            server.safeAt.reset();
        }
        if (it->isSafe && !server.safeAt)
            server.safeAt = m_seconds;
        server.drain = *it;
    }
}

void DemoServers::advanceTo(double seconds)
{
    if (seconds - m_seconds > LongestGap)
        m_seconds = seconds - LongestGap;
    while (m_seconds + Step <= seconds)
        step();
}

void DemoServers::step()
{
    m_seconds += Step;
    setConditions();
    move();
}

void DemoServers::setConditions()
{
    const double at = std::fmod(m_seconds, Cycle);
    const auto shown = [at](double from, double to) { return isBetween(at, from, to); };
    m_servers[Failing].condition = shown(12, 15)   ? Condition::Shaky
                                   : shown(15, 58) ? Condition::Dead
                                                   : Condition::Good;
    m_servers[Hidden].condition = shown(95, 125) ? Condition::Unseen : Condition::Good;
    m_servers[Lame].isSlow = shown(35, 90);
    for (Server &server : m_servers) {
        // A server is restarted when it is safe to stop.
        if (server.safeAt)
            server.condition = isBetween(m_seconds - *server.safeAt, RunTime, RunTime + RebootTime)
                                       ? Condition::Dead
                                       : Condition::Good;
        else if (&server != &m_servers[Failing] && &server != &m_servers[Hidden])
            server.condition = Condition::Good;
        if (server.condition != Condition::Dead)
            server.nextCheck = 0;
        else if (server.nextCheck < Step)
            server.nextCheck = CheckInterval;
        else
            server.nextCheck -= Step;
    }
}

bool DemoServers::isUsable(const Server &server) const
{
    return !server.drain && server.condition == Condition::Good;
}

/// True while the transaction of the first application on it is open.
bool DemoServers::isHeld(const Server &server) const
{
    return server.drain && m_seconds - server.drainedAt < HoldTime
           && server.condition != Condition::Dead && server.sessions.constFirst() > 0;
}

void DemoServers::move()
{
    for (Server &server : m_servers) {
        if (server.condition == Condition::Dead)
            server.sessions.fill(0);
        if (!server.drain || m_seconds - server.drainedAt < NoticeTime)
            continue;
        for (qsizetype i = server.sessions.size() - 1; i >= 0; --i) {
            const int stays = i == 0 && isHeld(server) ? 1 : 0;
            if (server.sessions.at(i) > stays) {
                --server.sessions[i];
                break; // one at a time
            }
        }
    }
    for (qsizetype i = 0; i < qsizetype(std::size(Applications)); ++i)
        open(i);
}

/// Opens an application's missing sessions on the server with the fewest; moves one to a server
/// that is back.
void DemoServers::open(qsizetype application)
{
    QList<Server *> usable;
    int open = 0;
    for (Server &server : m_servers) {
        open += server.sessions.at(application);
        if (isUsable(server))
            usable.append(&server);
    }
    if (usable.isEmpty())
        return;
    const auto count = [application](const Server *one) { return one->sessions.at(application); };
    for (; open < Applications[application].sessions; ++open)
        ++(*std::ranges::min_element(usable, {}, count))->sessions[application];
    Server *const least = *std::ranges::min_element(usable, {}, count);
    Server *const most = *std::ranges::max_element(usable, {}, count);
    if (count(most) - count(least) > 1) {
        --most->sessions[application];
        ++least->sessions[application];
    }
}

} // namespace qproxysql
