// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/workers.h"

#include "inner/clientlibrary.h"
#include "inner/logging.h"
#include "inner/processlifetime.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

constexpr int MaxRunning = 4;
constexpr int MaxThreads = 64;
constexpr int LaneThreads = 56; // leaves threads for jobs without a lane
constexpr auto IdleTime = 5s;
constexpr auto ExitGrace = 250ms;

thread_local bool isWorkerThread = false;
std::atomic<bool> isAbandoned{false};

[[noreturn]] void park()
{
    for (;;)
        std::this_thread::sleep_for(24h);
}

} // namespace

class Workers::Ticket
{
public:
    Ticket(std::function<void()> job, const void *lane)
        : m_job(std::move(job))
        , m_lane(lane)
    {
    }

private:
    friend class Workers;
    friend struct Workers::State;
    enum class Phase { Queued, Running, Stalled, Done };

    std::function<void()> m_job;
    const void *const m_lane;
    Phase m_phase = Phase::Queued; // guarded by State::mutex, as m_isKnownSlow
    bool m_isKnownSlow = false;    // marked as stalled while queued
};

struct Workers::State
{
    std::mutex mutex;
    std::condition_variable mayRun;      // a job may be taken
    std::condition_variable becameQuiet; // no job runs or is queued any more
    std::deque<std::shared_ptr<Ticket>> queue;
    int running = 0; // not stalled
    int stalled = 0;
    int threads = 0;
    int waiting = 0;       // threads that wait for a job
    bool isClosed = false; // no job is taken any more because the process is ending

    struct Held
    {
        int running = 0; // not stalled
        int threads = 0;
    };
    std::map<const void *, Held> lanes; // lanes that hold a thread

    Held heldBy(const void *lane) const
    {
        const auto held = lanes.find(lane);
        return held == lanes.end() ? Held() : held->second;
    }

    bool mayTake(const Ticket &ticket) const
    {
        const Held held = heldBy(ticket.m_lane);
        const int left = ticket.m_lane ? LaneThreads - held.threads : MaxThreads;
        return (running < MaxRunning || held.running == 0)
               && (running + stalled < left || held.threads == 0);
    }

    auto next() const
    {
        auto best = queue.end();
        int fewest = 0;
        if (isClosed)
            return best;
        for (auto it = queue.begin(); it != queue.end(); ++it) {
            const int held = (*it)->m_lane ? heldBy((*it)->m_lane).threads : 0;
            if ((best == queue.end() || held < fewest) && mayTake(**it)) {
                best = it;
                fewest = held;
            }
            if (best != queue.end() && fewest == 0)
                break;
        }
        return best;
    }

    bool canTake() const { return next() != queue.end(); }
    bool isQuiet() const { return (queue.empty() || isClosed) && running == 0 && stalled == 0; }

    // Call it with the mutex held.
    void dispatch()
    {
        if (!canTake())
            return;
        if (waiting > 0)
            mayRun.notify_one();
        else if (threads < MaxThreads + int(lanes.size()) + 1)
            spawn();
    }

    void spawn()
    {
        try {
            std::thread([this] { work(); }).detach();
            ++threads;
        } catch (const std::system_error &error) {
            // The job stays queued until another thread finishes its job.
            qCWarning(lcInner, "Cannot start a worker thread: %s", error.what());
        }
    }

    void work()
    {
        isWorkerThread = true;
        std::unique_lock lock(mutex);
        while (const auto ticket = take(lock)) {
            lock.unlock();
            ticket->m_job();
            checkpoint();
            ticket->m_job = nullptr; // destroy its captures without the mutex
            lock.lock();
            finish(*ticket);
        }
        lock.unlock();
        checkpoint();
        ClientLibrary::endThread();
    }

    std::shared_ptr<Ticket> take(std::unique_lock<std::mutex> &lock)
    {
        ++waiting;
        mayRun.wait_for(lock, IdleTime, [this] { return canTake(); });
        --waiting;
        if (!canTake()) {
            --threads;
            return nullptr;
        }
        const auto taken = next();
        auto ticket = *taken;
        queue.erase(taken);
        ticket->m_phase = Ticket::Phase::Running;
        ++running;
        Held &held = lanes[ticket->m_lane];
        ++held.running;
        ++held.threads;
        if (ticket->m_isKnownSlow)
            stall(*ticket);
        dispatch();
        return ticket;
    }

    void stall(Ticket &ticket)
    {
        ticket.m_isKnownSlow = true;
        if (ticket.m_phase != Ticket::Phase::Running)
            return;
        ticket.m_phase = Ticket::Phase::Stalled;
        --running;
        --lanes[ticket.m_lane].running;
        ++stalled;
        dispatch();
    }

    void finish(Ticket &ticket)
    {
        const bool wasStalled = ticket.m_phase == Ticket::Phase::Stalled;
        --(wasStalled ? stalled : running);
        const auto held = lanes.find(ticket.m_lane);
        held->second.running -= wasStalled ? 0 : 1;
        if (--held->second.threads == 0)
            lanes.erase(held);
        ticket.m_phase = Ticket::Phase::Done;
        if (isQuiet())
            becameQuiet.notify_all();
    }
};

Workers &Workers::instance()
{
    static Workers *const instance = new Workers;
    return *instance;
}

Workers::Workers()
    : m_state(new State)
{
    ProcessLifetime::onProcessEnd([this] {
        // Close first: threads that go on opening while the application exits would prolong the
        // wait and use state that exit() has already destroyed.
        {
            const std::scoped_lock lock(m_state->mutex);
            m_state->isClosed = true;
        }
        waitUntilIdle(ExitGrace);
        abandonAll();
    });
}

std::shared_ptr<Workers::Ticket> Workers::start(std::function<void()> job, const void *lane)
{
    auto ticket = std::make_shared<Ticket>(std::move(job), lane);
    const std::scoped_lock lock(m_state->mutex);
    if (!m_state->isClosed) {
        m_state->queue.push_back(ticket);
        m_state->dispatch();
    }
    return ticket;
}

void Workers::markStalled(const std::shared_ptr<Ticket> &ticket)
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->stall(*ticket);
}

bool Workers::waitUntilIdle(std::chrono::milliseconds atMost)
{
    std::unique_lock lock(m_state->mutex);
    return m_state->becameQuiet.wait_for(lock, atMost, [this] { return m_state->isQuiet(); });
}

void Workers::abandonAll()
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->isClosed = true;
    // Leak the queue: destroying the captures of its jobs now is not safe.
    isAbandoned = true;
}

void Workers::checkpoint()
{
    if (isWorkerThread && isAbandoned)
        park();
}

} // namespace qproxysql
