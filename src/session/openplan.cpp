// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/openplan.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

constexpr int MaxSweeps = 2;

} // namespace

OpenPlan::OpenPlan(PeerPool &pool, const Clock &clock, const Request &request)
    : m_pool(pool)
    , m_clock(clock)
    , m_request(request)
{
    if (request.avoid != NoPeer)
        m_tried.push_back(request.avoid);
}

OpenPlan::Step OpenPlan::next(int underWay, const std::vector<PeerId> &late)
{
    if (std::exchange(m_mustPause, false))
        return {Do::Pause};
    if (m_request.offeredBy != NoPeer) {
        m_tried.push_back(m_request.offeredBy);
        return {Do::TryOffered, std::exchange(m_request.offeredBy, NoPeer)};
    }
    if (std::exchange(m_isSecondAwaited, false) && underWay > 0)
        return {Do::Wait}; // its turn begins now
    if (m_request.isOfferOnly)
        return {underWay == 0 ? Do::GiveUp : Do::Wait};
    PeerId peer = std::exchange(m_request.prefer, NoPeer);
    // An attempt beside another one helps only on a peer that does better: where all are slow because
    // all processes connect at once, it would be one connect more for them.
    const auto among = underWay > 0 ? PeerPool::Among::Prompt : PeerPool::Among::All;
    if (peer == NoPeer)
        peer = choose(among);
    if (peer == NoPeer && m_request.avoid != NoPeer && !m_isRefused) {
        // No other peer accepted, or all are slow: the avoided peer is better than none.
        std::erase(m_tried, std::exchange(m_request.avoid, NoPeer));
        peer = choose(among);
    }
    if (peer != NoPeer) {
        m_tried.push_back(peer);
        return {Do::Try, peer};
    }
    if (underWay > 0)
        return {Do::Wait};
    if (m_isRefused)
        return {Do::Refuse};
    if (!isOver() && retryLate(late))
        return {Do::Pause};
    const bool isAskedAgain = m_request.excluded.empty()
                              && (m_request.patience > 0ms
                                  || (!hasTriedAll() && m_sweeps < MaxSweeps));
    return {isAskedAgain ? Do::Sweep : Do::GiveUp};
}

PeerId OpenPlan::choose(PeerPool::Among among) const
{
    if (m_request.excluded.empty())
        return m_pool.choose(m_tried, among);
    std::vector<PeerId> except = m_tried;
    except.insert(except.end(), m_request.excluded.begin(), m_request.excluded.end());
    return m_pool.choose(except, among);
}

bool OpenPlan::swept(bool isAnyUsable)
{
    if (!isAnyUsable)
        return false;
    m_mustPause = ++m_sweeps > MaxSweeps; // the peers that answer fail as well
    m_tried.clear();
    return true;
}

// A proxy may not know the user yet, so one more peer is tried. More tries could lock the account.
bool OpenPlan::failed(AfterConnectFailure after)
{
    const bool wasRefused = m_isRefused;
    m_isSecondAwaited = after == AfterConnectFailure::OnePeerMore;
    m_isRefused = m_isRefused || m_isSecondAwaited;
    return wasRefused || after == AfterConnectFailure::Stop;
}

Clock::time_point OpenPlan::turnEnds() const
{
    return std::min<Clock::time_point>(m_request.deadline, m_clock.now() + StaggerDelay);
}

bool OpenPlan::letsOthersRun() const
{
    return m_pool.choose({}, PeerPool::Among::Prompt) != NoPeer;
}

bool OpenPlan::retryLate(const std::vector<PeerId> &late)
{
    return std::erase_if(m_tried,
                         [&](PeerId peer) {
                             return std::ranges::find(late, peer) != late.end()
                                    && m_pool.isSelectable(peer);
                         })
           > 0;
}

bool OpenPlan::hasTriedAll() const
{
    return std::ranges::all_of(m_pool.peers(), [this](const PeerSnapshot &peer) {
        return std::ranges::find(m_tried, peer.id) != m_tried.end();
    });
}

} // namespace qproxysql
