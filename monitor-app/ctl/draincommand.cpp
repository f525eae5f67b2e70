// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "cluster/evidencegathering.h"
#include "cluster/obeyedrequest.h"
#include "ctl/session.h"
#include "ctl/terminal.h"

#include <QtCore/QElapsedTimer>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

QString whoAndWhy(const DrainRequest &entry)
{
    QString text = CtlTexts::tr("%1, %2").arg(entry.requestedBy, entry.at.toString(Qt::ISODate));
    if (!entry.reason.isEmpty())
        text += CtlTexts::tr(": %1").arg(entry.reason);
    return text;
}

Expected<PeerSearch, ExitCode> findPeerToChange(Session &session)
{
    if (!session.line().has(u"read-only"_s)) // checked before anything is polled
        return session.findPeer();
    Terminal::error(CtlTexts::tr("read-only: %1 was not changed; run it without --read-only")
                            .arg(session.line().peer()));
    return Unexpected(Refused);
}

int refuse(const DrainRefusal &refusal, const ClusterView &view)
{
    QString text = refusal.text;
    if (refusal.kind == DrainRefusal::LastHealthyPeer) {
        text += CtlTexts::tr(". Nothing was changed; use --force to do it anyway");
        if (!view.hasLogin && !EvidenceGathering::isAllProven(view))
            text += CtlTexts::tr(", --user NAME has the others probed from here");
    }
    Terminal::error(text);
    return exitCodeOf(refusal.kind);
}

/// Warns of the fleet's servers that did not accept the request.
void warnOfUnwritten(const DrainFile::Outcome &outcome)
{
    for (const QString &problem : outcome.problems)
        Terminal::error(CtlTexts::tr("warning: not written to %1").arg(problem));
}

/// Warns when applications of other machines do not see this request.
void warnOfOtherMachines(const Session &session, const PeerSearch &peer)
{
    if (session.line().has(u"control-schema"_s))
        return;
    for (const KnownProcess &process : session.view().processes) {
        const QList<PoolReport> pools = process.report.value_or(ProcessReport()).pools;
        for (const PoolReport &pool : pools) {
            if (pool.control != Control::Fleet || !peer.pools().contains(pool.name))
                continue;
            Terminal::error(
                    CtlTexts::tr("warning: pool %1 follows the fleet's directory, too; this is for "
                                 "who shares this folder. --control-schema NAME writes for all")
                            .arg(pool.name));
            return;
        }
    }
}

void warnOfOtherDrains(const ClusterView &view, const PeerSearch &peer)
{
    QStringList others;
    for (const PoolView &pool : view.pools) {
        for (const PeerView &other : pool.peers) {
            if (peer.pools().contains(pool.name) && !peer.names().contains(other.address.name())
                && other.service == Service::Draining)
                others.append(other.address.name());
        }
    }
    others.removeDuplicates();
    if (!others.isEmpty())
        Terminal::error(CtlTexts::tr("warning: draining already: %1").arg(others.join(", "_L1)));
}

/// Warns of applications that keep away from the peer although it was resumed. Those that follow
/// this folder have had time to see it; of the others, only those that know of it are named.
void warnOfRemainingDrains(Session &session, quint64 resumed)
{
    constexpr qint64 TimeToFollow = 2500; // ms; longer than an application's polling interval
    const bool isForFleet = session.line().has(u"control-schema"_s);
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        session.controller().refreshNow(Controller::Depth::Knowledge);
        const PeerSearch now(session.view(), session.line().peer());
        if (!now.isFound())
            return;
        const auto followers = isForFleet ? ObeyedRequest::Followers::Fleet
                                          : ObeyedRequest::Followers::Local;
        const QStringList others = ObeyedRequest::of(session.view(), now, Service::InService,
                                                     isForFleet ? resumed : 0, followers)
                                           .others;
        if (others.isEmpty())
            return;
        if (isForFleet || waited.elapsed() > TimeToFollow) {
            Terminal::error(CtlTexts::tr("warning: %n application(s) still drain it, by another "
                                         "request than this: %1",
                                         nullptr, int(others.size()))
                                    .arg(others.join(", "_L1)));
            return;
        }
        Session::pause(100);
    }
}

} // namespace

int runDrain(Session &session)
{
    const auto peer = findPeerToChange(session);
    if (!peer)
        return peer.error();
    warnOfOtherMachines(session, *peer);
    warnOfOtherDrains(session.view(), *peer);
    const DrainFile::Outcome outcome =
            session.controller().requestNow(*peer, {.service = Service::Draining,
                                                    .reason = session.line().value(u"reason"_s),
                                                    .isForced = session.line().has(u"force"_s)});
    if (outcome.refusal)
        return refuse(*outcome.refusal, session.view());
    warnOfUnwritten(outcome);
    const QString name = peer->address().name();
    if (!outcome.change.isNew) {
        Terminal::note(CtlTexts::tr("%1 is draining already (%2)")
                               .arg(name, whoAndWhy(outcome.change.entry)));
    }
    if (session.line().has(u"no-wait"_s)) {
        Terminal::print(CtlTexts::tr("Drain of %1 requested, NOT yet safe to stop. \"qproxysql-ctl "
                                     "wait %1\" says when it is.")
                                .arg(name));
        return Ok;
    }
    if (outcome.change.isNew)
        Terminal::note(CtlTexts::tr("Drain of %1 requested").arg(name));
    return waitUntilSafe(session, *peer);
}

int runWait(Session &session)
{
    session.controller().mendFleet();
    const auto peer = session.findPeer();
    if (!peer)
        return peer.error();
    if (const auto &refusal = session.view().directory.refusal) {
        Terminal::error(refusal->text);
        return exitCodeOf(refusal->kind);
    }
    if (session.line().has(u"control-schema"_s) && !session.view().isFleetRead) {
        Terminal::error(CtlTexts::tr("no server could be asked whether the fleet drains %1")
                                .arg(peer->address().name()));
        return Unreachable;
    }
    if (!peer->isDraining()) {
        Terminal::error(
                CtlTexts::tr("%1 is in service, not draining. Use \"qproxysql-ctl drain %1\"")
                        .arg(peer->address().name()));
        return Refused;
    }
    return waitUntilSafe(session, *peer);
}

int runResume(Session &session)
{
    const auto peer = findPeerToChange(session);
    if (!peer)
        return peer.error();
    warnOfOtherMachines(session, *peer);
    const DrainFile::Outcome outcome =
            session.controller().requestNow(*peer, {.reason = session.line().value(u"reason"_s)});
    if (outcome.refusal)
        return refuse(*outcome.refusal, session.view());
    warnOfUnwritten(outcome);
    const QString name = peer->address().name();
    Terminal::print(outcome.change.isNew ? CtlTexts::tr("%1 is in service again").arg(name)
                                         : CtlTexts::tr("%1 is in service already").arg(name));
    warnOfRemainingDrains(session, outcome.change.entry.generation);
    if (peer->peer().isDown())
        Terminal::error(CtlTexts::tr("warning: it is %1 (%2); applications use it once it answers")
                                .arg(EvidenceTexts::word(peer->peer().health), peer->peer().error));
    return Ok;
}

} // namespace qproxysql
