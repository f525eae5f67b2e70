// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "afterlossrows.h"

using namespace qproxysql;
using namespace qproxysql::test;

/// Which COMMITs are asked about after a loss, and what becomes of those that were not executed.
class tst_AfterLossCommits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asks_data();
    void asks() { check(); }
    void notCommitted_data();
    void notCommitted() { check(); }
};

void tst_AfterLossCommits::asks_data()
{
    addColumns();
    const auto withToken = [](Loss loss) {
        loss.canSeekFate = true;
        return loss;
    };
    const auto asked = [](AfterLoss after) {
        after.seeksFate = true;
        return after;
    };
    const Loss commit = withToken(inTransaction(answerLost()));
    const auto unknown = [](const Loss &loss) {
        return lost(LossTexts::outcomeUnknown(peer, loss.error), Transaction::Over, true);
    };
    row("COMMIT", u"COMMIT"_s, commit, asked(unknown(commit)));
    row("call of commit", Kind::Commit, commit, asked(unknown(commit)));
    row("of a transaction that could be replayed", Kind::Commit, replayable(commit),
        asked(unknown(commit)));
    row("own time-out", Kind::Commit, with(commit, [](Loss &l) { l.isOwnTimeout = true; }),
        asked(unknown(commit)));
    const Loss killed = withToken(inTransaction(failure(ErrorClass::Killed, 1927)));
    row("killed", Kind::Commit, killed, asked(unknown(killed)));
    const Loss apart = withToken(inTransaction(groupConflict(GroupStanding::Apart)));
    row("of a member that has left", Kind::Commit, apart, asked(unknown(apart)));
    const Loss error = withToken(inTransaction(failure(ErrorClass::StatementsOwn, 1180)));
    row("an error that does not say", Kind::Commit,
        with(error, [](Loss &l) { l.isCommitDoubtful = true; }), asked(unknown(error)));
    row("an error that says", Kind::Commit, error, stays(error.error));
    row("no token", Kind::Commit, inTransaction(answerLost()), unknown(commit));
    const Loss conflicting = withToken(inTransaction(conflict()));
    row("conflict", Kind::Commit, conflicting, stays(conflict().error));

    const Loss write = withToken(answerLost());
    row("a write alone", writeText, write,
        asked(leaves(LossTexts::outcomeUnknown(peer, write.error))));
    row("a write alone, before its COMMIT", writeText,
        with(answerLost(), [](Loss &l) { l.beforeExecution = true; }), again());
    row("conflict of a write alone", writeText, withToken(conflict()), retried());
}

void tst_AfterLossCommits::notCommitted_data()
{
    addColumns();
    const auto found = [](Loss loss) {
        loss.beforeExecution = loss.isNotCommitted = true;
        return loss;
    };
    const Loss commit = found(inTransaction(answerLost()));
    const AfterLoss over = lost(LossTexts::notCommitted(peer, commit.error), Transaction::Over);
    row("not to be replayed", Kind::Commit, commit, over);
    row("to be replayed", Kind::Commit, replayable(commit), replayed(over));
    row("lost on a peer that is still silent", Kind::Commit,
        with(replayable(commit), [](Loss &l) { l.losses = l.suspiciousLosses = 1; }), over);
    row("a write alone", writeText, found(answerLost()), again());
    row("a write alone, lost on a peer that is still silent", writeText,
        with(found(answerLost()), [](Loss &l) { l.losses = l.suspiciousLosses = 1; }),
        leaves(LossTexts::notExecuted(peer, answerLost().error)));
    const Loss killed = found(failure(ErrorClass::Killed, 1927));
    row("a write alone, killed", writeText, killed,
        leaves(LossTexts::notExecuted(peer, killed.error)));
}

QTEST_APPLESS_MAIN(tst_AfterLossCommits)
#include "tst_afterlosscommits.moc"
