// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/sessionpool.h"

#include "fakes.h"
#include "inertdriver.h"

#include <mutex>
#include <vector>

namespace qproxysql::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

inline PoolDefinition definition(int maxIdle, std::chrono::milliseconds maxLifetime = 0s)
{
    PoolDefinition pool;
    pool.name = u"p"_s;
    pool.peers = {{{u"db1"_s, 3306}}, {{u"db2"_s, 3306}}};
    pool.policy.maxIdle = maxIdle;
    pool.policy.maxLifetime = maxLifetime;
    return pool;
}

/// A SessionPool without servers: jobs run when told to, resets come out as told.
class Scene
{
public:
    explicit Scene(int maxIdle = 2, std::chrono::milliseconds maxLifetime = 0s)
        : pool(std::make_shared<PeerPool>(definition(maxIdle, maxLifetime), clock, random))
    {
    }
    ~Scene()
    {
        sessions.closeAll();
        runJobs();
    }

    SessionKey key(PeerId peer = 0) const
    {
        return {pool.get(), peer, {u"app"_s, u"secret"_s, u"test"_s, {}}, {}, u"QMYSQL"_s};
    }

    std::shared_ptr<PeerSession> session(const SessionKey &key, int waitTimeout = 28800) const
    {
        ServerFacts facts;
        facts.waitTimeoutSeconds = waitTimeout;
        facts.identities = {u"server of "_s + pool->peer(key.peer).address.name()};
        return std::make_shared<PeerSession>(*InnerConnection::create(u"QMYSQL"_s), facts, pool,
                                             key.peer, key, clock.now());
    }

    bool park(const SessionKey &key, int waitTimeout = 28800, ResetNeed need = ResetNeed::Reset)
    {
        auto given = session(key, waitTimeout);
        return sessions.park(given, need);
    }
    bool parkAndReset(const SessionKey &key, int waitTimeout = 28800)
    {
        const bool isParked = park(key, waitTimeout);
        runJobs();
        return isParked;
    }

    void runJobs()
    {
        std::vector<std::function<void()>> due;
        {
            const std::lock_guard lock(mutex);
            due.swap(jobs);
        }
        for (const auto &job : due)
            job();
    }

    ManualClock clock;
    SeededRandom random;
    std::shared_ptr<PeerPool> pool;
    std::mutex mutex;
    std::vector<std::function<void()>> jobs;
    ResetOutcome outcome = ResetOutcome::Clean;
    std::function<void()> duringReset = [] {};
    int resets = 0;
    int wakes = 0;
    SessionPool sessions{{clock,
                          [this](PeerSession &) {
                              ++resets;
                              duringReset();
                              return outcome;
                          },
                          [this](std::function<void()> job) {
                              const std::lock_guard lock(mutex);
                              jobs.push_back(std::move(job));
                              return std::shared_ptr<Workers::Ticket>();
                          },
                          [](const auto &) {}, [this] { ++wakes; }}};
};

} // namespace qproxysql::test
