// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/losstexts.h"

#include <QtCore/QStringList>

namespace qproxysql {

namespace {

constexpr QStringView GoneCode = u"2006"; // CR_SERVER_GONE_ERROR: the statement could not be sent
constexpr QStringView OutOfSyncCode = u"2014"; // CR_COMMANDS_OUT_OF_SYNC: a request within another
constexpr QStringView ConflictCode = u"1213";  // ER_LOCK_DEADLOCK

QSqlError withText(const QSqlError &cause, const QString &text)
{
    return QSqlError(cause.driverText(), text, cause.type(), cause.nativeErrorCode());
}

QSqlError withHint(const QSqlError &cause, const QString &hint)
{
    return withText(cause, cause.databaseText() + QStringLiteral(". ") + hint);
}

QSqlError lossError(const QString &driverText, const QString &text, QStringView code)
{
    return QSqlError(QStringLiteral("QPROXYSQL: ") + driverText, text, QSqlError::StatementError,
                     code.toString());
}

} // namespace

QString LossTexts::closedByPeer()
{
    return tr("the peer closed the connection");
}

QString LossTexts::endedByUs(CutReason reason)
{
    return reason == CutReason::Apart
                   ? tr("the peer is no member of its group, and its idle sessions were ended")
           : reason == CutReason::Minority
                   ? tr("the peer sees no majority of its group, and its idle sessions were ended")
                   : tr("the peer is down, and its idle sessions were ended");
}

QString LossTexts::heldPreviousStatement()
{
    return tr("its session still held what another connection's last statement left");
}

QString LossTexts::conflicts()
{
    return tr("conflicts with writers on other peers");
}

QString LossTexts::moved(MoveReason reason)
{
    return reason == MoveReason::Drain ? tr("the peer is being drained")
                                       : tr("spreading connections over the peers");
}

QSqlError LossTexts::oversized(const QSqlError &cause, const QString &peer, qint64 bytes,
                               qint64 limit)
{
    return withHint(cause,
                    tr("The statement was not executed: with its values it has %1 bytes, and "
                       "max_allowed_packet of %2 is %3. Raise it there, or send less at a time.")
                            .arg(bytes)
                            .arg(peer)
                            .arg(limit));
}

QSqlError LossTexts::perhapsOversized(const QSqlError &cause)
{
    return withHint(cause, tr("Check whether the statement with its values is larger than the "
                              "server's max_allowed_packet."));
}

QSqlError LossTexts::tooLargeForClient(const QSqlError &cause)
{
    return withHint(cause, tr("The limit is max_allowed_packet of the client library: it can be "
                              "raised in the group [client] of an option file."));
}

QSqlError LossTexts::cutInFlight(const QSqlError &cause, CutReason reason)
{
    const QString why =
            reason == CutReason::DeadPath
                    ? tr("the connection to the peer was dead: nothing that was sent was "
                         "acknowledged while the peer answered others, so the session was ended: "
                         "%1")
            : reason == CutReason::Minority
                    ? tr("the peer sees no majority of its group, for which what is written "
                         "waits, so its sessions were ended: %1")
                    : tr("the peer had stopped answering, so its sessions were ended: %1");
    return withText(cause, why.arg(cause.databaseText()));
}

QString LossTexts::previousResult()
{
    return QStringLiteral("last_statement");
}

QSqlError LossTexts::transactionLost(const QString &peer, const QString &why)
{
    return lossError(tr("Transaction lost"),
                     tr("The transaction open on %1 is lost: %2. The server rolls it back; this "
                        "statement was not executed. Call rollback() and start again.")
                             .arg(peer, why),
                     GoneCode);
}

QSqlError LossTexts::transactionLost(const QString &peer, const QSqlError &cause)
{
    return lossError(tr("Transaction lost"),
                     tr("The transaction open on %1 is lost: %2. The server rolls it back. Call "
                        "rollback() and start again.")
                             .arg(peer, cause.databaseText()),
                     cause.nativeErrorCode());
}

QSqlError LossTexts::transactionStillLost(const QString &peer)
{
    return lossError(tr("Transaction lost"),
                     tr("The transaction that was open on %1 is lost; this statement was not "
                        "executed. Statements fail until rollback() is called.")
                             .arg(peer),
                     GoneCode);
}

QSqlError LossTexts::nothingCommitted(const QString &peer)
{
    return lossError(tr("Transaction lost"),
                     tr("COMMIT was not sent: the transaction that was open on %1 is lost and the "
                        "server rolls it back. Nothing was committed; start again.")
                             .arg(peer),
                     GoneCode);
}

QSqlError LossTexts::notCommitted(const QString &peer, const QSqlError &cause)
{
    return lossError(tr("Transaction lost"),
                     tr("%1 was lost during COMMIT, and the commit table says that nothing was "
                        "committed. Start again. (%2)")
                             .arg(peer, cause.databaseText()),
                     cause.nativeErrorCode());
}

QSqlError LossTexts::notExecuted(const QString &peer, const QSqlError &cause)
{
    return lossError(tr("Statement lost"),
                     tr("%1 was lost with the statement, and the commit table says that it was not "
                        "executed. It may be repeated. (%2)")
                             .arg(peer, cause.databaseText()),
                     cause.nativeErrorCode());
}

QSqlError LossTexts::fateNotFound(const QSqlError &error, const QString &why)
{
    return withText(error, error.databaseText() + u' '
                                   + tr("The commit table could not be asked: %1.").arg(why));
}

QSqlError LossTexts::tokenRefused(const QSqlError &cause)
{
    return lossError(tr("Unable to commit transaction"),
                     tr("EXACTLY_ONCE: the token of the COMMIT could not be written, so the "
                        "transaction was rolled back: %1")
                             .arg(cause.databaseText()),
                     cause.nativeErrorCode());
}

QString LossTexts::tokensNeedLibrary()
{
    return tr("EXACTLY_ONCE needs a client library that QPROXYSQL knows: libmariadb or "
              "libmysqlclient");
}

QString LossTexts::withoutCommits(const QString &peer, const QSqlError &error)
{
    return tr("EXACTLY_ONCE is not possible on %1: %2").arg(peer, error.databaseText());
}

QSqlError LossTexts::endedUnnoticed()
{
    return QSqlError(QStringLiteral("QMYSQL: Unable to execute query"),
                     tr("the server had no transaction any more when COMMIT came"),
                     QSqlError::StatementError, ConflictCode.toString());
}

QSqlError LossTexts::perhapsCommitted(const QString &peer)
{
    return lossError(tr("Outcome unknown"),
                     tr("COMMIT was not sent: the transaction that was open on %1 is lost, and the "
                        "statement it was lost with may or may not have committed it. Look for its "
                        "effect before repeating it.")
                             .arg(peer),
                     GoneCode);
}

QSqlError LossTexts::transactionOutcomeUnknown(const QString &peer, const QSqlError &cause)
{
    return lossError(
            tr("Outcome unknown"),
            tr("%1 was lost after a statement had been sent that commits or may commit: that "
               "statement may or may not have been executed, and the transaction may or may not "
               "have been committed. Call rollback(), and look for its effect before repeating it. "
               "(%2)")
                    .arg(peer, cause.databaseText()),
            cause.nativeErrorCode());
}

QSqlError LossTexts::outcomeUnknown(const QString &peer, const QSqlError &cause)
{
    return lossError(
            tr("Outcome unknown"),
            tr("%1 was lost after the statement had been sent: it may or may not have been "
               "executed, and is not sent again. Look for its effect before repeating it. "
               "(%2)")
                    .arg(peer, cause.databaseText()),
            cause.nativeErrorCode());
}

QSqlError LossTexts::withLostState(const QSqlError &error, const QStringList &what)
{
    if (what.isEmpty())
        return error;
    return withText(error, error.databaseText() + u' '
                                   + tr("The session took with it: %1.")
                                             .arg(what.join(QStringLiteral(", "))));
}

QSqlError LossTexts::notReplayed(const QSqlError &error, const QString &why)
{
    return withText(error,
                    error.databaseText() + u' '
                            + tr("It could not be continued on another session: %1.").arg(why));
}

QSqlError LossTexts::keyLost()
{
    return lossError(tr("Session state lost"),
                     tr("The transaction goes on in another session, which does not have the "
                        "LAST_INSERT_ID() of before it. This statement was not executed. Use "
                        "QSqlQuery::lastInsertId()."),
                     GoneCode);
}

NotReplayed LossTexts::settingInTransaction()
{
    return {NotReplayed::State, tr("a setting of the session was changed inside of it")};
}

NotReplayed LossTexts::undoneByConflict()
{
    return {NotReplayed::Conflict, tr("a conflict or a lock time-out may have undone part of it")};
}

QSqlError LossTexts::calledFromWithin()
{
    return lossError(
            tr("Unable to execute query"),
            tr("The connection is in the middle of another call, from which this one comes: a "
               "message handler that keeps the log in the database needs a connection of its "
               "own."),
            OutOfSyncCode);
}

QSqlError LossTexts::stateLost(const QString &peer, const QStringList &what, const QSqlError &cause)
{
    const QString names = what.join(QStringLiteral(", "));
    if (cause.type() == QSqlError::NoError)
        return lossError(tr("Session state lost"),
                         tr("The session on %1 was closed and took with it: %2. This statement was "
                            "not executed; the next one runs on a fresh session.")
                                 .arg(peer, names),
                         GoneCode);
    return lossError(tr("Session state lost"),
                     tr("The session on %1 was lost (%3) and took with it: %2. The next statement "
                        "runs on a fresh session.")
                             .arg(peer, names, cause.databaseText()),
                     cause.nativeErrorCode());
}

} // namespace qproxysql
