// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "inner/workers.h"
#include "pool/clock.h"
#include "session/peersession.h"
#include "session/sessionreset.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>
#include <vector>

namespace qproxysql {

/// Where a SessionPool gets time, threads and servers from; injected so that tests need none of them.
struct SessionPoolEnvironment
{
    const Clock &clock;
    std::function<ResetOutcome(PeerSession &)> reset; ///< on a worker; blocks
    /// Starts a job on a worker thread; must not run it before it returns.
    std::function<std::shared_ptr<Workers::Ticket>(std::function<void()>)> start;
    std::function<void(const std::shared_ptr<Workers::Ticket> &)> markStalled;
    std::function<void()> wake; ///< sweep() is wanted earlier than it last said
};

/// Sessions that nobody uses, for whoever opens the same peer next with the same login, inner
/// options, INIT_SQL and PEER_DRIVER (SessionKey); MAX_IDLE of each, for IDLE_TIMEOUT at most, never
/// as long as the server's wait_timeout, and until MAX_LIFETIME after its login.
///
/// A parked session is reset at once, on a worker, unless nothing but plain reads ran on it: what its
/// user left on the server (locks, an open transaction, temporary tables) is gone as soon as with a
/// disconnect, nobody waits for it, and a frozen server holds up a worker only. Taking one that is ready
/// sends nothing at all. A session that the server has closed meanwhile is dropped when it would be taken.
///
/// Process-wide, never destroyed; the sessions are closed when a QCoreApplication ends, so that none
/// is carried over into the next. Thread-safe: one mutex, no I/O and no wait under it but for the
/// condition; sessions are closed by workers, outside of it. A parked session belongs to the pool,
/// one that is being reset to its worker.
class SessionPool
{
public:
    static SessionPool &instance();

    explicit SessionPool(SessionPoolEnvironment environment);
    ~SessionPool();
    Q_DISABLE_COPY_MOVE(SessionPool)

    /// Owner of \a session: gives it away and leaves the pointer empty. False, and nothing done, when
    /// its key has MAX_IDLE already, it is older than MAX_LIFETIME, its peer cannot be chosen now or does not
    /// know the reset, a reset is not enough for its login, or the application ends. Does not block.
    bool park(std::shared_ptr<PeerSession> &session, ResetNeed need);

    /// A session that is alive as far as can be told, not adopted yet; nullptr when there is none.
    /// One whose reset is under way is waited for, 100 ms at most.
    std::shared_ptr<PeerSession> take(const SessionKey &key);

    /// The server has refused \a login (1045): what was opened with it is not given to anybody.
    void forgetLogin(const PeerPool &pool, const InnerLogin &login);

    /// The peer is down, drained or gone: its idle sessions are cut and closed.
    void forgetPeer(const PeerPool &pool, const QString &peerName);

    /// The servers of which it has sessions.
    std::vector<ConnectionSlots::Server> servers() const;
    /// Closes, in the calling thread, the sessions of peers of these names, in every pool; those that are
    /// being reset when that is over.
    void closeIdle(const QStringList &peers);

    /// Closes what has expired, and cuts resets that hang. Returns when to call it again at the
    /// latest; Clock::time_point::max() when nothing is to come.
    Clock::time_point sweep();

    /// The application ends: closes everything, within a quarter of a second. Nothing is parked
    /// before the next application.
    void closeAll();

    int idleSessions(const SessionKey &key) const; ///< those being reset included

    struct Parked
    {
        const PeerPool *pool = nullptr;
        PeerId peer = NoPeer;
        ulong serverThreadId = 0; ///< CONNECTION_ID(), 0: unknown
    };
    std::vector<Parked> parked() const; ///< all of them, those being reset included

private:
    struct Entry;
    struct Resets;
    struct Doomed;
    enum class Fate { Keep, Close, Cut };
    using Entries = std::vector<std::shared_ptr<Entry>>;
    using Sessions = std::vector<std::shared_ptr<PeerSession>>;
    using PeerKey = std::pair<const PeerPool *, PeerId>;

    bool admits(const PeerSession &session, ResetNeed need, const PoolPolicy &policy);
    bool resetIsOfUse(const PeerSession &session);
    Clock::time_point expiryOf(const PeerSession &session, const PoolPolicy &policy) const;
    void watch(const std::shared_ptr<PeerPool> &pool);
    bool insert(const std::shared_ptr<Entry> &entry, std::shared_ptr<PeerSession> &session,
                ResetNeed need, const PoolPolicy &policy, bool *wakes);
    void startReset(const std::shared_ptr<Entry> &entry);
    void reset(const std::shared_ptr<Entry> &entry);
    bool noteOutcome(const Entry &entry, ResetOutcome outcome);
    std::shared_ptr<PeerSession> newestIdle(const SessionKey &key, Sessions *dead);
    std::shared_ptr<PeerSession> awaitReset(const SessionKey &key, Sessions *dead,
                                            std::unique_lock<std::mutex> &lock);
    std::shared_ptr<PeerSession> release(Entry &entry);
    template<typename Judge>
    void forget(const Judge &fateOf, Doomed *doomed);
    void end(Doomed doomed);
    void remove(const Entry &entry);
    void markStalled();
    void closeLater(Sessions sessions);

    const SessionPoolEnvironment m_environment;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed; ///< a reset has ended
    std::unordered_map<SessionKey, Entries, SessionKeyHash> m_entries;
    std::map<PeerKey, Resets> m_resets;
    /// Logins whose sessions a reset does not make fresh, until when that is believed.
    std::unordered_map<SessionKey, Clock::time_point, SessionKeyHash> m_unfit;
    std::set<const PeerPool *> m_watched;
    Clock::time_point m_sweepBy = Clock::time_point::max(); ///< what sweep() last returned
    QPointer<QCoreApplication> m_ended; ///< the application in whose end closeAll() ran
};

} // namespace qproxysql
