// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <utility>

namespace qproxysql::simulation {

/// The places of Workers for the connects of one process: so many run at once, beside those that are slow.
class Workplaces
{
public:
    static constexpr int AtOnce = 4;

    struct Job
    {
        std::function<void(const std::shared_ptr<Job> &)> work;
        bool isRunning = false;
        bool isStalled = false;
        bool isDone = false;
    };

    std::shared_ptr<Job> start(std::function<void(const std::shared_ptr<Job> &)> work)
    {
        auto job = std::make_shared<Job>();
        job->work = std::move(work);
        m_queue.push_back(job);
        startNext();
        return job;
    }
    void markStalled(Job &job)
    {
        if (!job.isStalled && !job.isDone && job.isRunning) {
            job.isStalled = true;
            --m_running;
            startNext();
        }
        job.isStalled = true;
    }
    void finish(Job &job)
    {
        m_running -= !job.isStalled;
        job.isDone = true;
        startNext();
    }

private:
    void startNext()
    {
        while (m_running < AtOnce && !m_queue.empty()) {
            const std::shared_ptr<Job> job = std::move(m_queue.front());
            m_queue.pop_front();
            job->isRunning = true;
            m_running += !job->isStalled;
            std::exchange(job->work, {})(job);
        }
    }

    std::deque<std::shared_ptr<Job>> m_queue;
    int m_running = 0; ///< not stalled
};

} // namespace qproxysql::simulation
