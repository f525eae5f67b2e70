// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "simulatedconnection.h"

#include "cluster.h"
#include "simulatedprocess.h"

#include <errmsg.h>

namespace qproxysql::simulation {

SimulatedConnection::SimulatedConnection(SimulatedProcess &process, Span phase)
    : m_process(process)
    , m_phase(phase)
{
}

Time SimulatedConnection::lastStatement() const
{
    const Span think = m_process.cluster().size.think;
    const Span now = m_process.cluster().timeline.now().time_since_epoch();
    return Time(now - (now + think - m_phase) % think);
}

Time SimulatedConnection::nextStatement() const
{
    return lastStatement() + m_process.cluster().size.think;
}

void SimulatedConnection::open()
{
    open(Purpose::Open);
}

void SimulatedConnection::needStatement()
{
    if (std::exchange(m_isStatementDue, true))
        return;
    m_process.cluster().timeline.at(nextStatement(), [this] {
        m_isStatementDue = false;
        statement();
    });
}

bool SimulatedConnection::isClosedByServer() const
{
    return m_process.cluster().server(m_session.peer).epoch() != m_session.epoch;
}

void SimulatedConnection::statement()
{
    if (m_isOpening || m_waitsSince != Time::max())
        return;
    if (m_offer.number != 0)
        takeOffer();
    if (m_session.number == 0) {
        open(Purpose::Statement);
    } else if (m_session.isCut) { // by this process, which does not concern the peer's health
        const PeerId peer = m_session.peer;
        drop(&m_session);
        open(Purpose::Statement, peer);
    } else if (isClosedByServer()) {
        lose(CR_SERVER_GONE_ERROR);
    } else if (!m_process.cluster().server(m_session.peer).isAnswering()) {
        m_waitsSince = m_process.cluster().timeline.now();
        m_session.line->claim();
    } else {
        m_session.line->answered(m_process.cluster().timeline.now());
    }
}

void SimulatedConnection::takeOffer()
{
    Session offer = std::exchange(m_offer, {});
    if (m_process.cluster().server(offer.peer).epoch() != offer.epoch) {
        drop(&offer);
        return;
    }
    drop(&m_session);
    m_session = std::move(offer);
    m_process.cluster().server(m_session.peer).hold(m_session.epoch, 1);
}

void SimulatedConnection::lose(int code)
{
    const PeerId peer = m_session.peer;
    m_process.monitor().statementFailed(peer, code, QStringLiteral("simulated"),
                                        ServerFlavour::MariaDb);
    drop(&m_session);
    open(Purpose::Statement, peer);
}

void SimulatedConnection::drop(Session *session)
{
    if (session->number == 0)
        return;
    SimulatedServer &server = m_process.cluster().server(session->peer);
    if (session->line->countOff())
        m_process.pool().sessionClosed(session->peer);
    if (!session->isCut) {
        server.close(session->epoch);
        if (session == &m_session)
            server.hold(session->epoch, -1);
    }
    *session = {};
}

void SimulatedConnection::open(Purpose purpose, PeerId avoid)
{
    m_isOpening = true;
    const ConnectionConfig config;
    const bool isOpen = purpose != Purpose::Open;
    const OpenPlan::Request request{.deadline = m_process.cluster().timeline.now()
                                                + config.openDeadline,
                                    .patience = isOpen ? config.openDeadline : 0ms,
                                    .avoid = avoid};
    const auto opened = [this](PeerId peer, quint64 epoch) {
        m_isOpening = false;
        if (peer != NoPeer) {
            settle(peer, epoch);
        } else {
            ++m_process.cluster().record.failures;
            needStatement(); // the application tries again
        }
    };
    std::make_shared<SimulatedOpen>(m_process, purpose, request, opened)->step();
}

SimulatedConnection::Session SimulatedConnection::made(PeerId peer, quint64 epoch)
{
    Session session{peer,         epoch,
                    ++s_sessions, m_process.cluster().timeline.now(),
                    false,        std::make_shared<SessionLine>(SocketIdentity(), false)};
    session.line->answered(session.since);
    m_process.pool().sessionOpened(peer);
    return session;
}

void SimulatedConnection::settle(PeerId peer, quint64 epoch)
{
    drop(&m_session);
    m_session = made(peer, epoch);
    m_process.cluster().server(peer).hold(epoch, 1);
    if (isClosedByServer() || !m_process.cluster().server(peer).isAnswering())
        statement(); // it was for a statement
}

bool SimulatedConnection::offer(PeerId peer, quint64 epoch, MoveReason reason, quint64 instead)
{
    if (m_session.number != instead || m_offer.number != 0)
        return false;
    m_offer = made(peer, epoch);
    m_offeredFor = reason;
    needStatement();
    return true;
}

void SimulatedConnection::withdraw()
{
    drop(&m_offer);
}

void SimulatedConnection::cut()
{
    if (m_session.isCut)
        return;
    SimulatedServer &server = m_process.cluster().server(m_session.peer);
    server.close(m_session.epoch);
    server.hold(m_session.epoch, -1);
    m_session.isCut = true;
    if (m_waitsSince == Time::max()) {
        needStatement();
        return;
    }
    m_process.cluster().timeline.after({}, [this] { // the statement ends, and runs again elsewhere
        m_session.line->unclaim();
        m_waitsSince = Time::max();
        statement();
    });
}

void SimulatedConnection::answered(PeerId peer)
{
    if (m_session.number == 0 || m_session.peer != peer || m_session.isCut)
        return;
    if (m_waitsSince == Time::max()) {
        if (isClosedByServer())
            needStatement();
        return;
    }
    m_waitsSince = Time::max();
    m_session.line->unclaim();
    if (isClosedByServer())
        lose(CR_SERVER_LOST);
    else
        m_session.line->answered(m_process.cluster().timeline.now());
}

void SimulatedConnection::noteLastAnswer()
{
    const bool isAnswered = m_session.number != 0 && m_waitsSince == Time::max() && !m_session.isCut
                            && !isClosedByServer()
                            && m_process.cluster().server(m_session.peer).isAnswering();
    if (isAnswered)
        m_session.line->answered(std::max(lastStatement(), m_session.since));
}

ConnectionSnapshot SimulatedConnection::snapshot()
{
    const Time now = m_process.cluster().timeline.now();
    ConnectionSnapshot shown;
    shown.connection = quint64(reinterpret_cast<quintptr>(this));
    if (m_session.number != 0) {
        shown.session = m_session.number;
        shown.peer = m_session.peer;
        shown.line = m_session.line;
        shown.claim = m_session.line->claimCount();
        shown.isCut = m_session.isCut;
    }
    shown.isMovable = m_waitsSince == Time::max();
    if (m_offer.number != 0) {
        shown.offer.session = m_offer.number;
        shown.offer.peer = m_offer.peer;
        shown.offer.line = m_offer.line;
        shown.offeredFor = m_offeredFor;
        shown.offeredAt = m_offer.since;
        shown.isOfferGone = m_process.cluster().server(m_offer.peer).epoch() != m_offer.epoch;
    }
    shown.lastActivity = lastStatement();
    shown.idleFor = m_waitsSince == Time::max() ? now - lastStatement() : Span();
    shown.isActive = true;
    return shown;
}

} // namespace qproxysql::simulation
