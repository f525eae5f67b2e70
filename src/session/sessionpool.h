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
#include <vector>

namespace qproxysql {

/// A SessionPool's clock, threads and servers. Tests inject their own.
struct SessionPoolEnvironment
{
    const Clock &clock;
    std::function<ResetOutcome(PeerSession &)> reset; ///< called on a worker; blocks
    /// Starts a job on a worker thread; must not run it before it returns.
    std::function<std::shared_ptr<Workers::Ticket>(std::function<void()>)> start;
    std::function<void(const std::shared_ptr<Workers::Ticket> &)> markStalled;
    std::function<void()> wake; ///< requests sweep() earlier than it last returned
};

/// The parked sessions. The next open() of the same peer with the same login, inner options, INIT_SQL and
/// PEER_DRIVER (SessionKey) reuses one. At most MAX_IDLE of each key are parked, for IDLE_TIMEOUT at most,
/// less than the server's wait_timeout, and until MAX_LIFETIME after the login.
///
/// A parked session is reset at once, on a worker, unless only plain reads ran on it. So the state that its
/// user left on the server is removed as soon as by a disconnect, and nobody waits for it. Taking a
/// session that is ready sends nothing. One that the server has closed is dropped when it would be taken.
///
/// Process-wide, never destroyed. The sessions are closed when a QCoreApplication ends, so that the next
/// one gets none of them. Thread-safe: one mutex, no I/O under it. The pool owns a parked session;
/// during a reset the worker owns it.
class SessionPool
{
public:
    static SessionPool &instance();

    explicit SessionPool(SessionPoolEnvironment environment);
    Q_DISABLE_COPY_MOVE(SessionPool)

    /// Takes \a session from its owner, the caller, and leaves the pointer empty. Does nothing and returns false
    /// when its key has MAX_IDLE already, it is older than MAX_LIFETIME, its peer is not selectable or does
    /// not know the reset, a reset is not enough for its login, or the application ends. Does not block.
    bool park(std::shared_ptr<PeerSession> &session, ResetNeed need);

    /// A session whose socket is open, not adopted yet; nullptr when there is none. Waits for the end of
    /// a reset, at most 100 ms.
    std::shared_ptr<PeerSession> take(const SessionKey &key);

    /// The server refused \a login (1045): closes the sessions that were opened with it.
    void forgetLogin(const PeerPool &pool, const InnerLogin &login);

    /// The peer is down, drained or removed: cuts and closes its idle sessions.
    void forgetPeer(const PeerPool &pool, const QString &peerName);

    /// The servers that it has sessions on.
    std::vector<ConnectionSlots::Server> servers() const;
    /// Closes the sessions on peers of these names, in every pool, in the calling thread. Sessions that
    /// are being reset are closed when the reset ends.
    void closeIdle(const QStringList &peers);

    /// Closes expired sessions and cuts hanging resets. Returns when to call it again at the latest;
    /// Clock::time_point::max() when nothing will expire.
    Clock::time_point sweep();

    /// The application ends: closes all sessions, within a quarter of a second. Nothing is parked until
    /// the next application starts.
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
    struct Entry
    {
        std::shared_ptr<PeerSession> session; ///< owned by the worker during a reset
        std::shared_ptr<SessionLine> line;
        std::shared_ptr<Workers::Ticket> ticket;
        Clock::time_point since; ///< when it was parked
        Clock::time_point expires;
        bool isResetting = true;
        bool hasTaker = false;    ///< a caller of take() waits for its reset
        bool isForgotten = false; ///< to be closed when its reset ends

        bool isUsable(Clock::time_point now) const
        {
            return !isForgotten && expires > now && !line->isClosed();
        }
    };
    /// How a peer has answered COM_CHANGE_USER.
    struct Resets
    {
        int lossesInARow = 0;
        Clock::time_point refusedUntil;
    };
    using Sessions = std::vector<std::shared_ptr<PeerSession>>;
    /// Sessions to be cut or closed after the mutex is released.
    struct ToClose
    {
        std::vector<std::shared_ptr<SessionLine>> lines; ///< to be cut
        Sessions sessions;
    };
    enum class Fate { Keep, Close, Cut };
    using PeerKey = std::pair<const PeerPool *, PeerId>;

    bool admits(const PeerSession &session, ResetNeed need, const PoolPolicy &policy);
    bool resetIsOfUse(const PeerSession &session);
    int entriesOf(const SessionKey &key) const;
    Clock::time_point expiryOf(const PeerSession &session, const PoolPolicy &policy) const;
    void watch(const std::shared_ptr<PeerPool> &pool);
    void reset(const std::shared_ptr<Entry> &entry);
    bool noteOutcome(const Entry &entry, ResetOutcome outcome);
    std::shared_ptr<PeerSession> newestIdle(const SessionKey &key, Sessions *dead);
    std::shared_ptr<PeerSession> awaitReset(const SessionKey &key, Sessions *dead,
                                            std::unique_lock<std::mutex> &lock);
    std::shared_ptr<PeerSession> release(Entry &entry);
    template<typename Judge>
    ToClose lockAndForget(const Judge &fateOf);
    template<typename Judge>
    ToClose forget(const Judge &fateOf);
    void end(ToClose toClose);
    std::shared_ptr<PeerSession> remove(Entry &entry);
    void markStalled();
    void closeLater(Sessions sessions);

    const SessionPoolEnvironment m_environment;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;             ///< a reset has ended
    std::vector<std::shared_ptr<Entry>> m_entries; ///< in the order of park()
    std::map<PeerKey, Resets> m_resets;
    /// Logins for which a reset is not enough, and until when this is assumed.
    std::vector<std::pair<SessionKey, Clock::time_point>> m_unfit;
    std::set<const PeerPool *> m_watched;
    Clock::time_point m_sweepBy = Clock::time_point::max(); ///< what sweep() last returned
    QPointer<QCoreApplication> m_ended; ///< the application in whose end closeAll() ran
};

} // namespace qproxysql
