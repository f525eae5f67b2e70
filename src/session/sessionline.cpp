// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionline.h"

#include <thread>
#include <utility>

namespace qproxysql {

namespace {

// COM_QUIT as a packet: length 1, sequence 0, command 1 (MySQL client/server protocol).
const QByteArray &comQuit()
{
    static const auto *packet = new QByteArray("\x01\x00\x00\x00\x01", 5);
    return *packet;
}

} // namespace

SessionLine::SessionLine(SocketIdentity socket, bool usesTls)
    : m_socket(std::move(socket))
    , m_usesTls(usesTls)
{
}

void SessionLine::claim() noexcept
{
    if (m_depth++ > 0 || m_hasEnded)
        return;
    // Not a plain exchange: the server would execute a statement that is sent between a cutter's send and
    // its shutdown, and the answer would be lost.
    quint64 expected = m_next;
    while (!m_word.compare_exchange_weak(expected, m_next | 1, std::memory_order_acq_rel)) {
        if (expected == Cutting)
            std::this_thread::yield();
        expected = m_next;
    }
}

void SessionLine::unclaim() noexcept
{
    if (--m_depth > 0 || m_hasEnded)
        return;
    m_next += 2;
    m_word.store(m_next, std::memory_order_release);
}

bool SessionLine::isClosed() const noexcept
{
    return m_hasEnded || isGone() || m_socket.isClosed();
}

void SessionLine::end() noexcept
{
    claim();
    m_hasEnded = true;
    m_word.store(Ended, std::memory_order_release);
    --m_depth;
}

// The reason is stored before the owner can see that the socket is closed.
bool SessionLine::shutDown(const QByteArray &farewell, CutReason reason) noexcept
{
    if (!isCut())
        m_cutReason.store(reason, std::memory_order_release);
    const bool wasCut = m_isCut.exchange(true, std::memory_order_acq_rel);
    const bool done = m_socket.shutDown(farewell);
    if (!done && !wasCut)
        m_isCut.store(false, std::memory_order_release);
    return done;
}

bool SessionLine::endIdle(quint64 seen, CutReason reason) noexcept
{
    const bool done = shutDown(m_usesTls ? QByteArray() : comQuit(), reason);
    m_word.store(seen, std::memory_order_release);
    return done;
}

bool SessionLine::cutIfIdle(quint64 seen, CutReason reason) noexcept
{
    return m_socket.isKnown() && (seen & 1) == 0
           && m_word.compare_exchange_strong(seen, Cutting, std::memory_order_acq_rel)
           && endIdle(seen, reason);
}

// Under the claim, since the client library may close the descriptor while the owner is inside.
bool SessionLine::noteIfDead(quint64 seen) noexcept
{
    if (isGone())
        return true;
    if (!m_socket.isKnown() || (seen & 1) != 0
        || !m_word.compare_exchange_strong(seen, Cutting, std::memory_order_acq_rel))
        return false;
    const bool isDead = m_socket.isClosed();
    if (isDead)
        m_isDead.store(true, std::memory_order_release);
    m_word.store(seen, std::memory_order_release);
    return isDead;
}

bool SessionLine::cut(CutReason reason) noexcept
{
    if (!m_socket.isKnown())
        return false;
    quint64 seen = m_word.load(std::memory_order_acquire);
    if ((seen & 1) == 0 && m_word.compare_exchange_strong(seen, Cutting, std::memory_order_acq_rel))
        return endIdle(seen, reason);
    if (seen == Ended)
        return false;
    return shutDown({}, reason);
}

bool SessionLine::cutDeadPath(quint64 seen) noexcept
{
    return claimCount() == seen && cut(CutReason::DeadPath);
}

} // namespace qproxysql
