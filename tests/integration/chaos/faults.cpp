// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "faults.h"

#include "sandbox/listeners.h"

#include <algorithm>
#include <memory>
#include <thread>

namespace chaos {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using qproxysql::sandbox::HangUpListener;

namespace {

constexpr auto BusyWithin = 2s;
constexpr auto WholeWithin = 60s;

QString nameOf(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Kill:
        return u"kill -9"_s;
    case FaultKind::Restart:
        return u"SIGTERM and restart"_s;
    case FaultKind::Freeze:
        return u"SIGSTOP"_s;
    case FaultKind::KillSessions:
        return u"KILL of all sessions"_s;
    case FaultKind::HangUp:
        return u"accepts and hangs up"_s;
    case FaultKind::FullThreadPool:
        return u"full thread pool"_s;
    case FaultKind::Isolate:
        return u"left alone"_s;
    }
    return {};
}

} // namespace

Faults::Faults(Site *site, Moment *moment, quint32 seed, std::function<bool(const QString &)> isBusy)
    : m_site(site)
    , m_moment(moment)
    , m_random(seed)
    , m_isBusy(std::move(isBusy))
{
    for (const FaultKind kind : {FaultKind::Kill, FaultKind::Restart, FaultKind::Freeze,
                                 FaultKind::KillSessions, FaultKind::HangUp})
        m_tallies.push_back({kind});
    if (m_site->hasThreadPool())
        m_tallies.push_back({FaultKind::FullThreadPool});
    if (m_site->canIsolate())
        m_tallies.push_back({FaultKind::Isolate});
}

bool Faults::makeOne()
{
    if (m_round.empty()) {
        for (size_t i = 0; i < m_tallies.size(); ++i)
            m_round.push_back(i);
        std::shuffle(m_round.begin(), m_round.end(), m_random);
    }
    m_last = m_round.back();
    m_round.pop_back();
    const int index = int(m_random.bounded(m_site->count()));
    Server &server = m_site->server(index);
    const FaultKind kind = m_tallies.at(m_last).kind;
    m_isCounted = false;
    qInfo().noquote() << "fault" << m_moment->fault() + 1 << nameOf(kind) << "on"
                      << server.address();
    if (make(kind, server, index) && waitUntilWhole())
        return true;
    m_errorString = u"%1 on %2: %3 %4"_s.arg(nameOf(kind), server.address(), m_errorString,
                                             server.errorString());
    return false;
}

bool Faults::make(FaultKind kind, Server &server, int index)
{
    switch (kind) {
    case FaultKind::Kill:
        strike(server);
        server.kill();
        pause(0, 1000);
        return m_site->settle(index) && server.start() && m_site->readmit(index);
    case FaultKind::Restart:
        strike(server);
        return server.restart() && m_site->readmit(index);
    case FaultKind::Freeze:
        strike(server);
        if (!server.freeze())
            return false;
        pause(1000, 8000);
        return server.thaw();
    case FaultKind::KillSessions:
        return killSessions(server);
    case FaultKind::HangUp:
        return hangUp(server, index);
    case FaultKind::FullThreadPool:
        return fillThreadPool(server);
    case FaultKind::Isolate:
        strike(server);
        if (!m_site->isolate(index))
            return false;
        pause(0, 2000);
        return m_site->rejoin(index);
    }
    return false;
}

bool Faults::killSessions(Server &server)
{
    RootClient client;
    bool done = client.open(server.port());
    strike(server);
    done = done && m_site->killSessions(&client);
    m_errorString = client.errorString();
    return done;
}

bool Faults::hangUp(Server &server, int index)
{
    strike(server);
    server.kill();
    {
        const HangUpListener listener(server.port());
        if (!listener.isListening()) {
            m_errorString = listener.errorString();
            return false;
        }
        pause(500, 2000);
        if (!m_site->settle(index))
            return false;
    }
    return server.start() && m_site->readmit(index);
}

// With statements that sleep in all of its threads. They end by themselves: the server would not hear us.
bool Faults::fillThreadPool(Server &server)
{
    const QString sql = u"SELECT SLEEP(%1)"_s.arg(1 + m_random.bounded(2.0));
    std::vector<std::unique_ptr<RootClient>> clients;
    for (int i = 0; i < Site::PoolThreads + 4; ++i) {
        clients.push_back(std::make_unique<RootClient>());
        if (!clients.back()->open(server.port())) {
            m_errorString = clients.back()->errorString();
            return false;
        }
    }
    std::vector<std::thread> threads;
    for (const auto &client : clients)
        threads.emplace_back([&client, &sql] { client->execute(sql); });
    std::this_thread::sleep_for(200ms); // the pool grows step by step
    strike(server);
    for (std::thread &thread : threads)
        thread.join();
    return true;
}

void Faults::strike(Server &server)
{
    const auto deadline = Moment::Clock::now() + BusyWithin;
    while (!m_isBusy(server.address()) && Moment::Clock::now() < deadline)
        std::this_thread::sleep_for(100us);
    m_moment->strike(server.address());
}

void Faults::pause(int fromMilliseconds, int toMilliseconds)
{
    std::this_thread::sleep_for(
            std::chrono::milliseconds(m_random.bounded(fromMilliseconds, toMilliseconds)));
}

bool Faults::waitUntilWhole()
{
    const auto deadline = Moment::Clock::now() + WholeWithin;
    while (!m_site->isWhole()) {
        if (Moment::Clock::now() > deadline) {
            m_errorString = u"the servers are not whole again within a minute"_s;
            return false;
        }
        std::this_thread::sleep_for(50ms);
    }
    return true;
}

void Faults::count()
{
    if (std::exchange(m_isCounted, true))
        return;
    Tally &tally = m_tallies.at(m_last);
    ++tally.made;
    tally.inFlight += m_moment->inFlight() > 0;
    tally.statements += m_moment->inFlight();
}

QString Faults::table() const
{
    QString text = u"%1 %2 %3 %4\n"_s.arg(u"fault"_s, -24)
                           .arg(u"made"_s, 6)
                           .arg(u"in flight"_s, 10)
                           .arg(u"statements"_s, 11);
    for (const Tally &tally : m_tallies)
        text += u"%1 %2 %3 %4\n"_s.arg(nameOf(tally.kind), -24)
                        .arg(tally.made, 6)
                        .arg(tally.inFlight, 10)
                        .arg(tally.statements, 11);
    return text;
}

} // namespace chaos
