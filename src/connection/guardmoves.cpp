// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/guard_p.h"

#include <errmsg.h>
#include <thread>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr int ConflictsBeforeMeeting = 3;

std::chrono::seconds readTimeoutIn(const QString &options)
{
    const auto parts = QStringView(options).split(u';');
    for (const QStringView part : parts) {
        const qsizetype equals = part.indexOf(u'=');
        if (equals > 0 && part.left(equals).trimmed() == QLatin1String("MYSQL_OPT_READ_TIMEOUT"))
            return std::chrono::seconds(part.mid(equals + 1).trimmed().toInt());
    }
    return 0s;
}

} // namespace

bool Connection::Guard::retryConflict(Tries *tries)
{
    const auto pause = tries->conflicts.next(std::chrono::steady_clock::now());
    if (!pause)
        return false;
    if (tries->conflicts.tries() % ConflictsBeforeMeeting == 0)
        meetOthers(tries->conflicts.tries() / ConflictsBeforeMeeting - 1);
    std::this_thread::sleep_for(*pause);
    return true;
}

// Writers of one row on several Galera nodes undo each other for as long as they stay apart; on one
// node they queue for the row's lock. Who wins on another node does not come here, so the turns go
// through all of them.
void Connection::Guard::meetOthers(int turn)
{
    const PeerId meetingPoint = pool->meetingPoint(turn);
    if (meetingPoint == NoPeer || meetingPoint == session->peer() || !m_state.isMovable())
        return;
    OpenWish wish;
    wish.prefer = meetingPoint;
    wish.isImprovement = true;
    wish.arrival = arrivalNeeds();
    SessionOpener::Opened opened = m_record->opener().open(std::move(wish));
    if (!opened.session)
        return;
    dropSession();
    settleOn(std::move(opened.session), LossTexts::conflicts());
}

bool Connection::Guard::maySettleElsewhere(const Touch &what, const StatementTraits &traits) const
{
    return m_state.isMovable() && !(traits.readsSessionRest && m_state.isUsed())
           && what.kind != Touch::Kind::Commit && what.kind != Touch::Kind::Rollback;
}

// One that the server has closed while it waited is none.
ConnectionRecord::Offer Connection::Guard::takeOffer()
{
    ConnectionRecord::Offer offer = m_record->takeOffer();
    if (offer.session && offer.session->line()->isClosed())
        offer.session.reset();
    return offer;
}

// At a safe point. What was offered and turns out to be no good is no reason to leave.
void Connection::Guard::followOffer()
{
    ConnectionRecord::Offer offer = takeOffer();
    if (!offer.session)
        return;
    OpenWish wish;
    wish.offered = std::move(offer.session);
    wish.isOfferOnly = true;
    wish.isImprovement = true;
    wish.arrival = arrivalNeeds();
    SessionOpener::Opened opened = m_record->opener().open(std::move(wish));
    if (!opened.session)
        return;
    dropSession();
    settleOn(std::move(opened.session), LossTexts::moved(offer.reason));
}

bool Connection::Guard::acquire(PeerId avoid, const QString &reason, QSqlError *error, bool isFresh,
                                int code)
{
    OpenWish wish;
    wish.avoid = avoid;
    wish.isFresh = isFresh;
    if (isOpen) {
        wish.cause = reason.isEmpty() ? LossTexts::closedByPeer() : reason;
        wish.causeCode = code != 0 ? code : CR_SERVER_GONE_ERROR;
    }
    if (!isFresh) // what was offered has waited, too: it is for the next safe point
        wish.offered = takeOffer().session;
    wish.arrival = arrivalNeeds();
    SessionOpener::Opened opened = m_record->opener().open(std::move(wish));
    if (!opened.session) {
        *error = opened.error;
        return false;
    }
    settleOn(std::move(opened.session), reason);
    return true;
}

void Connection::Guard::settleOn(std::shared_ptr<PeerSession> opened, const QString &reason)
{
    session = std::move(opened);
    m_mayHaveEnded = false;
    session->adopt(m_parent);
    m_readTimeout = readTimeoutIn(
            m_record->config().logins.of(pool->peer(session->peer()).address).options);
    m_state.forgetSession();
    followSqlMode();
    m_record->settled(*session);
    m_lastUse = std::chrono::steady_clock::now();
    const QString from = std::exchange(m_lastPeerName, session->peerName());
    if (!from.isEmpty()) {
        m_untoldMoves.push_back({from, m_lastPeerName, reason});
        m_hasNews = true;
    }
}

void Connection::Guard::dropSession()
{
    if (session)
        session->retire();
    session.reset();
    m_state.forgetSession();
    if (m_record)
        m_record->dropped();
}

} // namespace qproxysql
