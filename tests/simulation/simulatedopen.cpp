// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "simulatedopen.h"

#include "cluster.h"
#include "simulatedprocess.h"

namespace qproxysql::simulation {

SimulatedOpen::SimulatedOpen(SimulatedProcess &process, Purpose purpose,
                             const OpenPlan::Request &request, Opened opened)
    : m_process(process)
    , m_purpose(purpose)
    , m_plan(process.pool(), process.cluster().timeline, request)
    , m_opened(std::move(opened))
{
}

void SimulatedOpen::step()
{
    if (m_isOver)
        return;
    const OpenPlan::Step step = m_plan.next(m_underWay);
    ++m_turn;
    switch (step.what) {
    case OpenPlan::Do::Try:
        start(step.peer);
        [[fallthrough]];
    case OpenPlan::Do::TryOffered:
    case OpenPlan::Do::Wait:
    case OpenPlan::Do::Pause:
        awaitTurn();
        return;
    case OpenPlan::Do::Sweep:
        sweep();
        return;
    case OpenPlan::Do::Refuse:
    case OpenPlan::Do::GiveUp:
        end(NoPeer, 0);
    }
}

void SimulatedOpen::awaitTurn()
{
    Timeline &timeline = m_process.cluster().timeline;
    timeline.at(m_plan.turnEnds(), [self = shared_from_this(), turn = m_turn] {
        if (turn != self->m_turn || self->m_isOver)
            return;
        if (self->m_underWay > 0 && self->m_plan.isOver()) {
            self->end(NoPeer, 0);
            return;
        }
        if (self->m_plan.letsOthersRun())
            self->markStalled();
        self->step();
    });
}

void SimulatedOpen::markStalled()
{
    for (const auto &job : m_jobs) {
        if (const auto running = job.lock())
            m_process.workplaces().markStalled(*running);
    }
}

void SimulatedOpen::start(PeerId peer)
{
    ++m_underWay;
    m_process.pool().attemptBegun(peer);
    using Job = std::shared_ptr<Workplaces::Job>;
    m_jobs.push_back(m_process.workplaces().start([self = shared_from_this(), peer](const Job &job) {
        self->m_process.cluster().timeline.after({},
                                                 [self, peer, job] { self->connect(peer, job); });
    }));
}

void SimulatedOpen::connect(PeerId peer, const std::shared_ptr<Workplaces::Job> &job)
{
    const auto finish = [self = shared_from_this(), peer, job](const SimulatedServer::Login &login) {
        self->m_process.workplaces().finish(*job);
        self->finished(peer, login);
    };
    if (m_isOver) {
        m_process.workplaces().finish(*job);
        m_process.pool().attemptEnded(peer);
        return;
    }
    m_process.cluster().server(peer).connect(m_purpose, m_process.pool().policy().connectTimeout,
                                             finish);
}

void SimulatedOpen::finished(PeerId peer, const SimulatedServer::Login &login)
{
    --m_underWay;
    m_process.pool().attemptEnded(peer);
    if (login) {
        m_process.connectSucceeded(peer);
        if (m_isOver)
            m_process.cluster().server(peer).close(*login);
        else if (m_process.pool().peer(peer).service == Service::Draining
                 && m_process.pool().hasSelectable()) {
            m_process.cluster().server(peer).close(*login);
            step();
        } else {
            end(peer, *login);
        }
        return;
    }
    const AfterConnectFailure after = m_process.monitor().connectFailed(peer, login.error());
    if (m_isOver)
        return;
    if (m_plan.failed(after))
        end(NoPeer, 0);
    else
        step();
}

void SimulatedOpen::sweep()
{
    m_process.sweep(m_plan.sweepRequest(), [self = shared_from_this()](bool isAnyUsable) {
        if (self->m_plan.swept(isAnyUsable))
            self->step();
        else
            self->end(NoPeer, 0);
    });
}

void SimulatedOpen::end(PeerId peer, quint64 epoch)
{
    m_isOver = true;
    markStalled();
    std::exchange(m_opened, {})(peer, epoch);
}

} // namespace qproxysql::simulation
