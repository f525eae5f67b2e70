// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/configresolver.h"
#include "pool/clock.h"
#include "pool/peerpool.h"
#include "pool/randomsource.h"
#include "session/peersession.h"

#include <QtSql/QSqlError>

#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace qproxysql {

/// One call that reaches the server, as the plugin describes it to the guard.
struct Touch
{
    enum class Kind {
        Text,            ///< QSqlResult::reset()
        Prepare,         ///< QSqlResult::prepare()
        ExecutePrepared, ///< QSqlResult::exec() after prepare()
        Begin,           ///< QSqlDriver::beginTransaction()
        Commit,
        Rollback,
        Metadata ///< tables(), record(), primaryIndex(): a read
    };

    Kind kind = Kind::Text;
    const QString &sql; ///< for Text, Prepare, ExecutePrepared; must outlive the call of run()
};

/// What a failed attempt reports to the guard.
struct AttemptFailure
{
    std::optional<QSqlError> error; ///< set by an attempt that returns false; optional, as it allocates
    bool beforeExecution = false; ///< failed at prepare or COM_STMT_RESET: provably not executed
    qint64 boundBytes = 0;        ///< lower bound of the size of the bound values
};

/// How a statement waits before it is tried again. Tests inject their own.
struct Waiting
{
    const Clock &clock = Clock::steady();
    RandomSource &random = RandomSource::system();
    std::function<void(std::chrono::milliseconds)> pause = [](std::chrono::milliseconds length) {
        std::this_thread::sleep_for(length);
    };
};

class Guard;

/// The core of one QSqlDatabase: logically open from open() to close(), even while it has no session.
/// Every call of the application that reaches the server passes run(), which does claims, liveness
/// checks, error classification, moves and re-runs.
///
/// Owner's thread only. Construction and destruction may happen in another thread while nobody else uses
/// the object (removeDatabase() from the main thread after a worker has finished). The destructor joins
/// no thread and does not use QtSql's registry.
class Connection
{
public:
    /// Called in the owner's thread at the end of run(), so that a handler may use the connection in any
    /// way.
    struct Events
    {
        std::function<void(const QString &from, const QString &to, const QString &reason)>
                sessionMoved;
        std::function<void()> transactionLost;
    };

    /// \a parent becomes the parent of adopted inner drivers, so that they follow moveToThread().
    Connection(QObject *parent, Events events, Waiting waiting = {});
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    bool open(const OpenRequest &request); ///< false: openError() has the reason
    void close();                          ///< from within run(): takes effect at its end
    bool isOpen() const;
    QSqlError openError() const;

    using Attempt = std::function<bool(const std::shared_ptr<PeerSession> &, AttemptFailure *)>;

    /// Runs \a attempt on a session whose socket is open. If the session is lost and the rules allow it
    /// (docs/reruns.md), the connection moves and the attempt runs on another peer, where it must make a
    /// new inner result. False: \a error is the error for the application. While a transaction is lost, a
    /// rollback succeeds without an attempt. Handlers of events may have closed the connection when it
    /// returns. Only while open. A call from within itself (a message handler) fails.
    [[gnu::hot]] bool run(const Touch &what, const Attempt &attempt, QSqlError *error);

    /// nullptr while closed, and between a loss and the next statement.
    const std::shared_ptr<PeerSession> &session() const;

    bool isRunning() const; ///< in run(): the session must not be used otherwise

    /// \a sql only reads and may be executed twice.
    bool isPlainRead(const QString &sql);

    /// Notes that pending results were read or discarded outside of run().
    void noteResults();

    /// The application has the MYSQL handle: from now on the session cannot move.
    void pinForHandle();

    QString currentPeer() const;            ///< its name; empty while there is no session
    std::shared_ptr<PeerPool> pool() const; ///< nullptr while closed

private:
    const std::unique_ptr<Guard> d;
};

} // namespace qproxysql
