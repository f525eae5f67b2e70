// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "commits/cleaningturn.h"
#include "health/supervisor.h"
#include "inner/workers.h"
#include "pool/randomsource.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>

#include <mutex>
#include <vector>

namespace qproxysql {

class ConnectionRecord;

/// Removes old tokens in the background while a connection with EXACTLY_ONCE is open in the process: from time to
/// time a CleaningTurn on one peer of one of the pools of such connections, with the login of one of them, over
/// a session that is in no count. Turns of other processes keep it from nothing but its own turn.
///
/// A chore of the supervisor; each step of a turn is a job on a worker. Process-wide, never destroyed, any thread.
class CommitCleaning
{
public:
    struct Pace
    {
        std::chrono::milliseconds between{600'000}; ///< turns, half as much to 1.5 times
        std::chrono::milliseconds pause{50}; ///< between portions, at least as long as the last took
    };
    /// Called at every open of a connection with EXACTLY_ONCE, before it is in the ConnectionRoster. The first turn
    /// begins at any time within Pace::between, so that short-lived processes have their share.
    static void install();

    static void setPace(const Pace &pace); ///< for tests, before the first install()

private:
    explicit CommitCleaning(const Pace &pace);
    struct Running
    {
        std::unique_ptr<CleaningTurn> turn; ///< nullptr: none
        std::shared_ptr<PeerPool> pool;
        PeerId peer = NoPeer;
        bool isWelcome() const; ///< the peer is in service
    };
    using Record = std::shared_ptr<ConnectionRecord>;

    static std::vector<Record> users();
    Clock::time_point advance();
    void start(const std::vector<Record> &users);
    void run(const Record &user);
    static Running beginTurn(const ConnectionRecord &user);
    void finish(Running running, Clock::time_point due);
    Clock::time_point nextTurn(bool isMoreLeft);
    bool hasEnded() const;
    void close();

    const Pace m_pace;
    RandomSource &m_random = RandomSource::system();

    std::mutex m_mutex;
    Running m_running;                         ///< the turn that goes on; owned by no thread
    std::shared_ptr<Workers::Ticket> m_ticket; ///< of the step under way
    Clock::time_point m_started;
    bool m_isStalled = false;
    Clock::time_point m_due = Clock::time_point::max(); ///< of the next step
    QPointer<QCoreApplication> m_ended;

    Chore m_chore;
};

} // namespace qproxysql
