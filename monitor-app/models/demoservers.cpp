// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/demoservers.h"

#include "models/monitortexts.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr double Step = 0.25;        ///< s of the demo's time
constexpr double LongestGap = 600;   ///< s that are caught up with
constexpr double NoticeTime = 1;     ///< s until applications know of a drain
constexpr double HoldTime = 22;      ///< s for which a transaction stays on a drained server
constexpr double UsualAge = 700;     ///< s that this transaction was open before
constexpr double RunTime = 8;        ///< s that a server runs on after it is safe to stop
constexpr double RebootTime = 18;    ///< s that it is away then
constexpr double CheckInterval = 12; ///< s between rechecks
constexpr quint64 BackupId = 90'001;

struct DemoApplication
{
    const char *name;
    const char *host;
    int pid;
    int sessions;
};
constexpr DemoApplication Applications[] = {{"billing-worker", "app3", 8112, 12},
                                            {"orders-web", "app1", 2201, 40},
                                            {"orders-web", "app2", 2207, 40},
                                            {"reporting", "app4", 990, 12}};
constexpr const char *Hosts[] = {"db1", "db2", "db3", "db4", "db5", "db10"};
enum Role : qsizetype { Backed, Drained, Failing, Lame, Steady, Hidden };

bool isBetween(double at, double from, double to)
{
    return at >= from && at < to;
}

/// A little unrest, the same in every run.
double unrest(double seconds, qsizetype index)
{
    return std::sin(seconds * 1.7 + double(index) * 2.1) * std::sin(seconds * 0.31 + double(index));
}

QString identityOf(const PeerAddress &address)
{
    return address.host + ".demo.invalid:3306"_L1;
}

quint64 connectionId(qsizetype server, qsizetype application, int number)
{
    return quint64(server * 10'000 + application * 1'000 + number + 1);
}

QString refusedText(const PeerAddress &address)
{
    return u"Can't connect to MySQL server on '%1' (111)"_s.arg(address.host);
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
        // Somebody restarts it, once it may be stopped.
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

/// The transaction of the first application on it has not ended yet.
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
                break; // one after the other
            }
        }
    }
    for (qsizetype i = 0; i < qsizetype(std::size(Applications)); ++i)
        open(i);
}

/// What an application lacks is opened at once where it has fewest; one moves to a server that is back.
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

PeerReport DemoServers::reportOf(const Server &server, qsizetype index, qsizetype application) const
{
    PeerReport report;
    report.address = server.address;
    report.identities = {identityOf(server.address)};
    report.health = server.condition == Condition::Dead    ? u"Down"_s
                    : server.condition == Condition::Shaky ? u"Suspect"_s
                                                           : u"Up"_s;
    report.service = server.drain ? u"Draining"_s : u"InService"_s;
    report.sessions = server.sessions.at(application);
    const double share = 0.35 + 0.2 * unrest(m_seconds, index + application);
    report.inUse = std::clamp(int(report.sessions * share), 0, report.sessions);
    for (int i = 0; i < report.sessions; ++i)
        report.connectionIds.append(connectionId(index, application, i));
    if (application == 0 && isHeld(server)) {
        const double age = m_seconds - server.drainedAt;
        report.inUse = std::max(report.inUse, 1);
        report.inTransaction = 1;
        report.reasons = {{u"transaction"_s, 1}};
        report.longestTransaction = UsualAge + age;
        report.idleHolder = age;
    }
    if (server.condition == Condition::Dead) {
        report.errorCode = 2003;
        report.errorText = refusedText(server.address);
        report.errorAt = QDateTime::fromSecsSinceEpoch(qint64(m_seconds
                                                              - (CheckInterval - server.nextCheck)),
                                                       Qt::UTC);
        report.nextCheck = server.nextCheck;
    }
    return report;
}

QList<KnownProcess> DemoServers::processes(const QString &pool, quint64 newestGeneration,
                                           Clock::time_point now) const
{
    bool isNoticed = true;
    for (const Server &server : m_servers)
        isNoticed = isNoticed && (!server.drain || m_seconds - server.drainedAt >= NoticeTime);
    QList<KnownProcess> all;
    for (qsizetype i = 0; i < qsizetype(std::size(Applications)); ++i) {
        const DemoApplication &application = Applications[i];
        KnownProcess known;
        known.process = {u"demo%1"_s.arg(i), QString::fromLatin1(application.name),
                         QString::fromLatin1(application.host), application.pid, u"demo"_s};
        known.answered = now;
        PoolReport report{pool, u"local"_s, {}};
        for (qsizetype j = 0; j < m_servers.size(); ++j) {
            if (m_servers.at(j).condition != Condition::Unseen)
                report.peers.append(reportOf(m_servers.at(j), j, i));
        }
        const quint64 seen = isNoticed || newestGeneration == 0 ? newestGeneration
                                                                : newestGeneration - 1;
        known.report = ProcessReport{known.process, seen, {report}};
        all.append(known);
    }
    return all;
}

PeerProbe DemoServers::probeOf(const Server &server, qsizetype index) const
{
    PeerProbe probe;
    probe.peer = server.address;
    if (server.condition == Condition::Dead || server.condition == Condition::Shaky) {
        ConnectFailure failure;
        failure.code = 2003;
        failure.text = refusedText(server.address);
        failure.errorClass = server.condition == Condition::Dead ? ErrorClass::Down
                                                                 : ErrorClass::None;
        probe.failure = failure;
        probe.serverList.whyNot = failure.text;
        return probe;
    }
    probe.isLoggedIn = true;
    probe.connectMs = (server.isSlow ? 41.0 : 3.2) + 0.6 * unrest(m_seconds, index);
    probe.facts.version = MonitorTexts::tr("10.11.9-MariaDB (simulated)");
    probe.facts.identities = {identityOf(server.address)};
    probe.sessionLimit = 151;
    probe.usesTls = true;
    probe.serverList.isChecked = true;
    for (qsizetype i = 0; i < server.sessions.size(); ++i) {
        const QString host = QString::fromLatin1(Applications[i].host);
        for (int number = 0; number < server.sessions.at(i); ++number)
            probe.serverList.rows.append({connectionId(index, i, number),
                                          QString::fromLatin1(Applications[i].name),
                                          host + u":40000"_s});
    }
    if (index == Backed && (!server.drain || m_seconds - server.drainedAt < HoldTime))
        probe.serverList.rows.append({BackupId, u"backup"_s, u"vault1:40000"_s});
    return probe;
}

QHash<PeerAddress, PeerProbe> DemoServers::probes(Clock::time_point now) const
{
    QHash<PeerAddress, PeerProbe> all;
    for (qsizetype i = 0; i < m_servers.size(); ++i) {
        if (m_servers.at(i).condition == Condition::Unseen)
            continue;
        PeerProbe probe = probeOf(m_servers.at(i), i);
        probe.when = now;
        all.insert(probe.peer, probe);
    }
    return all;
}

} // namespace qproxysql
