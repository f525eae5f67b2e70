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
constexpr auto LookEvery = 500ms; ///< while only the application can end the wait
/// An offer waits this long for the end of an idle transaction.
constexpr auto OfferWaits = 10s;

// A peer that takes no new session at present may still serve an open one.
bool isGoodPlace(const PeerSnapshot &peer)
{
    return !peer.isRetired && peer.service == Service::InService
           && (peer.health == Health::Up || peer.health == Health::Unknown
               || peer.health == Health::Suspect || peer.health == Health::Overloaded);
}

void noteProblem(ConnectionRecord &record, const ConnectionRecord::View &view,
                 const QString &problem)
{
    if (view.trouble != problem)
        record.setProblem(problem);
}

} // namespace

DepartureStep departureStep(const Sight &sight, bool isPeerDraining, bool isOfferGood,
                            Clock::time_point now)
{
    const ConnectionRecord::View &view = sight.view;
    if (view.offered != NoPeer) {
        if (!isOfferGood)
            return DepartureStep::Withdraw;
        if (sight.isCut)
            return DepartureStep::Stay;
        if (!isPeerDraining)
            return view.offeredFor == MoveReason::Drain ? DepartureStep::Withdraw
                                                        : DepartureStep::Stay;
        if (view.isMovable())
            return sight.idleFor >= IdleIsAfter ? DepartureStep::Cut : DepartureStep::Stay;
        const bool isForgotten = now - view.offeredAt >= OfferWaits && sight.idleFor >= OfferWaits;
        return isForgotten ? DepartureStep::Withdraw : DepartureStep::Stay;
    }
    if (!isPeerDraining || view.session == 0)
        return DepartureStep::Stay;
    const bool mayMove = view.isMovable() || (view.isMovableSoon() && sight.isActive);
    return sight.isCut || mayMove ? DepartureStep::Replace : DepartureStep::Stay;
}

PeerDeparture::PeerDeparture(Replacements &replacements)
    : m_replacements(replacements)
{
}

Clock::time_point PeerDeparture::advance(const std::vector<Sight> &sights, Clock::time_point now)
{
    Clock::time_point next = Clock::time_point::max();
    for (const Sight &sight : sights) {
        const ConnectionRecord::View &view = sight.view;
        PeerPool &pool = *sight.record->pool();
        const bool isDraining = view.peer != NoPeer
                                && pool.peer(view.peer).service == Service::Draining;
        const bool isOfferGood = view.offered != NoPeer && !sight.isOfferGone
                                 && isGoodPlace(pool.peer(view.offered));
        const DepartureStep step = departureStep(sight, isDraining, isOfferGood, now);
        switch (step) {
        case DepartureStep::Stay:
            break;
        case DepartureStep::Replace:
            replace(sight, pool);
            break;
        case DepartureStep::Withdraw:
            m_replacements.withdraw(*sight.record);
            break;
        case DepartureStep::Cut:
            cut(sight, pool);
            break;
        }
        if (!isDraining)
            noteProblem(*sight.record, view, {});
        const bool isAwaited = step != DepartureStep::Stay || (isOfferGood && view.isMovable());
        if (isDraining && !(sight.isCut && isOfferGood))
            next = std::min(next, now + (isAwaited ? RoundEvery : LookEvery));
    }
    return next;
}

void PeerDeparture::replace(const Sight &sight, PeerPool &pool)
{
    const ConnectionRecord::View &view = sight.view;
    QString why;
    if (!pool.hasSelectable())
        why = QCoreApplication::translate("QProxySql", "no other peer can be used");
    else if (!m_replacements.isWaiting(*sight.record, &why))
        m_replacements.add({sight.record, view.session, view.peer, NoPeer, MoveReason::Drain});
    if (!why.isEmpty())
        noteProblem(*sight.record, view,
                    QCoreApplication::translate("QProxySql", "no replacement: %1").arg(why));
}

void PeerDeparture::cut(const Sight &sight, PeerPool &pool)
{
    SessionLine &line = *sight.view.line;
    if (!line.cutIfIdle(sight.view.claim))
        return;
    if (line.countOff())
        pool.sessionClosed(sight.view.peer);
    qCDebug(lcSession).noquote() << "pool" << pool.name() << "left an idle session on"
                                 << pool.peer(sight.view.peer).address.name();
}

} // namespace qproxysql
