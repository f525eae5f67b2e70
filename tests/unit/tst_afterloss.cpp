// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "afterlossrows.h"

using namespace qproxysql;
using namespace qproxysql::test;

/// The rules of docs/reruns.md: no branch of them without a row.
class tst_AfterLoss : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losses_data();
    void losses() { check(); }
    void transactions_data();
    void transactions() { check(); }
    void refusals_data();
    void refusals() { check(); }
    void conflicts_data();
    void conflicts() { check(); }
    void closedSessions_data();
    void closedSessions() { check(); }
    void causes_data();
    void causes();
    void lostTransaction_data();
    void lostTransaction();
};

void tst_AfterLoss::losses_data()
{
    addColumns();
    const Loss loss = answerLost();
    const QSqlError error = loss.error;
    const AfterLoss unknown = leaves(LossTexts::outcomeUnknown(peer, error));
    row("read, answer lost", readText, loss, again());
    row("write, answer lost", writeText, loss, unknown);
    row("write, not sent", writeText, notSent(), again());
    row("write, idle time-out", writeText, failure(ErrorClass::IdleTimeout, 4031), again());
    row("read, shut down", readText, failure(ErrorClass::ShuttingDown, 1053), again());
    row("write, shut down", writeText, failure(ErrorClass::ShuttingDown, 1053),
        leaves(LossTexts::outcomeUnknown(peer, failure(ErrorClass::None, 1053).error)));
    const Loss killed = failure(ErrorClass::Killed, 1927);
    row("read, killed", readText, killed, leaves(killed.error));
    row("write, killed", writeText, killed, leaves(LossTexts::outcomeUnknown(peer, killed.error)));
    row("prepare of a write", writeText, loss, again(), Kind::Prepare);
    row("prepared write", writeText, loss, unknown, Kind::ExecutePrepared);
    row("write, lost at COM_STMT_RESET", writeText,
        with(loss, [](Loss &l) { l.beforeExecution = true; }), again());
    row("BEGIN", u"BEGIN"_s, loss, again());
    row("call of begin", Kind::Begin, loss, again());
    row("metadata", Kind::Metadata, loss, again());
    row("COMMIT without a transaction", u"COMMIT"_s, loss, unknown);
    row("read, RETRY_READS=0", readText, with(loss, [](Loss &l) { l.retryReads = 0; }),
        leaves(error));
    row("not sent, RETRY_READS=0", writeText, with(notSent(), [](Loss &l) { l.retryReads = 0; }),
        again());
    row("read, own time-out", readText, with(loss, [](Loss &l) { l.isOwnTimeout = true; }),
        leaves(error));
    row("read, lost on a peer that is still silent", readText,
        with(loss, [](Loss &l) { l.losses = l.suspiciousLosses = 1; }), leaves(error));
    row("read, lost on a peer that has answered since", readText,
        with(loss, [](Loss &l) { l.losses = 1; }), again());
    row("read, pinned session", readText, pinned(loss),
        leaves(LossTexts::stateLost(peer, {pinName}, error)));
    row("write, pinned session", writeText, pinned(loss),
        leaves(LossTexts::withLostState(LossTexts::outcomeUnknown(peer, error), {pinName})));
    row("several statements, not sent", u"SELECT 1; SELECT 2"_s, notSent(), leaves(notSent().error));
    row("LAST_INSERT_ID(), not sent", dependsOnPrevious, used(notSent()), leaves(notSent().error));
    row("LAST_INSERT_ID() on a fresh session, not sent", dependsOnPrevious, notSent(), again());
    row("read, autocommit off", readText, withoutAutocommit(loss), leaves(error));
    const Loss large = with(notSent(), [](Loss &l) { l.bytes = l.packetLimit = 1024; });
    row("too large", writeText, large, leaves(LossTexts::oversized(large.error, peer, 1024, 1024)));
    const Loss largeRefused = with(large, [](Loss &l) { l.error = answerLost().error; });
    row("too large, pinned session", writeText, pinned(largeRefused),
        leaves(LossTexts::stateLost(peer, {pinName}, largeRefused.cause())));
}

void tst_AfterLoss::transactions_data()
{
    addColumns();
    const Loss loss = inTransaction(answerLost());
    const QSqlError error = loss.error;
    const QSqlError over = LossTexts::transactionLost(peer, error);
    const QSqlError perhaps = LossTexts::transactionOutcomeUnknown(peer, error);
    row("read", readText, loss, lost(over));
    row("write", writeText, loss, lost(over));
    row("write, not sent", writeText, inTransaction(notSent()),
        lost(LossTexts::transactionLost(peer, notSent().error)));
    row("DDL", u"CREATE TABLE t (a INT)"_s, loss, lost(perhaps, Transaction::Lost, true));
    row("DDL, not sent", u"CREATE TABLE t (a INT)"_s, inTransaction(notSent()),
        lost(LossTexts::transactionLost(peer, notSent().error)));
    row("BEGIN commits the transaction", u"BEGIN"_s, loss, lost(perhaps, Transaction::Lost, true));
    row("call of begin", Kind::Begin, loss, lost(perhaps, Transaction::Lost, true));
    row("write after DDL that failed", writeText, afterFailedDdl(loss),
        lost(perhaps, Transaction::Lost, true));
    row("write, pinned session", writeText, pinned(loss),
        lost(LossTexts::withLostState(over, {pinName})));
    const AfterLoss unknown = lost(LossTexts::outcomeUnknown(peer, error), Transaction::Over, true);
    row("COMMIT", u"COMMIT"_s, loss, unknown);
    row("call of commit", Kind::Commit, loss, unknown);
    row("COMMIT, not sent", u"COMMIT"_s, inTransaction(notSent()),
        lost(LossTexts::transactionLost(peer, notSent().error), Transaction::Over));
    row("COMMIT after DDL that failed, not sent", u"COMMIT"_s, afterFailedDdl(notSent()),
        lost(LossTexts::perhapsCommitted(peer), Transaction::Over, true));
    row("call of rollback", Kind::Rollback, loss, done());
    row("call of rollback, pinned session", Kind::Rollback, pinned(loss), telling(done()));
    row("ROLLBACK", u"ROLLBACK"_s, loss, again());
    row("ROLLBACK, pinned session", u"ROLLBACK"_s, pinned(loss),
        lost(LossTexts::withLostState(over, {pinName}), Transaction::Over));
    row("ROLLBACK, lost before", u"ROLLBACK"_s, with(loss, [](Loss &l) { l.losses = 1; }),
        lost(over, Transaction::Over));
    row("its own error", writeText, inTransaction(failure(ErrorClass::StatementsOwn, 1062)),
        stays(failure(ErrorClass::None, 1062).error));
    const Loss refused = inTransaction(notReady());
    row("no quorum, another peer is left", readText, refused,
        lost(LossTexts::transactionLost(peer, refused.error)));
    row("no quorum, COMMIT", u"COMMIT"_s, refused,
        lost(LossTexts::transactionLost(peer, refused.error), Transaction::Over));
    row("no quorum, CALL", u"CALL p()"_s, refused,
        lost(LossTexts::transactionLost(peer, refused.error)));
    row("no quorum, ROLLBACK", u"ROLLBACK"_s, refused, again());
    row("no quorum, nobody else", readText,
        with(refused, [](Loss &l) { l.isOtherSelectable = false; }), stays(refused.error));
    row("no quorum, autocommit off", readText, withoutAutocommit(notReady()),
        leaves(notReady().error));
    row("read-only", writeText, inTransaction(readOnly()), stays(readOnly().error));
}

void tst_AfterLoss::refusals_data()
{
    addColumns();
    const auto eachAsked = [](Loss loss, int refusals, std::chrono::milliseconds since) {
        loss.isEachAsked = true;
        loss.refusals = refusals;
        loss.refusedFor = since;
        return loss;
    };
    row("its own error", writeText, failure(ErrorClass::StatementsOwn, 1062),
        stays(failure(ErrorClass::None, 1062).error));
    row("disk full", writeText, failure(ErrorClass::DiskFull, 1021),
        stays(failure(ErrorClass::None, 1021).error));
    row("ProxySQL has lost its backend", writeText, failure(ErrorClass::BackendLost, 9001),
        elsewhere());

    const Loss tied = with(failure(ErrorClass::SessionTied, 9006), [](Loss &l) { l.refusals = 1; });
    row("tied to other servers of ProxySQL", writeText, tied, elsewhere());
    row("tied to other servers of ProxySQL, pinned session", writeText, pinned(tied),
        stays(tied.error));
    row("no quorum", writeText, notReady(), elsewhere());
    row("no quorum anywhere", writeText, eachAsked(notReady(), 3, 1s), elsewhere(300ms));
    row("no quorum anywhere for long", writeText, eachAsked(notReady(), 30, 9s), elsewhere(1s));
    row("no quorum for OPEN_DEADLINE", writeText, eachAsked(notReady(), 30, 10s),
        stays(notReady().error));
    row("no quorum for OPEN_DEADLINE, another is left", writeText,
        with(notReady(), [](Loss &l) { l.refusedFor = 10s; }), stays(notReady().error));
    row("no quorum, CALL", u"CALL p()"_s, notReady(), stays(notReady().error));
    row("no quorum, pinned session", writeText, pinned(notReady()), stays(notReady().error));
    row("no quorum, several statements", u"SELECT 1; SELECT 2"_s, notReady(),
        stays(notReady().error));

    row("read-only", writeText, readOnly(), elsewhere());
    const Loss readOnlyEverywhere = eachAsked(readOnly(), 2, 1ms);
    row("read-only everywhere", writeText, readOnlyEverywhere, waiting(stays(readOnly().error)));
    row("read-only everywhere, nobody takes writes", writeText,
        with(readOnlyEverywhere, [](Loss &l) { l.hasWritable = false; }), stays(readOnly().error));
    row("read-only everywhere until a peer takes writes", writeText,
        with(readOnlyEverywhere, [](Loss &l) { l.hasWritable = true; }), elsewhere());
    row("read-only everywhere, CALL", u"CALL p()"_s, readOnlyEverywhere, stays(readOnly().error));
    row("read-only, CALL", u"CALL p()"_s, readOnly(), stays(readOnly().error));
    row("read-only at the prepare of CALL", u"CALL p()"_s,
        with(readOnly(), [](Loss &l) { l.beforeExecution = true; }), elsewhere());
    // The refusal is no loss: the one run that is allowed after a loss has not taken place yet.
    row("read-only, after a loss on a peer that is still silent", writeText,
        with(readOnly(), [](Loss &l) { l.losses = l.suspiciousLosses = 1; }), elsewhere());
    row("read-only, after two such losses", writeText,
        with(readOnly(), [](Loss &l) { l.losses = l.suspiciousLosses = 2; }),
        stays(readOnly().error));

    // 1036, 1005 and 1792 are the statement's own unless the server as a whole is read-only.
    const auto refused = [](int code, const QString &text, ErrorClass seenAs, ReadOnlyParts parts) {
        return with(failure(seenAs, code, text), [parts](Loss &l) {
            l.readOnlyParts = parts;
            l.refusals = 1;
        });
    };
    const ReadOnlyParts tables{.tables = true};
    const ReadOnlyParts transactions{.transactions = true};
    using E = ErrorClass;
    const Loss table = refused(1036, u"it was"_s, E::StatementsOwn, tables);
    row("read-only table", writeText, refused(1036, u"it was"_s, E::StatementsOwn, {}),
        stays(table.error));
    row("read-only tables", writeText, table, elsewhere());
    row("read-only tables, DROP of several", u"DROP TABLE t, u"_s, table, stays(table.error));
    row("read-only tables, CALL", u"CALL p()"_s, table, stays(table.error));
    const Loss engine = refused(1005, u"(errno: 165 \"read-only\")"_s, E::StatementsOwn, tables);
    row("read-only engine", u"CREATE TABLE t (a INT)"_s, engine, elsewhere());
    row("engine's other errors", u"CREATE TABLE t (a INT)"_s,
        refused(1005, u"(errno: 150)"_s, E::StatementsOwn, tables),
        stays(refused(1005, u"(errno: 150)"_s, E::None, {}).error));
    const Loss outdated = refused(1792, u"it was"_s, E::StatementsOwn, transactions);
    row("session begun read-only", writeText, outdated, elsewhere());
    row("session begun read-only, each peer asked", writeText,
        eachAsked(with(outdated, [](Loss &l) { l.peers = 2; }), 2, 1ms), elsewhere());
    row("session begun read-only, asked once more than there are peers", writeText,
        eachAsked(with(outdated, [](Loss &l) { l.peers = 2; }), 3, 1ms), stays(outdated.error));
    row("transaction that is read-only by itself", writeText,
        refused(1792, u"it was"_s, E::StatementsOwn, {}), stays(outdated.error));
    row("in a transaction, CALL", u"CALL p()"_s, inTransaction(outdated), stays(outdated.error));
}

void tst_AfterLoss::conflicts_data()
{
    addColumns();
    const QSqlError error = conflict().error;
    row("write", writeText, conflict(), retried());
    row("read", readText, conflict(), retried());
    row("on a pinned session: it stays there", writeText, pinned(conflict()), retried());
    row("the third time", writeText, with(conflict(), [](Loss &l) { l.conflicts = 3; }), retried(0));
    row("the sixth time", writeText, with(conflict(), [](Loss &l) { l.conflicts = 6; }), retried(1));
    row("too often", writeText, with(conflict(), [](Loss &l) { l.conflictPause.reset(); }),
        stays(error));
    row("in a transaction", writeText, inTransaction(conflict()), stays(error));
    row("autocommit off", writeText, withoutAutocommit(conflict()), stays(error));
    row("several statements", u"SELECT 1; SELECT 2"_s, conflict(), stays(error));
    row("CALL", u"CALL p()"_s, conflict(), stays(error));
    row("COMMIT", u"COMMIT"_s, conflict(), stays(error));
    row("SET of a setting", u"SET sql_mode = ''"_s, conflict(), stays(error));
    row("LAST_INSERT_ID()", dependsOnPrevious, used(conflict()), stays(error));
    const QSqlError rolledBack = groupConflict(GroupStanding::Online).error;
    row("by the group", writeText, groupConflict(GroupStanding::Online), retried());
    row("by a member of no known standing", writeText, groupConflict(GroupStanding::Unknown),
        stays(rolledBack));
    row("by a member that has left", writeText, groupConflict(GroupStanding::Apart),
        leaves(LossTexts::outcomeUnknown(peer, rolledBack)));
    row("by a member without majority, read", readText, groupConflict(GroupStanding::Minority),
        again());
}

void tst_AfterLoss::closedSessions_data()
{
    addColumns();
    const Loss loss = closed();
    row("write", writeText, loss, elsewhere());
    row("several statements", u"SELECT 1; SELECT 2"_s, loss, elsewhere());
    row("autocommit off", writeText, withoutAutocommit(loss), elsewhere());
    row("pinned", readText, pinned(loss), leaves(LossTexts::stateLost(peer, {pinName})));
    row("LAST_INSERT_ID()", dependsOnPrevious, used(loss),
        leaves(LossTexts::stateLost(peer, {LossTexts::previousResult()})));
    row("LAST_INSERT_ID() of a session that was not used", dependsOnPrevious, loss, elsewhere());
    const Loss open = inTransaction(loss);
    const QSqlError over = LossTexts::transactionLost(peer, loss.error.databaseText());
    row("in a transaction", writeText, open, lost(over));
    row("in a transaction, pinned", writeText, pinned(open),
        lost(LossTexts::withLostState(over, {pinName})));
    row("DDL in a transaction", u"CREATE TABLE t (a INT)"_s, open, lost(over));
    row("after DDL that failed", writeText, afterFailedDdl(loss),
        lost(LossTexts::transactionOutcomeUnknown(peer, loss.error), Transaction::Lost, true));
    row("COMMIT", u"COMMIT"_s, open, lost(LossTexts::nothingCommitted(peer), Transaction::Over));
    row("call of commit", Kind::Commit, open,
        lost(LossTexts::nothingCommitted(peer), Transaction::Over));
    row("COMMIT after DDL that failed", u"COMMIT"_s, afterFailedDdl(loss),
        lost(LossTexts::perhapsCommitted(peer), Transaction::Over, true));
    row("call of rollback", Kind::Rollback, open, done());
    row("call of rollback, pinned", Kind::Rollback, pinned(open), telling(done()));
    row("ROLLBACK", u"ROLLBACK"_s, open, elsewhere());
    row("ROLLBACK, pinned", u"ROLLBACK"_s, pinned(open), telling(elsewhere()));
}

void tst_AfterLoss::causes_data()
{
    QTest::addColumn<Loss>("loss");
    QTest::addColumn<QString>("cause");
    const auto row = [](const char *name, const Loss &loss, const QSqlError &cause) {
        QTest::newRow(name) << loss << wordsOf(cause);
    };
    const auto code = [](int number) { return failure(ErrorClass::AnswerLost, number); };
    const auto sized = [](Loss loss, qint64 bytes, qint64 limit) {
        loss.bytes = bytes;
        loss.packetLimit = limit;
        return loss;
    };
    row("as reported", sized(code(1062), 9, 8), code(1062).error);
    row("too large for the client library", code(2020),
        LossTexts::tooLargeForClient(code(2020).error));
    row("just within the limit", sized(code(2006), 7, 8), code(2006).error);
    for (const int number : {2006, 2013, 1153})
        row(qPrintable(u"too large, %1"_s.arg(number)), sized(code(number), 8, 8),
            LossTexts::oversized(code(number).error, peer, 8, 8));
    row("too large, for all that is known", code(1153),
        LossTexts::perhapsOversized(code(1153).error));
    const auto struck = [](Loss &l) { l.losses = 1; };
    row("struck again", with(code(2006), struck), LossTexts::perhapsOversized(code(2006).error));
    row("struck again, within the limit", with(sized(code(2006), 7, 8), struck), code(2006).error);
    row("answer lost again", with(code(2013), struck), code(2013).error);
    for (const CutReason reason : {CutReason::Silent, CutReason::DeadPath, CutReason::Minority})
        row(qPrintable(u"cut, %1"_s.arg(int(reason))),
            with(code(2013), [reason](Loss &l) { l.cut = reason; }),
            LossTexts::cutInFlight(code(2013).error, reason));
}

void tst_AfterLoss::causes()
{
    QFETCH(Loss, loss);
    QTEST(wordsOf(loss.cause()), "cause");
}

void tst_AfterLoss::lostTransaction_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<bool>("mayHaveCommitted");
    QTest::addColumn<AfterLoss>("expected");
    QTest::addColumn<bool>("reportsLoss");
    const auto over = [](AfterLoss after) {
        after.leavesSession = false;
        after.transaction = Transaction::Over;
        return after;
    };
    AfterLoss run = stays({});
    run.next = Next::Run;
    QTest::newRow("call of rollback")
            << Kind::Rollback << QString() << true << over(done()) << false;
    QTest::newRow("ROLLBACK") << Kind::Text << u"ROLLBACK"_s << false << over(run) << false;
    QTest::newRow("metadata") << Kind::Metadata << QString() << false << run << false;
    QTest::newRow("COMMIT") << Kind::Text << u"COMMIT"_s << false
                            << over(stays(LossTexts::nothingCommitted(peer))) << true;
    QTest::newRow("call of commit, perhaps committed")
            << Kind::Commit << QString() << true << over(stays(LossTexts::perhapsCommitted(peer)))
            << true;
    QTest::newRow("write") << Kind::Text << writeText << false
                           << stays(LossTexts::transactionStillLost(peer)) << true;
    QTest::newRow("ROLLBACK among others") << Kind::Text << u"ROLLBACK; SELECT 1"_s << false
                                           << stays(LossTexts::transactionStillLost(peer)) << true;
    QTest::newRow("prepare of ROLLBACK") << Kind::Prepare << u"ROLLBACK"_s << false
                                         << stays(LossTexts::transactionStillLost(peer)) << true;
}

void tst_AfterLoss::lostTransaction()
{
    QFETCH(Kind, kind);
    QFETCH(QString, sql);
    QFETCH(bool, mayHaveCommitted);
    QFETCH(AfterLoss, expected);
    const StatementTraits traits = traitsOf(kind, sql);
    const Touch touch{kind, sql};
    compare(afterLostTransaction({touch, traits}, mayHaveCommitted, peer), expected);
    QTEST(mustReportLoss({touch, traits}), "reportsLoss");
}

QTEST_APPLESS_MAIN(tst_AfterLoss)
#include "tst_afterloss.moc"
