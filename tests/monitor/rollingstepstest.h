// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "fakeclock.h"

#include "rolling/rollingrestart.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Step = RollingPeer::Step;
using Action = RollingRestart::Action;
using Failure = RollingRestart::Failure;
using Reach = RollingObservation::Reach;
using State = RollingPlan::State;

inline RollingPlan planOf(const QStringList &peers, const QString &command = {})
{
    RollingPlan plan;
    plan.by = u"alice@admin1"_s;
    plan.at = QDateTime(QDate(2026, 11, 28), QTime(14, 0), Qt::UTC);
    plan.reason = u"kernel update"_s;
    plan.pools = {u"orders"_s};
    plan.command = command;
    for (const QString &peer : peers) {
        RollingPeer one;
        one.peer = peer;
        plan.peers.append(one);
    }
    return plan;
}

inline DrainRequest request(Service service, quint64 generation,
                            const QString &by = u"alice@admin1"_s)
{
    DrainRequest entry;
    entry.service = service;
    entry.generation = generation;
    entry.requestedBy = by;
    entry.reason = u"kernel update"_s;
    entry.at = QDateTime(QDate(2026, 11, 28), QTime(14, 1), Qt::UTC);
    return entry;
}

/// A rolling restart of two peers, on scripted observations.
class RollingStepsTest : public QObject
{
protected:
    RollingObservation up(double startedAt = 1000) const;
    RollingObservation draining(bool isSafe = false, double startedAt = 1000) const;
    static RollingObservation gone();
    static RollingObservation silent();
    void becomeAProxy();
    Action after(std::chrono::milliseconds time, const RollingObservation &seen);
    void begin(const QString &command = u"restart"_s);
    void goTo(Step step);
    Step step() const { return m_machine->plan().peers.constFirst().step; }

    FakeClock m_clock;
    quint64 m_generation = 0;
    std::unique_ptr<RollingRestart> m_machine;
};

inline void RollingStepsTest::begin(const QString &command)
{
    m_generation = 0;
    m_machine = std::make_unique<RollingRestart>(planOf({u"db1:3306"_s, u"db2:3306"_s}, command),
                                                 m_clock);
}

inline RollingObservation RollingStepsTest::up(double startedAt) const
{
    RollingObservation seen;
    seen.reach = Reach::Answers;
    seen.startedAt = startedAt;
    seen.uptime = std::chrono::duration<double>(m_clock.now().time_since_epoch()).count()
                  - startedAt;
    seen.isHealthy = true;
    return seen;
}

inline RollingObservation RollingStepsTest::draining(bool isSafe, double startedAt) const
{
    RollingObservation seen = up(startedAt);
    seen.entry = request(Service::Draining, m_generation);
    seen.isSafeToStop = isSafe;
    return seen;
}

inline RollingObservation RollingStepsTest::gone()
{
    RollingObservation seen;
    seen.entry = request(Service::Draining, 1);
    seen.reach = Reach::Gone;
    seen.problem = u"2002 Can't connect"_s;
    return seen;
}

inline RollingObservation RollingStepsTest::silent()
{
    RollingObservation seen = gone();
    seen.reach = Reach::Silent;
    return seen;
}

/// Of a proxy nothing is known but that it was away.
inline void RollingStepsTest::becomeAProxy()
{
    RollingPlan plan = m_machine->plan();
    plan.peers[0].startedAt.reset();
    plan.peers[0].uptime.reset();
    m_machine = std::make_unique<RollingRestart>(plan, m_clock);
}

inline Action RollingStepsTest::after(std::chrono::milliseconds time, const RollingObservation &seen)
{
    m_clock.advance(time);
    return m_machine->advance(seen);
}

/// The first peer, with a command.
inline void RollingStepsTest::goTo(Step wanted)
{
    if (wanted == Step::Check)
        return;
    QCOMPARE(after(1s, up()), Action::Drain);
    QCOMPARE(m_machine->drained({}, request(Service::Draining, m_generation = 1)), Action::None);
    if (wanted == Step::Drain)
        return;
    QCOMPARE(after(1s, draining()), Action::None);
    QCOMPARE(after(12s, draining(true)), Action::RunCommand);
    if (wanted == Step::Stop)
        return;
    QCOMPARE(after(1s, gone()), Action::None);
    if (wanted == Step::Return)
        return;
    QCOMPARE(after(3s, draining(true, 1020)), Action::None);
    if (wanted == Step::Health)
        return;
    QCOMPARE(after(1s, draining(true, 1020)), Action::None);
    QCOMPARE(after(RollingRestart::SettleTime, draining(true, 1020)), Action::Resume);
    QCOMPARE(m_machine->resumed({}, request(Service::InService, m_generation = 2)), Action::None);
}
