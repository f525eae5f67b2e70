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

Expected<RollingPlan, ExitCode> planOf(Session &session, const std::optional<RollingPlan> &kept)
{
    const CommandLine &line = session.line();
    const QString command = line.value(u"run"_s);
    const QString schema = line.value(u"control-schema"_s);
    const bool isContinued = line.has(u"continue"_s);
    const bool isInTheWay = !isContinued && kept && kept->isUnfinished();
    if (!isContinued && !isInTheWay)
        session.controller().proveNow();
    auto plan = isContinued ? planToContinue(kept, command, schema)
                            : planFor(session.view(),
                                      {.peers = line.peers(),
                                       .pool = line.value(u"pool"_s),
                                       .reason = line.value(u"reason"_s),
                                       .command = command,
                                       .controlSchema = schema},
                                      kept);
    if (plan) {
        takeLimits(line, &plan->limits);
        return *plan;
    }
    const DrainRefusal refusal = plan.error();
    Terminal::error(isInTheWay ? refusal.text + u". "_s + RollingProgress::howToGoOn(*kept)
                               : refusal.text);
    const bool isUnknownPeer = !isContinued && refusal.kind == DrainRefusal::BadRequest;
    return Unexpected{isUnknownPeer ? Unknown : exitCodeOf(refusal.kind)};
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

int abortIt(Session &session, const std::optional<RollingPlan> &kept)
{
    const auto end = RollingRunner::abort(session.view().folder, kept, session.view());
    if (end.refusal) {
        Terminal::error(end.refusal->text);
        return exitCodeOf(end.refusal->kind);
    }
    RollingProgress::printReport(*kept);
    if (!end.stays.isEmpty())
        Terminal::print(end.stays);
    if (!end.resume)
        return Ok;
    const PeerSearch peer(session.view(), end.resume->peer);
    const auto outcome = session.controller().requestNow(peer, *end.resume);
    if (outcome.refusal) {
        Terminal::error(outcome.refusal->text);
        return exitCodeOf(outcome.refusal->kind);
    }
    Terminal::print(CtlTexts::tr("%1 is in service again").arg(end.resume->peer));
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
    const auto plan = planOf(session, *kept);
    return plan ? carryOut(session, *plan, *lock) : plan.error();
}

} // namespace qproxysql
