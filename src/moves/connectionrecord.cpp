// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/connectionrecord.h"

#include "session/sessionopener.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

quint64 nextConnection()
{
    static std::atomic<quint64> connection{0};
    return ++connection;
}

SessionSnapshot snapshotOf(const PeerSession &session)
{
    return {session.generation(), session.peer(), session.serverThreadId(), session.line()};
}

QString wordOf(CutReason reason)
{
    constexpr QLatin1StringView Words[] = {"moved"_L1, "silent"_L1,   "refuses"_L1,
                                           "apart"_L1, "minority"_L1, "path"_L1}; // by enum value
    return Words[size_t(reason)];
}

bool endsByItself(const QString &reason)
{
    return reason == QLatin1String("transaction") || reason == QLatin1String("pending_results");
}

} // namespace

void SessionSnapshot::countCut(PeerPool &pool) const
{
    countOff(pool);
    pool.countCut(peer, wordOf(line->cutReason()));
}

bool ConnectionRecord::View::isMovableSoon() const
{
    return std::ranges::all_of(reasons, &endsByItself);
}

ConnectionRecord::ConnectionRecord(std::shared_ptr<PeerPool> pool, PoolWatch watch,
                                   ConnectionConfig config)
    : m_pool(std::move(pool))
    , m_watch(std::move(watch))
    , m_config(std::move(config))
{
    m_view.connection = nextConnection();
}

void ConnectionRecord::settled(const PeerSession &session)
{
    m_published = 0;
    const std::lock_guard lock(m_mutex);
    setSession(snapshotOf(session));
    m_view.since = std::chrono::steady_clock::now();
    m_view.problem.clear();
}

void ConnectionRecord::dropped()
{
    m_published = 0;
    const std::lock_guard lock(m_mutex);
    setSession({});
}

void ConnectionRecord::setSession(const SessionSnapshot &session)
{
    static_cast<SessionSnapshot &>(m_view) = session;
    m_view.inTransaction = false;
    m_view.reasons.clear();
}

void ConnectionRecord::publishChange(const SessionState &state)
{
    m_published = state.stamp();
    QStringList reasons = state.reasons();
    std::optional<ArrivalNeeds> arrival;
    if (std::exchange(m_publishedSettings, state.settingsStamp()) != state.settingsStamp())
        arrival = {CausalReads::Off, state.arrivalStatements(), {}, state.settings().schema()};
    const std::lock_guard lock(m_mutex);
    if (arrival)
        m_arrival = *std::move(arrival);
    // The answer to the statement that began it was noted a moment ago.
    if (state.inTransaction() && !m_view.inTransaction)
        m_view.transactionSince = m_view.line ? m_view.line->lastAnswer() : Clock::time_point();
    m_view.inTransaction = state.inTransaction();
    m_view.reasons = std::move(reasons);
    m_view.isMovable = m_view.reasons.isEmpty();
}

void ConnectionRecord::doubt()
{
    m_published = 0;
    const std::lock_guard lock(m_mutex);
    m_view.isMovable = false;
}

ConnectionRecord::Offer ConnectionRecord::takeOffer()
{
    const std::lock_guard lock(m_mutex);
    m_hasOffer.store(false, std::memory_order_release);
    m_view.offer = {};
    return std::exchange(m_offer, {});
}

void ConnectionRecord::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isClosed = true;
    }
    takeOffer(); // closes its session, outside of the mutex
    dropped();
}

SessionOpener ConnectionRecord::opener() const
{
    return {m_pool->shared_from_this(), m_watch, m_config};
}

ConnectionRecord::View ConnectionRecord::view() const
{
    const std::lock_guard lock(m_mutex);
    const quint64 claim = m_view.line ? m_view.line->claimCount() : 0;
    View view = m_view;
    view.claim = claim;
    view.offer.claim = view.offer.line ? view.offer.line->claimCount() : 0;
    return view;
}

ArrivalNeeds ConnectionRecord::arrival() const
{
    const std::lock_guard lock(m_mutex);
    return m_arrival;
}

bool ConnectionRecord::offer(std::shared_ptr<PeerSession> &replacement, MoveReason reason,
                             quint64 instead)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed || m_view.session != instead || m_offer.session)
        return false;
    m_view.offer = snapshotOf(*replacement);
    m_view.offeredFor = reason;
    m_view.offeredAt = std::chrono::steady_clock::now();
    m_view.problem.clear();
    m_offer = {std::move(replacement), reason};
    m_hasOffer.store(true, std::memory_order_release);
    return true;
}

void ConnectionRecord::setProblem(const QString &problem)
{
    const std::lock_guard lock(m_mutex);
    m_view.problem = problem;
}

} // namespace qproxysql
