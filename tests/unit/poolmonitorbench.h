// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "fakes.h"
#include "health/poolmonitor.h"

#include <deque>
#include <map>

namespace qproxysql::test {

using namespace std::chrono_literals;

inline ProbeOutcome up(const ServerFacts &facts = {})
{
    return {true, facts, {}};
}

inline ProbeOutcome failed(int code, const char *text = "", bool timedOut = false)
{
    ProbeOutcome outcome;
    outcome.failure.code = code;
    outcome.failure.text = QString::fromLatin1(text);
    outcome.failure.timedOut = timedOut;
    outcome.failure.errorClass = classifyError(Stage::Connect, code, outcome.failure.text);
    return outcome;
}

inline ConnectFailure failure(int code, const char *text = "", bool timedOut = false)
{
    return failed(code, text, timedOut).failure;
}

/// A pool with its monitor. Jobs wait until the test runs them; servers answer what it says.
struct Bench
{
    explicit Bench(int peers, std::chrono::milliseconds interval = 30s)
    {
        PoolDefinition definition;
        definition.name = QStringLiteral("orders");
        definition.policy.checkInterval = interval;
        for (int i = 0; i < peers; ++i)
            definition.peers.append({{QStringLiteral("db%1").arg(i), 3306}, 1});
        pool = std::make_shared<PeerPool>(definition, clock, random);
        monitor = std::make_shared<PoolMonitor>(
                pool, MonitorEnvironment{clock, random, budget,
                                         [this](const FullConnectRequest &request) {
                                             return answer(request);
                                         },
                                         [this](auto job) { return keep(std::move(job)); },
                                         [this](const auto &) { ++stalled; }, [this] { ++wakes; }});
        monitor->setLogins(std::make_shared<const Logins>(logins));
    }

    ProbeOutcome answer(const FullConnectRequest &request)
    {
        const int peer = QStringView(request.peer.host).mid(2).toInt();
        std::function<ProbeOutcome()> script;
        {
            const std::lock_guard lock(mutex);
            probes.push_back(peer);
            requests.push_back(request);
            script = scripts.contains(peer) ? scripts[peer] : [] { return up(); };
        }
        return script();
    }

    std::shared_ptr<Workers::Ticket> keep(std::function<void()> job)
    {
        const std::lock_guard lock(mutex);
        jobs.push_back(std::move(job));
        jobsChanged.notify_all();
        return nullptr;
    }

    bool runOne()
    {
        std::function<void()> job;
        {
            const std::lock_guard lock(mutex);
            if (jobs.empty())
                return false;
            job = std::move(jobs.front());
            jobs.pop_front();
        }
        job();
        return true;
    }

    void runAll()
    {
        while (runOne()) {
        }
    }

    /// As a worker thread: runs jobs as they come until stopped.
    void work(const std::atomic<bool> &isOver)
    {
        while (!isOver) {
            {
                std::unique_lock lock(mutex);
                jobsChanged.wait_for(lock, 10ms, [this] { return !jobs.empty(); });
            }
            runOne();
        }
    }

    Health health(PeerId peer) const { return pool->peer(peer).health; }
    Clock::time_point::duration untilCheck(PeerId peer) const
    {
        return pool->peer(peer).nextCheck - clock.now();
    }

    /// Moves on to when something is due and does it.
    void goOn()
    {
        const auto next = monitor->advance();
        if (next == PoolMonitor::Never)
            return;
        clock.advance(std::max<Clock::time_point::duration>(next - clock.now(), 0ms));
        monitor->advance();
        runAll();
    }

    ManualClock clock;
    SeededRandom random;
    ProbeBudget budget{clock};
    Logins logins{{QStringLiteral("app"), QStringLiteral("secret"), {}, {}}, {}};
    std::mutex mutex;
    std::condition_variable jobsChanged;
    std::deque<std::function<void()>> jobs;
    std::map<int, std::function<ProbeOutcome()>> scripts;
    std::vector<int> probes;
    std::vector<FullConnectRequest> requests;
    std::atomic<int> stalled{0};
    std::atomic<int> wakes{0};
    std::shared_ptr<PeerPool> pool;
    std::shared_ptr<PoolMonitor> monitor;
};

} // namespace qproxysql::test
