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

/// Follows the fleet's drain table for one pool: reads it every five seconds, on a worker thread,
/// over one session that it keeps and that leaves a peer as soon as that is drained. What was read
/// stays known, also on disk (FleetMemory), when nobody can be asked any more.
///
/// Thread-safe: one mutex, no I/O under it. A reading that is under way owns the session. Lives as
/// long as the process. Make it with std::make_shared.
class FleetReader : public std::enable_shared_from_this<FleetReader>
{
public:
    /// \a news runs on a worker when something new was read, without a lock.
    FleetReader(std::shared_ptr<PeerPool> pool, const QString &schema, std::function<void()> news);

    /// Knows from now on what the disk has. True when that is something new. Blocks for the disk,
    /// once.
    bool remember();

    /// Somebody opens a connection with these: they are for the next reading when no others have
    /// been of use, and forgotten after it. Brings forward a reading that could not be made.
    void offerLogins(const Logins &logins);

    /// Starts what is due. Returns when to call it again at the latest. \a isUsed: the pool is.
    Clock::time_point advance(bool isUsed);

    /// The application ends: the session is closed here and now.
    void close();

    const std::shared_ptr<PeerPool> &pool() const { return m_pool; } ///< not a use of it
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
    enum class Trouble { None, Login, Unreachable, Missing, NoRights, Failed };
    enum class Outcome { Read, LoginRefused, Failed };

    void start(bool isReading);
    void run(bool isReading);
    void publish(const Session &session);
    Outcome read(const Logins *logins, Session *session);
    Outcome take(const DrainTable::Reading &reading, quint64 began);
    bool isWelcome(PeerId peer) const;
    bool hasEnded() const;
    void tell(Trouble trouble, const QString &text, quint64 began);
    void finish(Session session, Outcome outcome);

    const std::shared_ptr<PeerPool> m_pool;
    const QString m_schema;
    const std::function<void()> m_news;
    DrainKnowledge m_knowledge;
    std::once_flag m_isRemembered;

    // The reading that is under way.
    Trouble m_trouble = Trouble::None;
    QString m_troubleText;
    bool m_hasRead = false;

    mutable std::mutex m_mutex;
    std::shared_ptr<const Logins> m_offered;
    Session m_session; ///< nullptr while a reading is under way, too
    Kept m_kept;
    std::shared_ptr<Workers::Ticket> m_ticket; ///< of the job that is under way
    Clock::time_point m_started;
    bool m_isStalled = false;
    Clock::time_point m_due;
    Clock::time_point m_lastUse;
    QPointer<QCoreApplication> m_ended; ///< the application in whose end close() ran
};

} // namespace qproxysql
