// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "health/supervisor.h"
#include "inner/workers.h"
#include "session/arrival.h"
#include "session/peersession.h"

#include <QtSql/QSqlError>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace qproxysql {

/// The connect attempts of one open(). They run in parallel on workers, and the first good session wins.
/// Shared by the caller and the workers; it outlives the caller while a worker hangs.
///
/// Used by the caller's thread; workers only post their results (m_mutex).
class OpenRace : public std::enable_shared_from_this<OpenRace>
{
public:
    OpenRace(std::shared_ptr<PeerPool> pool, PoolWatch watch, const ConnectionConfig &config,
             ArrivalNeeds arrival, const Clock &clock);
    Q_DISABLE_COPY_MOVE(OpenRace)

    /// The result of one attempt.
    struct Finish
    {
        std::shared_ptr<PeerSession> session{};
        AfterConnectFailure after = AfterConnectFailure::NextPeer;
        QSqlError error{};
        bool areSettingsRefused = false; ///< the peer works, but refuses this connection's settings
    };

    /// Takes an idle session on \a peer, or starts a connect.
    void start(PeerId peer);
    /// Tries an open session that was prepared earlier and that nobody has adopted.
    void startWith(std::shared_ptr<PeerSession> session);
    std::optional<Finish> wait(Clock::time_point until);
    /// The running attempts are slow: others may run beside them.
    void markStalled();
    /// An idle session that does not answer is abandoned for a connect, which has a timeout.
    void giveUpRenewals();
    /// Abandons idle and offered sessions that are not ready after 2 s in favour of a connect.
    void giveUpLate();

    void abandon(); ///< gives up the running attempts; the caller leaves

    void takeNoneThatWasKept() { m_mayTakeKept = false; }
    std::vector<PeerId> late() const; ///< peers with a session that was opened but not ready in time
    int underWay() const { return m_underWay; } ///< attempts

private:
    SessionKey keyOf(PeerId peer, const QString &driver) const;
    void attempt(PeerId peer);
    void take(std::shared_ptr<PeerSession> session);
    void renew(PeerId peer, std::shared_ptr<PeerSession> session, bool isStale);
    enum class Step { Renewal, ArrivalOfIdle, ArrivalOfFresh };
    bool runOn(PeerSession &session, Step step, const std::function<bool(PeerSession &)> &run);
    bool arriveOn(PeerSession &session, Step step, Finish *finish);
    template<typename Predicate>
    void cut(const Predicate &isToBeCut);
    bool isOver() const;
    void startJob(std::function<void()> job);
    void post(Finish finish);

    const std::shared_ptr<PeerPool> m_pool;
    const PoolWatch m_watch;
    const ConnectionConfig m_config;
    const ArrivalNeeds m_arrival;
    const Clock &m_clock;
    bool m_mayTakeKept = true; ///< sessions of the session pool may be used

    // Caller only.
    std::vector<std::shared_ptr<Workers::Ticket>> m_tickets;
    int m_underWay = 0;

    /// A session that a worker blocks on; it can be cut.
    struct Pending
    {
        std::shared_ptr<SessionLine> line;
        Step step;
        Clock::time_point since;
    };

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Finish> m_finishes;
    std::vector<Pending> m_pending;
    std::vector<PeerId> m_late;
    bool m_isOver = false;
};

} // namespace qproxysql
