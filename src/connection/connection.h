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

/// One touch of the server on behalf of the application, as the plugin describes it to the guard.
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
    const QString &sql; ///< of Text, Prepare, ExecutePrepared; must outlive the call of run()
};

/// What an attempt that failed tells the guard.
struct AttemptFailure
{
    std::optional<QSqlError> error; ///< set by whoever returns false; made only then, it allocates
    bool beforeExecution = false;   ///< failed at prepare or COM_STMT_RESET: provably not executed
    qint64 boundBytes = 0;          ///< of the values that were to be sent with it, at least
};

/// How a statement waits before it is tried again; injected so that tests need not wait.
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
/// Everything the application does that reaches the server passes run(), the one guard: claim,
/// liveness, classification of errors, moves and re-runs live behind it and nowhere else.
///
/// Owner's thread only, except that construction and destruction may happen in any thread that has
/// the object to itself (removeDatabase() from the main thread after a worker has finished). The
/// destructor joins nothing and does not touch QtSql's registry.
class Connection
{
public:
    /// Called in the owner's thread from within run(), last, so that the handler may use the connection
    /// in any way.
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

    bool open(const OpenRequest &request); ///< false: openError() tells why
    void close();                          ///< from within run(): when that is over
    bool isOpen() const;
    QSqlError openError() const;

    using Attempt = std::function<bool(const std::shared_ptr<PeerSession> &, AttemptFailure *)>;

    /// Runs \a attempt under the guard, on a session that is alive as far as can be told. Where the
    /// session was found or turns out to be lost and the rules allow it (docs/reruns.md), the
    /// connection moves and the attempt runs, once, on another peer: it must then make its inner
    /// result anew. False: \a error is what the application is to be told. While a transaction is
    /// lost a rollback succeeds without an attempt. Handlers of events may have closed the connection
    /// when it returns. Only while open, and not from within itself (a message handler): that fails.
    [[gnu::hot]] bool run(const Touch &what, const Attempt &attempt, QSqlError *error);

    /// nullptr while closed, and between a loss and the next statement.
    const std::shared_ptr<PeerSession> &session() const;

    /// Reads result sets that are still to come, of CALL or of several statements in one text, to their
    /// end. Nothing when there are none, or from within run().
    void discardResults();

    /// Results of the session's last statement were read, or thrown away, outside of run().
    void noteResults();

    /// The application got hold of the MYSQL: this session cannot be replaced unnoticed any more.
    void pinForHandle();

    QString currentPeer() const;            ///< its name; empty while there is no session
    std::shared_ptr<PeerPool> pool() const; ///< nullptr while closed

private:
    const std::unique_ptr<Guard> d;
};

} // namespace qproxysql
