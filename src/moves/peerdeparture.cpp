// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/peerdeparture.h"

#include "session/logging.h"

#include <QtCore/QCoreApplication>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

/// SELECT LAST_INSERT_ID() follows its INSERT within this time; it is less than the 2 s of a drain.
constexpr auto IdleIsAfter = 500ms;
constexpr auto RoundEvery = 250ms;
constexpr auto PollEvery = 500ms; ///< while only the application can end the wait
/// An offer waits this long for the end of an idle transaction.
constexpr auto OfferWaits = 10s;

void noteProblem(const ConnectionSnapshot &snapshot, const QString &problem)
{
    if (snapshot.problem != problem)
        snapshot.record->setProblem(problem);
}

} // namespace

bool isGoodPlace(const PeerSnapshot &peer)
{
    return !peer.isRetired && peer.service == Service::InService
           && (peer.health == Health::Up || peer.health == Health::Unknown
               || peer.health == Health::Suspect || peer.health == Health::Overloaded);
}

DepartureStep departureStep(const ConnectionSnapshot &snapshot, bool isPeerDraining,
                            bool isOfferGood, Clock::time_point now)
{
    if (snapshot.offer.peer != NoPeer) {
        if (!isOfferGood)
            return DepartureStep::Withdraw;
        if (snapshot.isCut)
            return DepartureStep::Stay;
        if (!isPeerDraining)
            return snapshot.offeredFor == MoveReason::Drain ? DepartureStep::Withdraw
                                                            : DepartureStep::Stay;
        if (snapshot.isMovable)
            return snapshot.idleFor >= IdleIsAfter ? DepartureStep::Cut : DepartureStep::Stay;
        const bool isForgotten = now - snapshot.offeredAt >= OfferWaits
                                 && snapshot.idleFor >= OfferWaits;
        return isForgotten ? DepartureStep::Withdraw : DepartureStep::Stay;
    }
    if (!isPeerDraining || snapshot.session == 0)
        return DepartureStep::Stay;
    const bool mayMove = snapshot.isMovable || (snapshot.isMovableSoon() && snapshot.isActive);
    return snapshot.isCut || mayMove ? DepartureStep::Replace : DepartureStep::Stay;
}

PeerDeparture::PeerDeparture(Replacements &replacements)
    : m_replacements(replacements)
{
}

Clock::time_point PeerDeparture::advance(const std::vector<ConnectionSnapshot> &snapshots,
                                         Clock::time_point now)
{
    Clock::time_point next = Clock::time_point::max();
    for (const ConnectionSnapshot &snapshot : snapshots) {
        PeerPool &pool = *snapshot.record->pool();
        const bool isDraining = snapshot.peer != NoPeer
                                && pool.peer(snapshot.peer).service == Service::Draining;
        const bool isOfferGood = snapshot.offer.peer != NoPeer && !snapshot.isOfferGone
                                 && isGoodPlace(pool.peer(snapshot.offer.peer));
        const DepartureStep step = departureStep(snapshot, isDraining, isOfferGood, now);
        if (step == DepartureStep::Replace)
            replace(snapshot, pool);
        else if (step == DepartureStep::Withdraw)
            m_replacements.withdraw(*snapshot.record);
        else if (step == DepartureStep::Cut)
            cut(snapshot, pool);
        if (!isDraining)
            noteProblem(snapshot, {});
        const bool isAwaited = step != DepartureStep::Stay || (isOfferGood && snapshot.isMovable);
        if (isDraining && !(snapshot.isCut && isOfferGood))
            next = std::min(next, now + (isAwaited ? RoundEvery : PollEvery));
    }
    return next;
}

void PeerDeparture::replace(const ConnectionSnapshot &snapshot, PeerPool &pool)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("QProxySql", text); };
    Expected<void> mayOpen = m_replacements.mayOpen(*snapshot.record);
    if (!pool.hasSelectable())
        mayOpen = Unexpected(tr("no other peer can be used"));
    if (mayOpen)
        m_replacements.add(
                {snapshot.record, snapshot.session, snapshot.peer, NoPeer, MoveReason::Drain});
    else
        noteProblem(snapshot, tr("no replacement: %1").arg(mayOpen.error()));
}

void PeerDeparture::cut(const ConnectionSnapshot &snapshot, PeerPool &pool)
{
    if (!snapshot.line->cutIfIdle(snapshot.claim))
        return;
    snapshot.countCut(pool);
    qCDebug(lcSession).noquote() << "pool" << pool.name() << "left an idle session on"
                                 << pool.peer(snapshot.peer).address.name();
}

} // namespace qproxysql
