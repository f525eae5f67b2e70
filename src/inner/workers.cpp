// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/workers.h"

#include "inner/clientlibrary.h"
#include "inner/logging.h"
#include "inner/processlifetime.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

constexpr int MaxRunning = 4;
constexpr int MaxThreads = 64;
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
    explicit Ticket(std::function<void()> job)
        : m_job(std::move(job))
    {
    }

private:
    friend class Workers;
    friend struct Workers::State;
    enum class Phase { Queued, Running, Stalled, Done };

    std::function<void()> m_job;
    Phase m_phase = Phase::Queued; // this and the next: guarded by State::mutex
    bool m_isKnownSlow = false;    // marked while queued
};

struct Workers::State
{
    std::mutex mutex;
    std::condition_variable mayRun;      // a job may be taken
    std::condition_variable becameQuiet; // nothing runs or is queued any more
    std::deque<std::shared_ptr<Ticket>> queue;
    int running = 0; // without the stalled
    int stalled = 0;
    int threads = 0;
    int waiting = 0;       // threads that wait for a job
    bool isClosed = false; // the process is ending: no job is taken any more

    bool canTake() const { return !queue.empty() && running < MaxRunning && !isClosed; }
    bool isQuiet() const { return (queue.empty() || isClosed) && running == 0 && stalled == 0; }

    // With the mutex held.
    void dispatch()
    {
        if (!canTake())
            return;
        if (waiting > 0)
            mayRun.notify_one();
        else if (threads < MaxThreads)
            spawn();
    }

    void spawn()
    {
        try {
            std::thread([this] { work(); }).detach();
            ++threads;
        } catch (const std::system_error &error) {
            // The job stays queued: the next thread that ends its own takes it.
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
            ticket->m_job = nullptr; // what it captured dies here, not under the mutex
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
        auto ticket = queue.front();
        queue.pop_front();
        ticket->m_phase = Ticket::Phase::Running;
        ++running;
        if (ticket->m_isKnownSlow)
            stall(*ticket);
        dispatch(); // a notification wakes one thread for one job
        return ticket;
    }

    void stall(Ticket &ticket)
    {
        ticket.m_isKnownSlow = true;
        if (ticket.m_phase != Ticket::Phase::Running)
            return;
        ticket.m_phase = Ticket::Phase::Stalled;
        --running;
        ++stalled;
        dispatch();
    }

    void finish(Ticket &ticket)
    {
        --(ticket.m_phase == Ticket::Phase::Stalled ? stalled : running);
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
        // First: an application whose threads go on opening while it exits would keep us waiting, and
        // itself running on what exit() has taken down already.
        close();
        waitUntilIdle(ExitGrace);
        abandonAll();
    });
}

std::shared_ptr<Workers::Ticket> Workers::start(std::function<void()> job)
{
    auto ticket = std::make_shared<Ticket>(std::move(job));
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

void Workers::close()
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->isClosed = true;
}

void Workers::abandonAll()
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->isClosed = true;
    // The queue stays as it is: what its jobs captured is better leaked than freed now.
    isAbandoned = true;
}

void Workers::checkpoint()
{
    if (isWorkerThread && isAbandoned)
        park();
}

} // namespace qproxysql
