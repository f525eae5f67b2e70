// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "afterlossrows.h"

using namespace qproxysql;
using namespace qproxysql::test;

/// Which transactions are replayed after a loss: the rules of docs/transactions.md.
class tst_AfterLossReplays : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replays_data();
    void replays() { check(); }
    void closedAndRefused_data();
    void closedAndRefused() { check(); }
    void readOnlyPeers_data();
    void readOnlyPeers() { check(); }
    void conflicts_data();
    void conflicts() { check(); }
};

void tst_AfterLossReplays::replays_data()
{
    addColumns();
    const Loss loss = replayable(inTransaction(answerLost()));
    const QSqlError over = LossTexts::transactionLost(peer, loss.error);
    const AfterLoss unknown = lost(LossTexts::outcomeUnknown(peer, loss.error), Transaction::Over,
                                   true);
    row("read", readText, loss, replayed(lost(over)));
    row("write", writeText, loss, replayed(lost(over)));
    row("prepared write", writeText, loss, replayed(lost(over)), Kind::ExecutePrepared);
    row("prepare", writeText, loss, replayed(lost(over)), Kind::Prepare);
    row("metadata", Kind::Metadata, loss, replayed(lost(over)));
    row("SAVEPOINT", u"SAVEPOINT a"_s, loss, replayed(lost(over)));
    const Loss killed = replayable(inTransaction(failure(ErrorClass::Killed, 1927)));
    row("killed", writeText, killed, replayed(lost(LossTexts::transactionLost(peer, killed.error))));
    row("COMMIT", u"COMMIT"_s, loss, unknown);
    row("call of commit", Kind::Commit, loss, unknown);
    const Loss unsent = replayable(inTransaction(notSent()));
    const QSqlError notSentOver = LossTexts::transactionLost(peer, unsent.error);
    row("COMMIT, not sent", u"COMMIT"_s, unsent, replayed(lost(notSentOver, Transaction::Over)));
    const QSqlError perhaps = LossTexts::transactionOutcomeUnknown(peer, loss.error);
    for (const char *sql : {"CREATE TABLE t (a INT)", "BEGIN", "COMMIT AND CHAIN", "CALL p()",
                            "SET autocommit=1", "UPDATE t SET a = 1; COMMIT"})
        row(sql, QString::fromLatin1(sql), loss, lost(perhaps, Transaction::Lost, true));
    row("several statements", u"SELECT 1; SELECT 2"_s, loss, lost(over));
    row("stored function", u"SELECT f()"_s, loss, lost(over));
    row("call of rollback", Kind::Rollback, loss, done());
    row("after DDL that failed", writeText, replayable(afterFailedDdl(answerLost())),
        lost(perhaps, Transaction::Lost, true));
    row("pinned session", writeText, pinned(loss), lost(LossTexts::withLostState(over, {pinName})));
    Loss ignored = replayable(answerLost());
    ignored.held = SessionState(SessionPin::UserVariables);
    ignored = inTransaction(pinned(ignored));
    row("state that is ignored", writeText, ignored, lost(over));
    row("LAST_INSERT_ID()", dependsOnPrevious, used(loss), lost(over));
    row("own time-out", writeText, with(loss, [](Loss &l) { l.isOwnTimeout = true; }), lost(over));
    row("lost on a peer that is still silent", writeText,
        with(loss, [](Loss &l) { l.losses = l.suspiciousLosses = 1; }), lost(over));
    row("lost on a peer that has answered since", writeText,
        with(loss, [](Loss &l) { l.losses = 1; }), replayed(lost(over)));
    row("lost during a replay for COMMIT", u"COMMIT"_s,
        with(loss, [](Loss &l) { l.beforeExecution = true; }),
        replayed(lost(over, Transaction::Over)));
    row("autocommit off, write", writeText, replayable(withoutAutocommit(answerLost())),
        replayed(leaves(LossTexts::outcomeUnknown(peer, answerLost().error))));
    row("autocommit off, DDL", u"CREATE TABLE t (a INT)"_s,
        replayable(withoutAutocommit(answerLost())),
        leaves(LossTexts::outcomeUnknown(peer, answerLost().error)));
}

void tst_AfterLossReplays::closedAndRefused_data()
{
    addColumns();
    const Loss found = replayable(inTransaction(closed()));
    const QString why = found.error.databaseText();
    row("found closed", writeText, found,
        replayed(lost(LossTexts::transactionLost(peer, why)), false));
    row("found closed, COMMIT", u"COMMIT"_s, found,
        replayed(lost(LossTexts::nothingCommitted(peer), Transaction::Over), false));
    row("found closed, DDL", u"CREATE TABLE t (a INT)"_s, found,
        replayed(lost(LossTexts::transactionLost(peer, why)), false));

    const Loss refused = replayable(inTransaction(notReady()));
    row("no quorum", writeText, refused,
        replayed(lost(LossTexts::transactionLost(peer, refused.error)), false));
    row("no quorum, COMMIT", u"COMMIT"_s, refused,
        replayed(lost(LossTexts::transactionLost(peer, refused.error), Transaction::Over), false));
    const Loss noneYet = with(refused, [](Loss &l) {
        l.isOtherSelectable = false;
        l.peers = 3;
    });
    row("no quorum, COMMIT, none yet", u"COMMIT"_s, noneYet,
        replayed(lost(LossTexts::transactionLost(peer, refused.error), Transaction::Over), false));
    row("no quorum, COMMIT, the only peer", u"COMMIT"_s,
        with(noneYet, [](Loss &l) { l.peers = 1; }), stays(refused.error));
}

void tst_AfterLossReplays::readOnlyPeers_data()
{
    addColumns();
    const Loss refused = replayable(inTransaction(readOnly()));
    const AfterLoss elsewhere = replayed(lost(LossTexts::transactionLost(peer, refused.error)),
                                         false);
    row("write", writeText, refused, elsewhere);
    row("COMMIT", u"COMMIT"_s, refused, stays(refused.error));
    row("DDL", u"CREATE TABLE t (a INT)"_s, refused, stays(refused.error));
    row("replay for COMMIT", u"COMMIT"_s, with(refused, [](Loss &l) { l.beforeExecution = true; }),
        replayed(lost(LossTexts::transactionLost(peer, refused.error), Transaction::Over), false));
    row("not recorded", writeText, inTransaction(readOnly()), stays(refused.error));
    row("pinned session", writeText, pinned(refused), stays(refused.error));
    const Loss byAll = with(refused, [](Loss &l) { l.isEachAsked = true; });
    AfterLoss waits = stays(refused.error);
    waits.awaitsWritable = true;
    row("by all", writeText, byAll, waits);
    row("by all, none takes writes", writeText, with(byAll, [](Loss &l) { l.hasWritable = false; }),
        stays(refused.error));
    row("by all, one takes writes", writeText, with(byAll, [](Loss &l) { l.hasWritable = true; }),
        elsewhere);
}

void tst_AfterLossReplays::conflicts_data()
{
    addColumns();
    const auto afterConflict = [](const QSqlError &error) {
        AfterLoss after = replayed(stays(error), false);
        after.pause = 7ms;
        return after;
    };
    const Loss lostConflict = replayable(inTransaction(conflict()));
    row("conflict", writeText, lostConflict, afterConflict(conflict().error));
    row("conflict of COMMIT", u"COMMIT"_s, lostConflict, afterConflict(conflict().error));
    row("conflict of a replay, after a loss on a peer that is still silent", writeText,
        with(lostConflict, [](Loss &l) { l.losses = l.suspiciousLosses = 1; }),
        afterConflict(conflict().error));
    row("conflict of a replay, after two such losses", writeText,
        with(lostConflict, [](Loss &l) { l.losses = l.suspiciousLosses = 2; }),
        stays(conflict().error));
    row("conflict of DDL", u"CREATE TABLE t (a INT)"_s, lostConflict, stays(conflict().error));
    AfterLoss elsewhereAfterConflict = afterConflict(conflict().error);
    elsewhereAfterConflict.leavesSession = true;
    row("conflict on a peer that drains", writeText,
        with(lostConflict, [](Loss &l) { l.isDraining = true; }), elsewhereAfterConflict);
    row("conflict too often", writeText,
        with(lostConflict, [](Loss &l) { l.conflictPause.reset(); }), stays(conflict().error));
    const Loss byGroup = replayable(inTransaction(groupConflict(GroupStanding::Online)));
    row("conflict in the group, COMMIT", u"COMMIT"_s, byGroup, afterConflict(byGroup.error));
    const Loss apart = replayable(inTransaction(groupConflict(GroupStanding::Apart)));
    row("of a member that has left, COMMIT", u"COMMIT"_s, apart,
        lost(LossTexts::outcomeUnknown(peer, apart.error), Transaction::Over, true));
}

QTEST_APPLESS_MAIN(tst_AfterLossReplays)
#include "tst_afterlossreplays.moc"
