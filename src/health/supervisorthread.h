// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"

#include <QtCore/QObject>

#include <atomic>
#include <functional>

QT_BEGIN_NAMESPACE
class QThread;
class QTimer;
QT_END_NAMESPACE

namespace qproxysql {

/// A thread with one QTimer that calls \a work whenever it is due. Started by the constructor.
class SupervisorThread : public QObject
{
    Q_OBJECT

public:
    /// Runs in the thread, with this object as possible parent of what belongs to it. Returns when it
    /// wants to be called again, Clock::time_point::max() for not before the next wake().
    using Work = std::function<Clock::time_point(QObject *context)>;

    explicit SupervisorThread(Work work);

    void wake(); ///< any thread: calls work soon; wakes that come before it does are one

    /// Any thread: as wake(), unless work is due within a second anyhow. Wherever the caller has left
    /// its news is read by that work, if both lock the same mutex there.
    void wakeWithinASecond();

    /// Any other thread: stops and deletes thread and object. Waits at most \a atMost; a thread that
    /// has not ended by then is left to itself.
    void stop(std::chrono::milliseconds atMost);

    bool isIdle() const { return m_isIdle; } ///< no timer is armed and no wake is pending

private:
    void work();
    ~SupervisorThread() override;

    const Work m_work;
    QThread *const m_thread;
    QTimer *const m_timer;
    std::atomic<bool> m_isWakePending{false};
    std::atomic<bool> m_isIdle{false};
    std::atomic<Clock::time_point> m_due{Clock::time_point::max()}; ///< max(): not, or work runs
};

} // namespace qproxysql
