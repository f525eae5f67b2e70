// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/connection.h"

#include "connection/losstexts.h"

#include <QtCore/QRegularExpression>

#include <errmsg.h>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

std::chrono::seconds readTimeoutIn(const QString &options)
{
    static const QRegularExpression option(
            QStringLiteral("(?:^|;)\\s*MYSQL_OPT_READ_TIMEOUT\\s*=\\s*(\\d+)\\s*(?:;|$)"));
    return std::chrono::seconds(option.match(options).captured(1).toInt());
}

} // namespace

// Writers of one row on several Galera nodes keep rolling each other back; on one node they queue for the
// row's lock. The winner may stay on any node, so the turns go through all nodes.
void Connection::meetOthers(int turn)
{
    const PeerId meetingPoint = m_pool->meetingPoint(turn);
    if (meetingPoint == NoPeer || meetingPoint == m_session->peer() || !m_state.isMovable())
        return;
    improve({.prefer = meetingPoint}, LossTexts::conflicts());
}

// Drops an offer whose socket the server has closed.
ConnectionRecord::Offer Connection::takeOffer()
{
    ConnectionRecord::Offer offer = m_record->takeOffer();
    if (offer.session && offer.session->line()->isClosed())
        offer.session.reset();
    return offer;
}

void Connection::followOffer()
{
    ConnectionRecord::Offer offer = takeOffer();
    if (offer.session)
        improve({.offered = std::move(offer.session), .isOfferOnly = true},
                LossTexts::moved(offer.reason));
}

// A failed open leaves the current session in place.
void Connection::improve(SessionRequest request, const QString &reason)
{
    request.isImprovement = true;
    request.arrival = arrivalNeeds();
    SessionOpener::Opened opened = m_record->opener().open(std::move(request));
    if (!opened.session)
        return;
    dropSession();
    settleOn(std::move(opened.session), reason);
}

bool Connection::acquire(SessionRequest request, QSqlError *error)
{
    const QString reason = request.cause;
    if (m_isOpen) {
        if (reason.isEmpty())
            request.cause = LossTexts::closedByPeer();
        if (request.causeCode == 0)
            request.causeCode = CR_SERVER_GONE_ERROR;
    }
    if (!request.isFresh) // an offer is not fresh, either; it stays for the next safe point
        request.offered = takeOffer().session;
    request.arrival = arrivalNeeds();
    SessionOpener::Opened opened = m_record->opener().open(std::move(request));
    if (!opened.session) {
        *error = opened.error;
        return false;
    }
    settleOn(std::move(opened.session), reason);
    return true;
}

void Connection::settleOn(std::shared_ptr<PeerSession> opened, const QString &reason)
{
    m_session = std::move(opened);
    m_session->adopt(m_parent);
    m_readTimeout = readTimeoutIn(
            m_record->config().logins.of(m_pool->peer(m_session->peer()).address).options);
    m_state.forgetSession();
    followSqlMode();
    m_record->settled(*m_session);
    m_lastUse = std::chrono::steady_clock::now();
    const QString from = std::exchange(m_lastPeerName, m_session->peerName());
    const PeerId left = std::exchange(m_lastPeer, m_session->peer());
    if (!from.isEmpty()) {
        m_pool->count(left, &PeerCounters::movesAway);
        m_pool->count(m_lastPeer, &PeerCounters::movesHere);
        m_pendingMoves.push_back({from, m_lastPeerName, reason});
        m_hasPendingEvents = true;
    }
}

void Connection::dropSession()
{
    if (m_session)
        m_session->retire();
    m_session.reset();
    m_state.forgetSession();
    if (m_record)
        m_record->dropped();
}

} // namespace qproxysql
