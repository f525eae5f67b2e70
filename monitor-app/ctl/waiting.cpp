// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "ctl/drainprogress.h"
#include "ctl/interruption.h"
#include "ctl/session.h"
#include "ctl/terminal.h"

#include <QtCore/QElapsedTimer>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int PollInterval = 1000;

QString howToGoOn(const QString &peer)
{
    return CtlTexts::tr("The drain goes on: \"qproxysql-ctl wait %1\" waits on, \"qproxysql-ctl "
                        "resume %1\" ends it.")
            .arg(peer);
}

/// The verdict is the same in every pool where it drains.
DrainAssessment assessmentOf(const PeerSearch &found)
{
    for (const PeerView &peer : found.everywhere()) {
        if (peer.service == Service::Draining)
            return peer.drain;
    }
    return {};
}

int printSafe(const QString &peer, const DrainAssessment &assessment)
{
    Terminal::print(CtlTexts::tr("SAFE TO STOP: %1").arg(peer));
    for (const DrainCheck &check : assessment.checks)
        Terminal::print(DrainProgress::checkLine(check));
    return Ok;
}

int printTimeOut(const QString &peer, const DrainAssessment &assessment, double seconds)
{
    Terminal::print(CtlTexts::tr("NOT YET SAFE TO STOP after %1 s: %2. %3")
                            .arg(seconds)
                            .arg(peer, DrainProgress::stateLine(assessment)));
    for (const DrainCheck &check : assessment.checks)
        Terminal::print(DrainProgress::checkLine(check));
    for (const QString &obstacle : assessment.obstacles)
        Terminal::print(u"  "_s + obstacle);
    Terminal::print(howToGoOn(peer));
    return TimedOut;
}

int printResumed(const PeerSearch &found, const QString &peer)
{
    const DrainRequest entry = found.isFound() ? found.peer().entry.value_or(DrainRequest())
                                               : DrainRequest();
    Terminal::error(
            entry.peer.isEmpty()
                    ? CtlTexts::tr("%1 is not draining any more: its entry in the drain directory "
                                   "has gone")
                              .arg(peer)
                    : CtlTexts::tr("%1 is not draining any more: %2 resumed it%3")
                              .arg(peer, entry.requestedBy,
                                   entry.reason.isEmpty() ? u""_s : u" ("_s + entry.reason + u')'));
    return ChangedMeanwhile;
}

} // namespace

int waitUntilSafe(Session &session, const PeerSearch &peer)
{
    const QString name = peer.address().name();
    const std::optional<double> limit = session.line().seconds(u"timeout"_s);
    Controller &controller = session.controller();
    controller.attendTo(peer.names());
    controller.mendFleet();
    const Interruption interruption(
            CtlTexts::tr("\n%1: NOT YET KNOWN TO BE SAFE TO STOP. %2").arg(name, howToGoOn(name)));
    DrainProgress progress;
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        QElapsedTimer poll;
        poll.start();
        controller.refreshNow();
        const PeerSearch now(controller.view(), name);
        // A read error does not mean that the drain was resumed.
        const bool isReadable = !controller.view().directory.refusal;
        if (isReadable && (!now.isFound() || !now.isDraining()))
            return printResumed(now, name);
        const DrainAssessment assessment = assessmentOf(now);
        if (isReadable) {
            progress.print(assessment);
            if (assessment.isSafe())
                return printSafe(name, assessment);
        }
        if (limit && double(waited.elapsed()) >= *limit * 1000)
            return printTimeOut(name, assessment, *limit);
        qint64 rest = PollInterval - poll.elapsed();
        if (limit)
            rest = std::min(rest, qint64(*limit * 1000) - waited.elapsed());
        Session::pause(rest);
    }
}

} // namespace qproxysql
