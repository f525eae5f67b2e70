// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "rolling/rollingrestart.h"

#include "rolling/rollingtexts.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Reach = RollingObservation::Reach;

/// Time and uptime of a server are whole seconds, read one after the other.
constexpr double StartTolerance = 1.5; // s
/// Two readings of an uptime are whole seconds, and answers take their time.
constexpr double UptimeTolerance = 2; // s
/// A probe fails also when a network is slow, or a proxy is short of connections.
constexpr int SilencesOfOneThatHasGone = 2;

QString whoseRequest(const RollingObservation &seen)
{
    return seen.entry ? seen.entry->requestedBy : RollingTexts::tr("nobody");
}

} // namespace

RollingRestart::RollingRestart(RollingPlan plan, const Clock &clock, double away)
    : m_plan(std::move(plan))
    , m_clock(clock)
    , m_began(clock.now())
    , m_last(m_began)
{
    if (!m_plan.isUnfinished() || !m_plan.current())
        return;
    m_plan.state = RollingPlan::State::Running;
    m_plan.failure.clear();
    m_isTakenUp = m_plan.hasBegun();
    if (m_isTakenUp)
        add(away);
}

RollingRestart::Action RollingRestart::advance(const RollingObservation &seen)
{
    if (m_plan.state != RollingPlan::State::Running || !m_plan.current())
        return Action::None;
    spend();
    if (seen.reach == Reach::Silent)
        ++m_silences;
    else if (seen.reach != Reach::Unknown)
        m_silences = 0;
    if (m_isAwaiting)
        return awaitAnswer();
    switch (peer().step) {
    case Step::Check:
        return check(seen);
    case Step::Drain:
        return drain(seen);
    case Step::Stop:
        return stop(seen);
    case Step::Return:
        return comeBack(seen);
    case Step::Health:
        return settle(seen);
    case Step::Resume:
        return resume(seen);
    case Step::Done:
        break;
    }
    return Action::None;
}

RollingRestart::Action RollingRestart::awaitAnswer()
{
    const double limit = peer().step == Step::Resume ? m_plan.limits.resume : m_plan.limits.drain;
    if (!isOver(limit))
        return Action::None;
    return fail(Failure::TimedOut, RollingTexts::tr("the request for %1 had no answer within %2 s")
                                           .arg(peer().peer)
                                           .arg(limit));
}

RollingRestart::Action RollingRestart::check(const RollingObservation &seen)
{
    if (seen.isDraining()) {
        if (!m_plan.hasRequested(seen.entry))
            return fail(Failure::Refused, RollingTexts::tr("%1 is drained by %2")
                                                  .arg(peer().peer, whoseRequest(seen)));
        enter(Step::Drain);
        return Action::None;
    }
    if (!seen.draining.isEmpty())
        return fail(Failure::Refused, RollingTexts::tr("another drain is under way: %1")
                                              .arg(seen.draining.join("; "_L1)));
    if (seen.isKnown && seen.unproven.isEmpty() && seen.reach == Reach::Answers) {
        peer().startedAt = seen.startedAt;
        peer().uptime = seen.uptime;
        enter(Step::Drain);
        m_isAwaiting = true;
        m_isTakenUp = false;
        return Action::Drain;
    }
    const double limit = m_plan.hasBegun() ? m_plan.limits.resume : double(ProofTime.count());
    if (!isOver(limit))
        return Action::None;
    const QString what = seen.unproven.isEmpty() ? peer().peer : seen.unproven.join("; "_L1);
    return fail(Failure::Refused, RollingTexts::tr("not proven to be up: %1").arg(what));
}

RollingRestart::Action RollingRestart::drain(const RollingObservation &seen)
{
    if (seen.isDraining() && !m_plan.hasRequested(seen.entry))
        return fail(Failure::Changed, RollingTexts::tr("%1 is drained by %2 now")
                                              .arg(peer().peer, whoseRequest(seen)));
    if (seen.isKnown && !seen.isDraining()) {
        if (m_isTakenUp) { // resumed meanwhile, or interrupted before the request was written
            peer().drained = 0;
            enter(Step::Check);
            return Action::None;
        }
        if (seen.entry && seen.entry->generation > peer().drained)
            return fail(Failure::Changed, RollingTexts::tr("%1 was resumed by %2")
                                                  .arg(peer().peer, whoseRequest(seen)));
    }
    if (!seen.draining.isEmpty())
        return fail(Failure::Refused, RollingTexts::tr("another drain is under way: %1")
                                              .arg(seen.draining.join("; "_L1)));
    if (!peer().startedAt) {
        peer().startedAt = seen.startedAt;
        peer().uptime = seen.uptime;
    }
    if (seen.isKnown && seen.isDraining() && seen.isSafeToStop)
        return stopNow();
    if (isOver(m_plan.limits.drain))
        return fail(Failure::TimedOut, RollingTexts::tr("%1 is not safe to stop after %2 s: %3")
                                               .arg(peer().peer)
                                               .arg(m_plan.limits.drain)
                                               .arg(seen.drain));
    return Action::None;
}

RollingRestart::Action RollingRestart::stopNow()
{
    enter(Step::Stop);
    m_isTakenUp = false;
    if (m_plan.command.isEmpty())
        return Action::AskToStop;
    peer().isCommandBegun = true;
    peer().command = {};
    return Action::RunCommand;
}

RollingRestart::Action RollingRestart::stop(const RollingObservation &seen)
{
    if (hasRestarted(seen).value_or(false)) {
        enter(Step::Health);
        return Action::None;
    }
    if (hasGone(seen)) {
        enter(Step::Return);
        return Action::None;
    }
    if (m_isTakenUp && seen.reach == Reach::Answers && !seen.isCommandRunning) {
        peer().isCommandBegun = false;
        enter(Step::Drain);
        return Action::None;
    }
    if (seen.isKnown && !seen.isDraining())
        return fail(Failure::Changed, RollingTexts::tr("%1 was resumed by %2: it may not be "
                                                       "stopped any more")
                                              .arg(peer().peer, whoseRequest(seen)));
    if (isOver(m_plan.limits.stop))
        return fail(Failure::TimedOut, RollingTexts::tr("%1 was not stopped within %2 s")
                                               .arg(peer().peer)
                                               .arg(m_plan.limits.stop));
    return Action::None;
}

RollingRestart::Action RollingRestart::comeBack(const RollingObservation &seen)
{
    if (seen.reach == Reach::Answers) {
        // One that was frozen or cut off is the same as before.
        enter(hasRestarted(seen).value_or(true) ? Step::Health : Step::Stop);
        return Action::None;
    }
    if (isOver(m_plan.limits.start))
        return fail(Failure::TimedOut, RollingTexts::tr("%1 did not come back within %2 s: %3")
                                               .arg(peer().peer)
                                               .arg(m_plan.limits.start)
                                               .arg(seen.problem));
    return Action::None;
}

RollingRestart::Action RollingRestart::settle(const RollingObservation &seen)
{
    if (hasGone(seen)) {
        enter(Step::Return);
        return Action::None;
    }
    // It came here by an answer that did not say when it was started.
    if (!hasRestarted(seen).value_or(true)) {
        enter(Step::Stop);
        return Action::None;
    }
    if (!seen.isHealthy || seen.isCommandRunning)
        m_healthySince.reset();
    else if (!m_healthySince)
        m_healthySince = m_clock.now();
    if (m_healthySince && m_clock.now() - *m_healthySince >= SettleTime) {
        enter(Step::Resume);
        return seen.isDraining() ? requestResume() : Action::None;
    }
    if (isOver(m_plan.limits.sync))
        return fail(Failure::TimedOut,
                    seen.isCommandRunning
                            ? RollingTexts::tr("the command for %1 has not ended after %2 s")
                                      .arg(peer().peer)
                                      .arg(m_plan.limits.sync)
                            : RollingTexts::tr("%1 is back, but not ready after %2 s: %3")
                                      .arg(peer().peer)
                                      .arg(m_plan.limits.sync)
                                      .arg(seen.problem));
    return Action::None;
}

RollingRestart::Action RollingRestart::requestResume()
{
    m_isAwaiting = true;
    return Action::Resume;
}

RollingRestart::Action RollingRestart::resume(const RollingObservation &seen)
{
    // A view from before our request may still come.
    if (seen.isDraining() && seen.entry->generation > peer().resumed) {
        if (m_plan.hasRequested(seen.entry) && peer().resumed == 0)
            return requestResume();
        return fail(Failure::Changed, RollingTexts::tr("%1 is drained by %2 now")
                                              .arg(peer().peer, whoseRequest(seen)));
    }
    if (seen.isKnown && !seen.isDraining() && seen.away.isEmpty() && seen.isHealthy) {
        enter(Step::Done);
        if (m_plan.current())
            return Action::None;
        m_plan.state = RollingPlan::State::Finished;
        return Action::Finish;
    }
    if (isOver(m_plan.limits.resume))
        return fail(Failure::TimedOut,
                    seen.away.isEmpty()
                            ? RollingTexts::tr("%1 was resumed, but is not usable: %2")
                                      .arg(peer().peer, seen.problem)
                            : RollingTexts::tr("%1 was resumed, but is not used yet after %2 s by "
                                               "%3")
                                      .arg(peer().peer)
                                      .arg(m_plan.limits.resume)
                                      .arg(seen.away.join(", "_L1)));
    return Action::None;
}

RollingRestart::Action RollingRestart::drained(const std::optional<DrainRefusal> &refusal,
                                               const DrainRequest &entry)
{
    m_isAwaiting = false;
    if (refusal) {
        spend();
        enter(Step::Check);
        m_refusal = refusal;
        return fail(Failure::Directory, refusal->text);
    }
    if (entry.requestedBy != m_plan.by)
        return fail(Failure::Changed,
                    RollingTexts::tr("%1 is drained by %2").arg(peer().peer, entry.requestedBy));
    peer().drained = entry.generation;
    return Action::None;
}

RollingRestart::Action RollingRestart::resumed(const std::optional<DrainRefusal> &refusal,
                                               const DrainRequest &entry)
{
    m_isAwaiting = false;
    if (refusal) {
        m_refusal = refusal;
        return fail(Failure::Directory, refusal->text);
    }
    peer().resumed = entry.generation;
    return Action::None;
}

void RollingRestart::commandBegun(const CommandProcess &process)
{
    if (m_plan.current())
        peer().command = process;
}

RollingRestart::Action RollingRestart::commandEnded(int exitCode)
{
    if (m_plan.state != RollingPlan::State::Running || !m_plan.current())
        return Action::None;
    peer().command = {};
    if (exitCode == 0)
        return Action::None;
    return fail(Failure::Command,
                RollingTexts::tr("the command for %1 ended with %2").arg(peer().peer).arg(exitCode));
}

void RollingRestart::stopFor(const DrainRefusal &refusal)
{
    m_refusal = refusal;
    fail(Failure::Directory, refusal.text);
}

bool RollingRestart::hasGone(const RollingObservation &seen) const
{
    return seen.reach == Reach::Gone || m_silences >= SilencesOfOneThatHasGone;
}

/// Even if it was never seen without an answer. Nothing: not known. A clock that is set changes
/// either the start or the uptime, by whatever clock the server measures it; a restart changes both.
std::optional<bool> RollingRestart::hasRestarted(const RollingObservation &seen) const
{
    const RollingPeer &before = *m_plan.current();
    if (seen.reach != Reach::Answers || !before.startedAt || !before.uptime || !seen.startedAt
        || !seen.uptime)
        return {};
    return std::abs(*seen.startedAt - *before.startedAt) > StartTolerance
           && *seen.uptime < *before.uptime - UptimeTolerance;
}

void RollingRestart::spend()
{
    const Clock::time_point now = m_clock.now();
    add(std::chrono::duration<double>(now - m_last).count());
    m_last = now;
}

void RollingRestart::add(double seconds)
{
    peer().seconds[peer().step] += seconds;
    if (peer().uptime)
        *peer().uptime += seconds;
}

void RollingRestart::enter(Step step)
{
    peer().step = step;
    m_began = m_clock.now();
    m_healthySince.reset();
    m_silences = 0;
}

bool RollingRestart::isOver(double seconds) const
{
    return std::chrono::duration<double>(m_clock.now() - m_began).count() >= seconds;
}

RollingRestart::Action RollingRestart::fail(Failure failure, const QString &why)
{
    m_failure = failure;
    m_plan.failure = why;
    m_plan.state = m_plan.hasBegun() ? RollingPlan::State::Failed : RollingPlan::State::Aborted;
    return Action::Fail;
}

} // namespace qproxysql
