// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "moves/connectionrecord.h"
#include "replay/notreplayed.h"
#include "session/sessionline.h"

#include <QtCore/QCoreApplication>
#include <QtSql/QSqlError>

namespace qproxysql {

/// The texts for the application and its operators after a loss. Each says what was lost, whether anything
/// was executed, and what to do.
class LossTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySql)

public:
    static QString closedByPeer();
    static QString endedByUs(CutReason reason); ///< while idle
    static QString
    heldPreviousStatement(); ///< the statement would read state of the session's previous user
    static QString conflicts();
    static QString moved(MoveReason reason);
    static QString
    previousResult(); ///< name of the state that LAST_INSERT_ID() and similar functions read
    /// For a statement of \a bytes, more than \a peer accepts in one packet: it was not executed.
    static QSqlError oversized(const QSqlError &cause, const QString &peer, qint64 bytes,
                               qint64 limit);
    /// For a statement that may have been too large.
    static QSqlError perhapsOversized(const QSqlError &cause);
    /// For a statement that sent or fetched more than the client library accepts in one packet.
    static QSqlError tooLargeForClient(const QSqlError &cause);

    /// For a statement whose session was cut; \a cause: the client library's error.
    static QSqlError cutInFlight(const QSqlError &cause, CutReason reason);
    static QSqlError transactionLost(const QString &peer, const QString &why);
    static QSqlError transactionLost(const QString &peer, const QSqlError &cause);
    static QSqlError transactionStillLost(const QString &peer);
    static QSqlError nothingCommitted(const QString &peer);
    /// For a COMMIT after transactionOutcomeUnknown().
    /// With EXACTLY_ONCE.
    static QSqlError notCommitted(const QString &peer, const QSqlError &cause);
    static QSqlError notExecuted(const QString &peer, const QSqlError &cause);
    static QSqlError fateNotFound(const QSqlError &error, const QString &why);
    static QSqlError tokenRefused(const QSqlError &cause);
    static QSqlError endedUnnoticed(); ///< a conflict that the server did not report
    static QString tokensNeedLibrary();
    static QString withoutCommits(const QString &peer, const QSqlError &error);
    static QSqlError perhapsCommitted(const QString &peer);
    /// For a statement other than COMMIT that may commit the open transaction: DDL, CALL, ...
    static QSqlError transactionOutcomeUnknown(const QString &peer, const QSqlError &cause);
    static QSqlError outcomeUnknown(const QString &peer, const QSqlError &cause);

    /// \a error, and the state that was lost with the session; \a what: names of docs/pins.md, may be empty.
    static QSqlError withLostState(const QSqlError &error, const QStringList &what);

    /// \a error of a lost transaction, and \a why it was not replayed.
    static QSqlError notReplayed(const QSqlError &error, const QString &why);
    /// For a statement that reads LAST_INSERT_ID() of before a transaction that was replayed.
    static QSqlError keyLost();
    static NotReplayed settingInTransaction();
    static NotReplayed undoneByConflict();

    /// For a call on a connection from within another call on it.
    static QSqlError calledFromWithin();

    /// \a what: names of docs/pins.md. Without a \a cause the statement was not sent.
    static QSqlError stateLost(const QString &peer, const QStringList &what,
                               const QSqlError &cause = {});
};

} // namespace qproxysql
