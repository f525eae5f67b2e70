// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/supervisorthread.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>
#include <QtCore/QTimer>

#include <algorithm>

using namespace std::chrono_literals;

namespace qproxysql {
namespace {

/// Work that becomes due within this time is done together, so that a thousand peers do not cause a
/// thousand wake-ups.
constexpr auto Granularity = 50ms;
constexpr auto LongestTimer = 1h;
constexpr auto Soon = 1s + Granularity;

} // namespace

SupervisorThread::SupervisorThread(Work work)
    : m_work(std::move(work))
    , m_thread(new QThread)
    , m_timer(new QTimer(this))
{
    m_thread->setObjectName(QStringLiteral("qproxysql-supervisor"));
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &SupervisorThread::work);
    moveToThread(m_thread);
    // Timers must be destroyed in their thread. deleteLater() works even though its event loop has
    // ended.
    connect(m_thread, &QThread::finished, this, &QObject::deleteLater);
    m_thread->start();
}

SupervisorThread::~SupervisorThread() = default;

void SupervisorThread::wake()
{
    if (m_isWakePending.exchange(true))
        return;
    m_isIdle = false;
    QMetaObject::invokeMethod(this, &SupervisorThread::work, Qt::QueuedConnection);
}

// Waking the thread costs two context switches, which every open() and close() would pay for.
void SupervisorThread::wakeWithinASecond()
{
    if (m_due.load() - Soon > Clock::steady().now())
        wake();
}

void SupervisorThread::work()
{
    m_isWakePending = false;
    m_due = Clock::time_point::max(); // reset before work, so that later changes wake the thread
    const Clock::time_point next = m_work(this);
    if (next == Clock::time_point::max()) {
        m_timer->stop();
        m_isIdle = !m_isWakePending;
        return;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::steady().now());
    m_due = next;
    m_timer->start(std::clamp<std::chrono::milliseconds>(left, Granularity, LongestTimer));
}

void SupervisorThread::stop(std::chrono::milliseconds atMost)
{
    QThread *const thread = m_thread; // this object is deleted when the thread has finished
    thread->quit();
    if (thread->wait(QDeadlineTimer(atMost)))
        delete thread;
}

} // namespace qproxysql
