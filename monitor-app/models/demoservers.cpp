// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/demoservers.h"

#include "models/monitortexts.h"
#include "models/peerdetails.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr double Step = 0.25;        ///< s of the demo's time
constexpr double LongestGap = 600;   ///< s; a longer pause is not simulated in full
constexpr double NoticeTime = 1;     ///< s until applications know of a drain
constexpr double HoldTime = 22;      ///< s for which a transaction stays on a drained server
constexpr double UsualAge = 700;     ///< s that this transaction was open before
constexpr double RunTime = 8;        ///< s until a server is stopped after it became safe to stop
constexpr double RebootTime = 18;    ///< s that it is then away
constexpr double StatementRate = 6;  ///< a second, of each session
constexpr double CheckInterval = 12; ///< s between rechecks

const char *const Hosts[] = {"db1", "db2", "db3", "db4", "db5", "db10"};
constexpr qsizetype BackedUp = 0; ///< the server that has a session of no application

constexpr struct
{
    const char *name;
    const char *host;
    int pid;
    int sessions;
} Applications[] = {{"billing-worker", "app3", 8112, 12},
                    {"orders-web", "app1", 2201, 40},
                    {"orders-web", "app2", 2207, 40},
                    {"reporting", "app4", 990, 12}};
constexpr qsizetype ApplicationCount = std::size(Applications);

enum class Condition { Good, Slow, Shaky, Dead, Unseen };

/// What happens to a server in each cycle, in s.
constexpr struct
{
    qsizetype server;
    Condition condition;
    double from, to;
} Script[] = {{2, Condition::Shaky, 12, 15},
              {2, Condition::Dead, 15, 58},
              {3, Condition::Slow, 35, 90},
              {5, Condition::Unseen, 95, 125}};

struct Situation
{
    Condition condition = Condition::Good;
    double age = 0; ///< s
    bool isGood() const { return condition == Condition::Good || condition == Condition::Slow; }
};

Situation situationOf(qsizetype index, const std::optional<double> &safeAt, double seconds)
{
    // A server is restarted when it is safe to stop.
    if (safeAt) {
        const double age = seconds - *safeAt - RunTime;
        return age >= 0 && age < RebootTime ? Situation{Condition::Dead, age} : Situation{};
    }
    const double at = std::fmod(seconds, DemoServers::Cycle);
    for (const auto &[server, condition, from, to] : Script) {
        if (server == index && at >= from && at < to)
            return {condition, at - from};
    }
    return {};
}

/// Deterministic noise.
double noise(double seconds, qsizetype index)
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
    for (const PeerDefinition &peer : pool({}).peers)
        m_servers.append({peer.address,
                          QList<int>(ApplicationCount),
                          QList<PeerCounters>(ApplicationCount),
                          0,
                          0,
                          {}});
    for (qsizetype i = 0; i < ApplicationCount; ++i)
        open(i);
}

PoolDefinition DemoServers::pool(const QString &name)
{
    PoolDefinition pool;
    pool.name = name;
    for (const char *const host : Hosts)
        pool.peers.append({{QString::fromLatin1(host), PeerAddress::DefaultPort}, 1});
    return pool;
}

void DemoServers::setDrains(const QList<DrainRequest> &entries, const ClusterView &last)
{
    for (Server &server : m_servers) {
        const QString name = server.address.name();
        const auto it = std::ranges::find(entries, name, &DrainRequest::peer);
        const bool isDraining = it != entries.cend() && it->service == Service::Draining;
        const quint64 drain = isDraining ? it->generation : 0;
        if (drain != server.drain) {
            server.drainedAt = m_seconds;
            server.safeAt.reset();
        }
        server.drain = drain;
        const PeerView *const peer = findPeer(last, {}, name);
        if (isDraining && peer && peer->drain.isSafe() && !server.safeAt)
            server.safeAt = m_seconds;
    }
}

void DemoServers::advanceTo(double seconds)
{
    m_seconds = std::max(m_seconds, seconds - LongestGap);
    for (; m_seconds + Step <= seconds; move())
        m_seconds += Step;
}

/// True when the applications have noticed its drain.
bool DemoServers::obeys(const Server &server) const
{
    return server.drain && m_seconds - server.drainedAt >= NoticeTime;
}

/// True while the transaction of the first application on it is open.
bool DemoServers::isHeld(const Server &server) const
{
    return server.drain && m_seconds - server.drainedAt < HoldTime
           && server.sessions.constFirst() > 0;
}

/// Counts what the applications do on it during one step.
void DemoServers::work(qsizetype server)
{
    Server &at = m_servers[server];
    const bool isDead = situationOf(server, at.safeAt, m_seconds).condition == Condition::Dead;
    for (qsizetype i = 0; i < ApplicationCount; ++i) {
        PeerCounters &counters = at.counters[i];
        const double each = StatementRate * (1 + 0.5 * noise(m_seconds, server + i));
        if (!isDead)
            counters.statements += quint64(std::lround(at.sessions.at(i) * each * Step));
        else if (at.sessions.at(i) > 0)
            ++counters.errors;
        counters.movesAway += isDead ? quint64(at.sessions.at(i)) : 0;
    }
    if (isDead)
        at.sessions.fill(0);
}

void DemoServers::move()
{
    for (qsizetype at = 0; at < m_servers.size(); ++at) {
        work(at);
        Server &server = m_servers[at];
        if (!obeys(server))
            continue;
        for (qsizetype i = ApplicationCount - 1; i >= 0; --i) {
            if (server.sessions.at(i) > (i == 0 && isHeld(server) ? 1 : 0)) {
                --server.sessions[i];
                ++server.counters[i].movesAway;
                break; // one at a time
            }
        }
    }
    for (qsizetype i = 0; i < ApplicationCount; ++i)
        open(i);
}

/// Opens an application's missing sessions on the server with the fewest; moves one to a server
/// that is back.
void DemoServers::open(qsizetype application)
{
    QList<Server *> usable;
    int open = 0;
    for (qsizetype i = 0; i < m_servers.size(); ++i) {
        Server &server = m_servers[i];
        open += server.sessions.at(application);
        if (!server.drain && situationOf(i, server.safeAt, m_seconds).isGood())
            usable.append(&server);
    }
    if (usable.isEmpty())
        return;
    const auto count = [application](const Server *one) { return one->sessions.at(application); };
    for (; open < Applications[application].sessions; ++open) {
        Server *const target = *std::ranges::min_element(usable, {}, count);
        ++target->sessions[application];
        target->counters[application].movesHere += m_seconds > 0 ? 1 : 0;
    }
    Server *const least = *std::ranges::min_element(usable, {}, count);
    Server *const most = *std::ranges::max_element(usable, {}, count);
    if (count(most) - count(least) > 1) {
        --most->sessions[application];
        ++most->counters[application].movesAway;
        ++least->sessions[application];
        ++least->counters[application].movesHere;
    }
}

PeerReport DemoServers::reportOf(qsizetype index, qsizetype application) const
{
    const Server &server = m_servers.at(index);
    const Situation situation = situationOf(index, server.safeAt, m_seconds);
    PeerReport report;
    report.address = server.address;
    report.identities = {identityOf(server.address)};
    report.service = server.drain ? Service::Draining : Service::InService;
    report.sessions = server.sessions.at(application);
    report.counters = server.counters.at(application);
    const double share = 0.35 + 0.2 * noise(m_seconds, index + application);
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
    if (situation.condition == Condition::Dead) {
        report.health = Health::Down;
        report.failureAge = std::fmod(situation.age, CheckInterval);
        report.nextCheck = CheckInterval - *report.failureAge;
        report.lastError.code = 2003;
        report.lastError.text = refusedText(server.address);
        report.lastError.at = QDateTime::fromSecsSinceEpoch(qint64(m_seconds - *report.failureAge),
                                                            Qt::UTC);
        return report;
    }
    report.health = situation.isGood() ? Health::Up : Health::Suspect;
    (situation.isGood() ? report.connectAge : report.failureAge) = std::fmod(m_seconds, 5.0);
    report.answerAge = report.connectAge;
    return report;
}

QList<KnownProcess> DemoServers::processes(const QString &pool, quint64 newestGeneration,
                                           Clock::time_point now) const
{
    const bool isNoticed = std::ranges::all_of(m_servers, [this](const Server &server) {
        return !server.drain || obeys(server);
    });
    const quint64 seen = isNoticed || newestGeneration == 0 ? newestGeneration
                                                            : newestGeneration - 1;
    QList<KnownProcess> all;
    for (qsizetype i = 0; i < ApplicationCount; ++i) {
        KnownProcess known;
        known.process = {u"demo%1"_s.arg(i), QString::fromLatin1(Applications[i].name),
                         QString::fromLatin1(Applications[i].host), Applications[i].pid, u"demo"_s};
        known.answered = now;
        PoolReport report{pool, Control::Local, {}};
        for (qsizetype at = 0; at < m_servers.size(); ++at) {
            if (situationOf(at, m_servers.at(at).safeAt, m_seconds).condition != Condition::Unseen)
                report.peers.append(reportOf(at, i));
        }
        known.report = ProcessReport{known.process, seen, {report}};
        all.append(known);
    }
    return all;
}

PeerProbe DemoServers::probeOf(qsizetype index) const
{
    const Server &server = m_servers.at(index);
    const Situation situation = situationOf(index, server.safeAt, m_seconds);
    PeerProbe probe;
    probe.peer = server.address;
    if (!situation.isGood()) {
        ConnectFailure failure;
        failure.code = 2003;
        failure.text = refusedText(server.address);
        failure.errorClass = situation.condition == Condition::Dead ? ErrorClass::Down
                                                                    : ErrorClass::None;
        probe.failure = failure;
        probe.serverList.whyNot = failure.text;
        return probe;
    }
    probe.isLoggedIn = true;
    probe.connectMs = (situation.condition == Condition::Slow ? 41.0 : 3.2)
                      + 0.6 * noise(m_seconds, index);
    probe.facts.version = MonitorTexts::tr("10.11.9-MariaDB (simulated)");
    probe.facts.identities = {identityOf(server.address)};
    probe.sessionLimit = 151;
    probe.usesTls = true;
    probe.serverList.isChecked = true;
    for (qsizetype i = 0; i < ApplicationCount; ++i) {
        for (int number = 0; number < server.sessions.at(i); ++number)
            probe.serverList.rows.append({connectionId(index, i, number),
                                          QString::fromLatin1(Applications[i].name),
                                          QLatin1StringView(Applications[i].host) + u":40000"_s});
    }
    if (index == BackedUp && (!server.drain || m_seconds - server.drainedAt < HoldTime))
        probe.serverList.rows.append({90'001, u"backup"_s, u"vault1:40000"_s});
    return probe;
}

QHash<PeerAddress, PeerProbe> DemoServers::probes(Clock::time_point now) const
{
    QHash<PeerAddress, PeerProbe> all;
    for (qsizetype i = 0; i < m_servers.size(); ++i) {
        if (situationOf(i, m_servers.at(i).safeAt, m_seconds).condition == Condition::Unseen)
            continue;
        PeerProbe probe = probeOf(i);
        probe.when = probe.ended = now;
        all.insert(probe.peer, probe);
    }
    return all;
}

} // namespace qproxysql
