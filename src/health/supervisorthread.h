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

/// A thread with one QTimer that calls work whenever it is due. The constructor starts it.
class SupervisorThread : public QObject
{
    Q_OBJECT

public:
    /// Runs in the thread. \a context is this object, as parent for objects of the thread. Returns
    /// the time of the next call, Clock::time_point::max() for not before the next wake().
    using Work = std::function<Clock::time_point(QObject *context)>;

    explicit SupervisorThread(Work work);

    void wake(); ///< any thread: calls work soon, once for several wakes

    /// Any thread: as wake(), unless work is due within a second anyway. That call of work sees the
    /// caller's changes if both lock the same mutex.
    void wakeWithinASecond();

    /// Any other thread: stops and deletes thread and object. Abandons a thread that has not ended
    /// after \a atMost.
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
    std::atomic<Clock::time_point> m_due{Clock::time_point::max()}; ///< max() if none, or work runs
};

} // namespace qproxysql
