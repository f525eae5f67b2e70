// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainknowledge.h"
#include "drain/draintable.h"
#include "drain/fleetsession.h"
#include "inner/workers.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace qproxysql {

/// Follows the fleet's drain table for one pool: reads it every five seconds, on a worker thread, over one
/// session that it keeps and that leaves a peer as soon as the peer is drained. The requests stay known,
/// also on disk (FleetMemory), when no server can be read any more.
///
/// Thread-safe: one mutex, no I/O under it. A running reading owns the session. Exists until the process
/// ends. Make it with std::make_shared.
class FleetReader : public std::enable_shared_from_this<FleetReader>
{
public:
    /// From one reading to the next while a server can be read.
    static std::chrono::milliseconds interval(RandomSource &random);

    /// \a news is called on a worker when something new was read, \a wake to ask for advance(). Both are
    /// called without a lock.
    FleetReader(std::shared_ptr<PeerPool> pool, const QString &schema, std::function<void()> news,
                std::function<void()> wake);

    /// Reads the copy on disk. True when something is new. The first call blocks on disk I/O; later calls
    /// do nothing.
    bool remember();

    /// A connection is opened with \a logins: they are for the next reading, if no others have worked, and are
    /// then forgotten. A reading that had failed is started earlier.
    void offerLogins(const Logins &logins);

    /// Starts a reading that is due. Returns when to call it again at the latest. \a isUsed: the pool is in
    /// use.
    Clock::time_point advance(bool isUsed);

    /// The application ends: closes the session in this call.
    void close();

    const std::shared_ptr<PeerPool> &pool() const { return m_pool; } ///< not counted as a use
    const DrainKnowledge &knowledge() const { return m_knowledge; }

    struct Kept
    {
        const PeerPool *pool = nullptr;
        PeerId peer = NoPeer;
        quint64 connectionId = 0;
    };
    Kept kept() const; ///< NoPeer: none

private:
    using Session = std::unique_ptr<FleetSession>;
    enum class Problem { None, Login, Unreachable, Missing, NoRights, Failed };
    enum class Outcome { Read, LoginRefused, Failed };
    enum class Task { Read, Close };

    void start(Task task);
    void run(Task task);
    void publish(const FleetSession &session);
    Outcome read(const Logins *logins, Session *session);
    Outcome take(const DrainTable::Reading &reading, quint64 began);
    bool isWelcome(PeerId peer) const;
    bool hasEnded() const;
    void noteProblem(Problem problem, const QString &text, quint64 began);
    void finish(Session session, Outcome outcome);

    const std::shared_ptr<PeerPool> m_pool;
    const QString m_schema;
    const std::function<void()> m_news;
    const std::function<void()> m_wake;
    DrainKnowledge m_knowledge;
    std::once_flag m_isRemembered;

    // Used by the running reading.
    Problem m_problem = Problem::None;
    QString m_problemText;
    bool m_hasRead = false;

    mutable std::mutex m_mutex;
    std::shared_ptr<const Logins> m_offered;
    Session m_session; ///< nullptr also during a reading
    Kept m_kept;
    std::shared_ptr<Workers::Ticket> m_ticket; ///< of the running job
    Clock::time_point m_started;
    bool m_isStalled = false;
    Clock::time_point m_due;
    Clock::time_point m_lastUse;
    QPointer<QCoreApplication> m_ended; ///< the application in whose end close() ran
};

} // namespace qproxysql
