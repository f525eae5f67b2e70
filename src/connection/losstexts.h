// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/movereason.h"
#include "session/sessionline.h"

#include <QtCore/QCoreApplication>
#include <QtSql/QSqlError>

namespace qproxysql {

/// What the application, and whoever is paged, is told when a session was lost. Each text says what
/// was lost, whether anything was executed, and what to do.
class LossTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySql)

public:
    static QString closedByPeer();
    static QString endedByUs(CutReason reason); ///< while idle
    static QString anothersRest(); ///< what the next statement reads would be another connection's
    static QString conflicts();
    static QString moved(MoveReason reason);
    static QString previousResult(); ///< name of what LAST_INSERT_ID() and kin read

    /// \a cause of a statement of \a bytes which are more than \a peer takes in one packet: it was not
    /// executed.
    static QSqlError oversized(const QSqlError &cause, const QString &peer, qint64 bytes,
                               qint64 limit);
    /// \a cause of one that may have been too large, for all that is known.
    static QSqlError perhapsOversized(const QSqlError &cause);
    /// \a cause of one that sent or fetched more than the client library takes in one packet.
    static QSqlError tooLargeForClient(const QSqlError &cause);

    /// \a cause of a statement whose session was cut, as far as the client library knows it.
    static QSqlError cutInFlight(const QSqlError &cause, CutReason reason);
    static QSqlError transactionLost(const QString &peer, const QString &why);
    static QSqlError transactionLost(const QString &peer, const QSqlError &cause);
    static QSqlError transactionStillLost(const QString &peer);
    static QSqlError nothingCommitted(const QString &peer);
    /// Of a COMMIT after transactionOutcomeUnknown().
    static QSqlError perhapsCommitted(const QString &peer);
    /// Of a statement other than COMMIT that may commit the transaction which is open: DDL, CALL, ...
    static QSqlError transactionOutcomeUnknown(const QString &peer, const QSqlError &cause);
    static QSqlError outcomeUnknown(const QString &peer, const QSqlError &cause);

    /// \a error, and what else went with the session; \a what: names of docs/pins.md, may be empty.
    static QSqlError withLostState(const QSqlError &error, const QStringList &what);

    /// Of a call on a connection from within another call on it.
    static QSqlError calledFromWithin();

    /// \a what: names of docs/pins.md. Without a \a cause the statement was not sent.
    static QSqlError stateLost(const QString &peer, const QStringList &what,
                               const QSqlError &cause = {});
};

} // namespace qproxysql
