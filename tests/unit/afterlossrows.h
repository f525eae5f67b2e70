// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection/afterloss.h"

#include "connection/losstexts.h"

#include <QtTest/QtTest>

Q_DECLARE_METATYPE(qproxysql::Loss)
Q_DECLARE_METATYPE(qproxysql::AfterLoss)
Q_DECLARE_METATYPE(qproxysql::Touch::Kind)

namespace qproxysql::test {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Kind = Touch::Kind;
using Next = AfterLoss::Next;
using Transaction = AfterLoss::Transaction;

inline const QString peer = u"db1:3306"_s;
inline const QString pinName = u"user_variables"_s;
inline const QString readText = u"SELECT a FROM t"_s;
inline const QString writeText = u"UPDATE t SET a = 1"_s;
inline const QString dependsOnPrevious = u"SELECT LAST_INSERT_ID()"_s;

template<typename Change>
inline Loss with(Loss loss, Change change)
{
    change(loss);
    return loss;
}

inline Loss failure(ErrorClass seenAs, int code, const QString &text = u"it was"_s)
{
    Loss loss;
    loss.peerName = peer;
    loss.seenAs = seenAs;
    loss.error = QSqlError(u"QMYSQL"_s, text, QSqlError::StatementError, QString::number(code));
    return loss;
}

inline Loss answerLost()
{
    return failure(ErrorClass::AnswerLost, 2013);
}
inline Loss notSent()
{
    return failure(ErrorClass::NotSent, 2006);
}
inline Loss notReady()
{
    return with(failure(ErrorClass::RefusedNotReady, 1047), [](Loss &l) {
        l.refusals = 1;
        l.openDeadline = 10s;
        l.isOtherSelectable = true;
    });
}
inline Loss readOnly()
{
    return with(failure(ErrorClass::ReadOnly, 1290), [](Loss &l) { l.refusals = 1; });
}
inline Loss conflict()
{
    return with(failure(ErrorClass::Conflict, 1213), [](Loss &l) {
        l.conflicts = 1;
        l.conflictPause = 7ms;
    });
}
inline Loss groupConflict(GroupStanding standing)
{
    return with(conflict(), [standing](Loss &l) {
        l.error = failure(ErrorClass::Conflict, 3101).error;
        l.standing = standing;
    });
}
inline Loss closed()
{
    return with(notSent(), [](Loss &l) { l.isAttempted = false; });
}

inline Loss inTransaction(Loss loss)
{
    loss.held.noteTransaction(TransactionVerb::Begin);
    return loss;
}
inline Loss pinned(Loss loss)
{
    loss.held.pin(SessionPin::UserVariables);
    return loss;
}
inline Loss used(Loss loss)
{
    loss.held.noteRefusal();
    return loss;
}
inline Loss withoutAutocommit(Loss loss)
{
    loss.held.noteStatus(0);
    return loss;
}
inline Loss afterFailedDdl(Loss loss)
{
    loss = inTransaction(std::move(loss));
    loss.held.noteDoubtfulEnd();
    return loss;
}

inline AfterLoss stays(const QSqlError &error)
{
    AfterLoss after;
    after.error = error;
    return after;
}
inline AfterLoss waiting(AfterLoss after)
{
    after.awaitsWritable = true;
    return after;
}
inline AfterLoss leaves(const QSqlError &error)
{
    AfterLoss after = stays(error);
    after.leavesSession = true;
    return after;
}
inline AfterLoss again()
{
    AfterLoss after = leaves({});
    after.next = Next::Run;
    after.isCountedAsLoss = true;
    return after;
}
inline AfterLoss elsewhere(std::chrono::milliseconds pause = 0ms)
{
    AfterLoss after = again();
    after.isCountedAsLoss = false;
    after.pause = pause;
    return after;
}
inline AfterLoss retried(std::optional<int> meeting = {})
{
    AfterLoss after = elsewhere(7ms);
    after.leavesSession = false;
    after.meeting = meeting;
    return after;
}
inline AfterLoss lost(const QSqlError &error, Transaction transaction = Transaction::Lost,
                      bool mayHaveCommitted = false)
{
    AfterLoss after = leaves(error);
    after.transaction = transaction;
    after.mayHaveCommitted = mayHaveCommitted;
    return after;
}
inline Loss replayable(Loss loss)
{
    loss.isReplayable = true;
    return loss;
}
inline AfterLoss replayed(AfterLoss ifNot, bool isCountedAsLoss = true)
{
    ifNot.next = Next::Run;
    ifNot.replays = true;
    ifNot.isCountedAsLoss = isCountedAsLoss;
    return ifNot;
}
inline AfterLoss done(AfterLoss after = leaves({}))
{
    after.next = Next::Done;
    return after;
}
inline AfterLoss telling(AfterLoss after)
{
    after.unreported = LossTexts::stateLost(peer, {pinName});
    return after;
}

inline QString wordsOf(const QSqlError &error)
{
    return error.driverText() + u" | "_s + error.databaseText() + u" | "_s
           + error.nativeErrorCode();
}

inline void compare(const AfterLoss &actual, const AfterLoss &expected)
{
    QCOMPARE(int(actual.next), int(expected.next));
    QCOMPARE(actual.leavesSession, expected.leavesSession);
    if (expected.next == Next::Fail)
        QCOMPARE(wordsOf(actual.error), wordsOf(expected.error));
    QCOMPARE(actual.pause, expected.pause);
    QCOMPARE(actual.awaitsWritable, expected.awaitsWritable);
    QCOMPARE(actual.meeting, expected.meeting);
    QCOMPARE(actual.isCountedAsLoss, expected.isCountedAsLoss);
    QCOMPARE(int(actual.transaction), int(expected.transaction));
    QCOMPARE(actual.mayHaveCommitted, expected.mayHaveCommitted);
    QCOMPARE(actual.replays, expected.replays);
    QCOMPARE(actual.seeksFate, expected.seeksFate);
    if (expected.replays) // if the replay fails
        QCOMPARE(wordsOf(actual.error), wordsOf(expected.error));
    QCOMPARE(wordsOf(actual.unreported), wordsOf(expected.unreported));
}

inline StatementTraits traitsOf(Kind kind, const QString &sql)
{
    if (!sql.isEmpty())
        return classifyStatement(sql);
    return traitsOfCall(kind);
}

/// A statement, what is known of its loss, what is to become of it.
inline void addColumns()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<Loss>("loss");
    QTest::addColumn<AfterLoss>("expected");
}

inline void row(const char *name, const QString &sql, const Loss &loss, const AfterLoss &expected,
                Kind kind = Kind::Text)
{
    QTest::newRow(name) << kind << sql << loss << expected;
}

inline void row(const char *name, Kind kind, const Loss &loss, const AfterLoss &expected)
{
    row(name, {}, loss, expected, kind);
}

inline void check()
{
    QFETCH(Kind, kind);
    QFETCH(QString, sql);
    QFETCH(Loss, loss);
    QFETCH(AfterLoss, expected);
    const StatementTraits traits = traitsOf(kind, sql);
    const Touch touch{kind, sql};
    compare(afterLoss(loss, {touch, traits}), expected);
}

} // namespace qproxysql::test
