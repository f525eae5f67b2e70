// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/supervisor.h"

#include "health/poolfilewatches.h"
#include "health/poolmonitor.h"
#include "health/supervisorthread.h"
#include "inner/processlifetime.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>

#include <map>

using namespace std::chrono_literals;

namespace qproxysql {

struct Supervisor::State
{
    struct Entry
    {
        std::shared_ptr<PoolMonitor> monitor; ///< never destroyed: health outlives the connections
        int watches = 0;
    };

    mutable std::mutex mutex;
    std::map<const PeerPool *, Entry> pools;
    SupervisorThread *thread = nullptr;
    /// The application whose destructor stopped the thread. The thread is not started again for it.
    QPointer<QCoreApplication> endingApplication;
    QPointer<PoolFileWatches> files; ///< used only in the thread
    bool haveWatchesChanged = false; ///< since the last advance()
    ProbeBudget budget{Clock::steady()};
    std::vector<Chore *> chores;
    std::atomic<bool> isWoken{false}; ///< for all chores
    std::function<void(const std::shared_ptr<PeerPool> &, const Logins &)> watchHook;

    Entry &entryOf(const std::shared_ptr<PeerPool> &pool);
    void startThread();
    void wake(void (SupervisorThread::*how)() = &SupervisorThread::wake);
    void stop();
    void unwatch(const PeerPool *pool);
    Clock::time_point advance(QObject *context);
};

Supervisor::State::Entry &Supervisor::State::entryOf(const std::shared_ptr<PeerPool> &pool)
{
    Entry &entry = pools[pool.get()];
    if (!entry.monitor) {
        Workers &workers = Workers::instance();
        entry.monitor = std::make_shared<PoolMonitor>(
                pool,
                MonitorEnvironment{Clock::steady(), RandomSource::system(), budget, &probe,
                                   // A separate lane: opens use the address of the pool.
                                   [&workers, lane = &entry](auto job) {
                                       return workers.start(std::move(job), lane);
                                   },
                                   [&workers](const auto &ticket) { workers.markStalled(ticket); },
                                   [this] { wake(); }});
        QObject::connect(pool.get(), &PeerPool::peerServiceChanged,
                         [pool = pool.get(),
                          monitor = std::weak_ptr(entry.monitor)](const QString &,
                                                                  const QString &peer,
                                                                  Service service) {
                             const auto resumed = monitor.lock();
                             if (!resumed || service != Service::InService)
                                 return;
                             for (const PeerId id : pool->named(peer))
                                 resumed->resumed(id);
                         });
    }
    return entry;
}

void Supervisor::State::startThread()
{
    if (!thread && QCoreApplication::instance() && !endingApplication
        && !ProcessLifetime::isEnding()) {
        ProcessLifetime::watchApplication();
        haveWatchesChanged = true;
        for (Chore *const chore : chores)
            chore->m_isWoken = true; // what it had in the former thread is gone
        thread = new SupervisorThread([this](QObject *context) { return advance(context); });
    }
}

void Supervisor::State::wake(void (SupervisorThread::*how)())
{
    const std::lock_guard lock(mutex);
    startThread();
    if (thread)
        (thread->*how)();
}

void Supervisor::State::stop()
{
    SupervisorThread *stopping = nullptr;
    {
        const std::lock_guard lock(mutex);
        stopping = std::exchange(thread, nullptr);
        endingApplication = QCoreApplication::instance();
    }
    // The thread does not block, so the limit matters only on an overloaded machine.
    if (stopping)
        stopping->stop(1s);
    const std::lock_guard lock(mutex);
    for (const auto &[pool, entry] : pools)
        entry.monitor->advancingEnded();
}

void Supervisor::State::unwatch(const PeerPool *pool)
{
    const std::lock_guard lock(mutex);
    Entry &entry = pools[pool];
    if (--entry.watches > 0)
        return;
    entry.monitor->setLogins(nullptr);
    haveWatchesChanged = true;
    if (thread)
        thread->wakeWithinASecond();
}

Clock::time_point Supervisor::State::advance(QObject *context)
{
    std::vector<std::shared_ptr<PoolMonitor>> watched;
    std::vector<Chore *> todo;
    bool isChanged = false;
    {
        const std::lock_guard lock(mutex);
        todo = chores;
        isChanged = std::exchange(haveWatchesChanged, false);
        for (const auto &[pool, entry] : pools) {
            if (entry.watches > 0)
                watched.push_back(entry.monitor);
        }
    }
    if (isChanged) {
        if (!files)
            files = new PoolFileWatches([] { Supervisor::instance().wake(); }, context);
        std::vector<std::shared_ptr<PeerPool>> watchedPools;
        for (const auto &monitor : watched)
            watchedPools.push_back(monitor->pool().shared_from_this());
        files->setPools(std::move(watchedPools));
    }

    double demand = 0;
    for (const auto &monitor : watched)
        demand += monitor->demand();
    budget.setDemand(demand);

    Clock::time_point next = Clock::time_point::max();
    for (const auto &monitor : watched)
        next = std::min(next, monitor->advance());
    const bool areChoresWoken = isWoken.exchange(false);
    for (Chore *const chore : todo)
        next = std::min(next, chore->runIfDue(areChoresWoken));
    return next;
}

Chore::Chore(std::function<Clock::time_point()> work, std::chrono::milliseconds pause)
    : m_work(std::move(work))
    , m_pause(pause)
{
    Supervisor::State &state = *Supervisor::instance().m_state;
    const std::lock_guard lock(state.mutex);
    state.chores.push_back(this);
}

void Chore::wake()
{
    m_isWoken = true;
    Supervisor::instance().m_state->wake();
}

Clock::time_point Chore::runIfDue(bool isSupervisorWoken)
{
    const Clock::time_point now = Clock::steady().now();
    if (m_isWoken.exchange(false) || (isSupervisorWoken && m_due == Clock::time_point::max()))
        m_due = std::min(m_due, m_lastRun + m_pause);
    if (m_due <= now) {
        m_lastRun = now;
        m_due = std::max(m_work(), now + m_pause);
    }
    return m_due;
}

/// Stops watching when the last copy is destroyed, in any thread.
struct PoolWatch::Hold
{
    Hold(std::shared_ptr<PoolMonitor> watched, const Logins &with)
        : monitor(std::move(watched))
        , logins(std::make_shared<const Logins>(with))
    {
    }
    ~Hold() { Supervisor::instance().m_state->unwatch(&monitor->pool()); }
    Q_DISABLE_COPY_MOVE(Hold)

    const std::shared_ptr<PoolMonitor> monitor;
    const std::shared_ptr<const Logins> logins;
};

PoolHealth &PoolWatch::operator*() const
{
    return *m_hold->monitor;
}

void PoolWatch::connectSucceeded(PeerId peer, const ServerFacts &facts) const
{
    m_hold->monitor->setLogins(m_hold->logins);
    m_hold->monitor->connectSucceeded(peer, facts);
}

Supervisor &Supervisor::instance()
{
    static auto *supervisor = new Supervisor;
    return *supervisor;
}

Supervisor::Supervisor()
    : m_state(new State)
{
    ProcessLifetime::onApplicationEnd([state = m_state] { state->stop(); });
}

PoolWatch Supervisor::watch(const std::shared_ptr<PeerPool> &pool, const Logins &logins)
{
    PoolWatch watch;
    std::shared_ptr<PoolMonitor> monitor;
    decltype(m_state->watchHook) hook;
    {
        const std::lock_guard lock(m_state->mutex);
        hook = m_state->watchHook;
        State::Entry &entry = m_state->entryOf(pool);
        monitor = entry.monitor;
        if (++entry.watches == 1) {
            monitor->setLogins(std::make_shared<const Logins>(logins));
            m_state->haveWatchesChanged = true;
        }
        m_state->startThread();
    }
    watch.m_hold = std::make_shared<PoolWatch::Hold>(monitor, logins);
    wakeWithinASecond(); // probes may have become due meanwhile
    if (hook)
        hook(pool, logins);
    return watch;
}

void Supervisor::setWatchHook(
        std::function<void(const std::shared_ptr<PeerPool> &, const Logins &)> hook)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->watchHook = std::move(hook);
}

std::shared_ptr<const Logins> Supervisor::loginsOf(const PeerPool &pool) const
{
    const auto monitor = monitorOf(pool);
    return monitor ? monitor->logins() : nullptr;
}

std::shared_ptr<PoolMonitor> Supervisor::monitorOf(const PeerPool &pool) const
{
    const std::lock_guard lock(m_state->mutex);
    const auto entry = m_state->pools.find(&pool);
    return entry == m_state->pools.end() ? nullptr : entry->second.monitor;
}

void Supervisor::wake()
{
    m_state->isWoken = true;
    m_state->wake();
}

void Supervisor::wakeWithinASecond()
{
    m_state->isWoken = true;
    m_state->wake(&SupervisorThread::wakeWithinASecond);
}

bool Supervisor::isIdle() const
{
    const std::lock_guard lock(m_state->mutex);
    return !m_state->thread || m_state->thread->isIdle();
}

bool Supervisor::isRunning() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->thread != nullptr;
}

} // namespace qproxysql
