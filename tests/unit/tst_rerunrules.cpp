// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/rerunrules.h"

#include <QtTest/QtTest>

using namespace qproxysql;

Q_DECLARE_METATYPE(qproxysql::FailedStatement)

namespace {

FailedStatement read(ErrorClass errorClass)
{
    FailedStatement statement;
    statement.errorClass = errorClass;
    statement.isSingle = true;
    statement.isPlainRead = true;
    return statement;
}

FailedStatement write(ErrorClass errorClass)
{
    FailedStatement statement = read(errorClass);
    statement.isPlainRead = false;
    return statement;
}

template<typename Change>
FailedStatement with(FailedStatement statement, Change change)
{
    change(statement);
    return statement;
}

} // namespace

class tst_RerunRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data()
    {
        QTest::addColumn<FailedStatement>("statement");
        QTest::addColumn<bool>("mayRun");
        QTest::addColumn<bool>("unknown");
        using F = FailedStatement;

        QTest::newRow("read, answer lost") << read(ErrorClass::AnswerLost) << true << false;
        QTest::newRow("write, answer lost") << write(ErrorClass::AnswerLost) << false << true;
        QTest::newRow("write, not sent") << write(ErrorClass::NotSent) << true << false;
        QTest::newRow("write, refused by Galera")
                << write(ErrorClass::RefusedNotReady) << true << false;
        QTest::newRow("write, idle time-out") << write(ErrorClass::IdleTimeout) << true << false;
        QTest::newRow("write, ProxySQL lost its backend")
                << write(ErrorClass::BackendLost) << true << false;
        QTest::newRow("write, session is tied to other servers of a proxy")
                << write(ErrorClass::SessionTied) << true << false;
        QTest::newRow("write, peer is read-only") << write(ErrorClass::ReadOnly) << true << false;
        QTest::newRow("read, killed") << read(ErrorClass::Killed) << false << false;
        QTest::newRow("write, killed") << write(ErrorClass::Killed) << false << true;
        QTest::newRow("read, its own error") << read(ErrorClass::StatementsOwn) << false << false;
        QTest::newRow("write, its own error") << write(ErrorClass::StatementsOwn) << false << false;
        QTest::newRow("write, conflict") << write(ErrorClass::Conflict) << false << false;
        QTest::newRow("prepare of a write, answer lost")
                << with(write(ErrorClass::AnswerLost), [](F &s) { s.isPrepare = true; }) << true
                << false;
        QTest::newRow("write lost at COM_STMT_RESET")
                << with(write(ErrorClass::AnswerLost), [](F &s) { s.beforeExecution = true; })
                << true << false;
        QTest::newRow("BEGIN, answer lost")
                << with(write(ErrorClass::AnswerLost), [](F &s) { s.isTransactionBegin = true; })
                << true << false;
        QTest::newRow("read in a transaction")
                << with(read(ErrorClass::NotSent), [](F &s) { s.inTransaction = true; }) << false
                << false;
        QTest::newRow("read on a pinned session")
                << with(read(ErrorClass::NotSent), [](F &s) { s.isPinned = true; }) << false
                << false;
        QTest::newRow("several statements, not sent")
                << with(write(ErrorClass::NotSent), [](F &s) { s.isSingle = false; }) << false
                << false;
        QTest::newRow("LAST_INSERT_ID(), not sent")
                << with(read(ErrorClass::NotSent), [](F &s) { s.readsSessionRest = true; }) << false
                << false;
        QTest::newRow("read, own time-out")
                << with(read(ErrorClass::AnswerLost), [](F &s) { s.ownTimeout = true; }) << false
                << false;
        QTest::newRow("read lost on a second peer")
                << with(read(ErrorClass::AnswerLost), [](F &s) { s.earlierLosses = 1; }) << false
                << false;
        QTest::newRow("write, not sent twice: a packet that is too large")
                << with(write(ErrorClass::NotSent), [](F &s) { s.earlierLosses = 1; }) << false
                << false;
    }

    void decides()
    {
        QFETCH(FailedStatement, statement);
        QTEST(mayRunAgain(statement, 1), "mayRun");
        QTEST(isOutcomeUnknown(statement), "unknown");
    }

    void conflicts_data()
    {
        QTest::addColumn<FailedStatement>("statement");
        QTest::addColumn<bool>("mayRetry");
        using F = FailedStatement;
        const FailedStatement lost = write(ErrorClass::Conflict);
        QTest::newRow("single autocommit write") << lost << true;
        QTest::newRow("read") << read(ErrorClass::Conflict) << true;
        QTest::newRow("on a pinned session: it stays there")
                << with(lost, [](F &s) { s.isPinned = true; }) << true;
        QTest::newRow("in a transaction")
                << with(lost, [](F &s) { s.inTransaction = true; }) << false;
        QTest::newRow("several statements")
                << with(lost, [](F &s) { s.isSingle = false; }) << false;
        QTest::newRow("CALL") << with(lost, [](F &s) { s.leavesState = true; }) << false;
        QTest::newRow("LAST_INSERT_ID()")
                << with(lost, [](F &s) { s.readsSessionRest = true; }) << false;
        QTest::newRow("another error") << write(ErrorClass::StatementsOwn) << false;
    }

    void conflicts()
    {
        QFETCH(FailedStatement, statement);
        QTEST(mayRetryConflict(statement), "mayRetry");
    }

    void retryReadsTurnsReadsOff()
    {
        QVERIFY(!mayRunAgain(read(ErrorClass::AnswerLost), 0));
        QVERIFY2(mayRunAgain(write(ErrorClass::NotSent), 0),
                 "what was not executed is not a retry of a read");
    }
};

QTEST_APPLESS_MAIN(tst_RerunRules)
#include "tst_rerunrules.moc"
