// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "cluster/rollingplanning.h"
#include "ctl/interruption.h"
#include "ctl/rollingprogress.h"
#include "ctl/session.h"
#include "ctl/terminal.h"
#include "rolling/rollingfile.h"

#include <QtCore/QEventLoop>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Plan = Expected<RollingPlan, ExitCode>;

Unexpected<ExitCode> failWith(ExitCode code, const QString &text)
{
    Terminal::error(text);
    return Unexpected{code};
}

ExitCode exitCodeOf(const RollingRunner &runner)
{
    switch (runner.failure()) {
    case RollingRestart::Failure::None:
        return Ok;
    case RollingRestart::Failure::Refused:
        return Refused;
    case RollingRestart::Failure::TimedOut:
        return TimedOut;
    case RollingRestart::Failure::Changed:
        return ChangedMeanwhile;
    case RollingRestart::Failure::Command:
        return CommandFailed;
    case RollingRestart::Failure::Directory:
        break;
    }
    return exitCodeOf(runner.refusal().value_or(DrainRefusal()).kind);
}

void takeLimits(const CommandLine &line, RollingLimits *limits)
{
    const auto take = [&line](const QString &option, double *limit) {
        *limit = line.seconds(option).value_or(*limit);
    };
    take(u"drain-timeout"_s, &limits->drain);
    take(u"stop-timeout"_s, &limits->stop);
    take(u"start-timeout"_s, &limits->start);
    take(u"sync-timeout"_s, &limits->sync);
    take(u"resume-timeout"_s, &limits->resume);
}

/// The plan that was interrupted. Its command is not taken from the file, which others may write.
Plan planToContinue(const Session &session, const std::optional<RollingPlan> &kept)
{
    const CommandLine &line = session.line();
    if (!kept || !kept->isUnfinished())
        return failWith(Refused, CtlTexts::tr("no rolling restart was interrupted here"));
    RollingPlan plan = *kept;
    if (!plan.command.isEmpty() && !line.has(u"run"_s))
        return failWith(Usage, CtlTexts::tr("it was begun with --run; give it again: --run '%1'")
                                       .arg(plan.command));
    if (plan.controlSchema != line.value(u"control-schema"_s))
        return failWith(Usage, plan.controlSchema.isEmpty()
                                       ? CtlTexts::tr("it was begun without --control-schema")
                                       : CtlTexts::tr("it was begun with --control-schema %1: give "
                                                      "it again")
                                                 .arg(plan.controlSchema));
    plan.command = line.value(u"run"_s);
    takeLimits(line, &plan.limits);
    return plan;
}

Plan newPlan(Session &session, const std::optional<RollingPlan> &kept)
{
    const CommandLine &line = session.line();
    if (kept && kept->isUnfinished())
        return failWith(Refused, CtlTexts::tr("a rolling restart by %1 was interrupted. %2")
                                         .arg(kept->by, RollingProgress::howToGoOn(*kept)));
    session.controller().proveNow();
    const auto peers = rollingPeersOf(session.view(), line.peers(), line.value(u"pool"_s));
    if (!peers)
        return failWith(peers.error().kind == DrainRefusal::BadRequest ? Unknown : Unreachable,
                        peers.error().text);
    RollingPlan plan;
    plan.by = Controller::operatorName();
    plan.at = QDateTime::currentDateTimeUtc();
    plan.reason = line.value(u"reason"_s);
    if (plan.reason.isEmpty())
        plan.reason = u"rolling restart"_s; // for others, so not translated
    plan.pools = poolsOf(session.view(), *peers);
    plan.controlSchema = line.value(u"control-schema"_s);
    plan.command = line.value(u"run"_s);
    takeLimits(line, &plan.limits);
    plan.peers = *peers;
    return plan;
}

QString farewellOf(const RollingPlan &plan)
{
    const RollingPeer *const current = plan.current();
    return CtlTexts::tr("\nInterrupted at %1. %2")
            .arg(current ? current->peer : QString(), RollingProgress::howToGoOn(plan));
}

DrainAssessment assessmentOf(const ClusterView &view, const RollingPlan &plan)
{
    const RollingPeer *const current = plan.current();
    const PeerSearch search(view, current ? current->peer : QString());
    return search.isFound() ? search.peer().drain : DrainAssessment();
}

int carryOut(Session &session, const RollingPlan &plan, const SharedFolder::Lock &lock)
{
    Controller &controller = session.controller();
    controller.mendFleet();
    RollingRunner runner(controller, {.plan = plan,
                                      .folder = session.view().folder,
                                      .lock = lock,
                                      .refresh = [&controller] { controller.refresh(); }});
    Interruption interruption(farewellOf(plan));
    RollingProgress progress;
    QEventLoop loop;
    QObject::connect(&runner, &RollingRunner::changed, &loop, [&] {
        if (const RollingPeer *const current = runner.plan().current())
            controller.attendTo({current->peer});
        interruption.setText(farewellOf(runner.plan()));
        progress.print(runner.plan(), assessmentOf(controller.view(), runner.plan()));
    });
    QObject::connect(&runner, &RollingRunner::stopWanted, &loop, [](const QString &peer) {
        Terminal::print(CtlTexts::tr("SAFE TO STOP: restart %1 now").arg(peer));
    });
    QObject::connect(&runner, &RollingRunner::commandStarted, &loop, [&](const QString &peer) {
        Terminal::note(CtlTexts::tr("SAFE TO STOP: %1. Running: %2").arg(peer, plan.command));
    });
    QObject::connect(&runner, &RollingRunner::over, &loop, &QEventLoop::quit);
    runner.begin();
    if (!runner.isOver())
        loop.exec();
    RollingProgress::printReport(runner.plan());
    if (runner.plan().state == RollingPlan::State::Finished)
        return Ok;
    Terminal::error(runner.plan().failure);
    if (runner.plan().isUnfinished())
        Terminal::error(RollingProgress::howToGoOn(runner.plan()));
    else
        Terminal::error(CtlTexts::tr("Nothing was changed."));
    return exitCodeOf(runner);
}

/// Resumes the current peer when it is proven to be up.
int abortIt(Session &session, const std::optional<RollingPlan> &kept)
{
    if (!kept || !kept->isUnfinished()) {
        Terminal::error(CtlTexts::tr("no rolling restart was interrupted here"));
        return Refused;
    }
    if (const auto refusal = RollingRunner::abort(session.view().folder, *kept)) {
        Terminal::error(refusal->text);
        return exitCodeOf(refusal->kind);
    }
    RollingProgress::printReport(*kept);
    const RollingPeer *const current = kept->current();
    const PeerSearch peer(session.view(), current ? current->peer : QString());
    if (!peer.isFound() || !peer.isDraining())
        return Ok;
    const QString name = peer.address().name();
    if (!peer.peer().isHealthy() || !kept->hasRequested(peer.peer().entry)) {
        Terminal::print(CtlTexts::tr("%1 stays drained (%2). \"qproxysql-ctl resume %1\" lets "
                                     "applications use it again.")
                                .arg(name, peer.peer().health.name()));
        return Ok;
    }
    const auto outcome = session.controller().requestNow(peer, {.reason = kept->reason});
    if (outcome.refusal) {
        Terminal::error(outcome.refusal->text);
        return exitCodeOf(outcome.refusal->kind);
    }
    Terminal::print(CtlTexts::tr("%1 is in service again").arg(name));
    return Ok;
}

} // namespace

int runRolling(Session &session)
{
    const CommandLine &line = session.line();
    if (line.has(u"read-only"_s)) {
        Terminal::error(CtlTexts::tr("read-only: nothing is restarted; run it without "
                                     "--read-only"));
        return Refused;
    }
    if (const ExitCode begun = session.begin(); begun != Ok)
        return begun;
    const RollingFile file(session.view().folder);
    const auto lock = file.lock();
    if (!lock) {
        Terminal::error(lock.error().text);
        return exitCodeOf(lock.error().kind);
    }
    const auto kept = file.read();
    if (!kept) {
        Terminal::error(kept.error().text);
        return exitCodeOf(kept.error().kind);
    }
    if (line.has(u"abort"_s))
        return abortIt(session, *kept);
    if (!session.view().hasLogin) {
        Terminal::error(CtlTexts::tr("a rolling restart needs a login, to see that a server has "
                                     "gone and come back: give --user or --defaults-file"));
        return Usage;
    }
    const Plan plan = line.has(u"continue"_s) ? planToContinue(session, *kept)
                                              : newPlan(session, *kept);
    return plan ? carryOut(session, *plan, *lock) : plan.error();
}

} // namespace qproxysql
