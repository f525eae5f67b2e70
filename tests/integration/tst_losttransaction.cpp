// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "losstest.h"

/// Transactions that lose their session at one of their statements, cut exactly there by a relay, and are not
/// replayed. The
/// relay stands before the first server; the second is reached directly.
class tst_LostTransaction : public LossTest
{
    Q_OBJECT

    static QString options(const QString &more = {})
    {
        return LossTest::options(u";RETRY_TRANSACTIONS=0"_s + more);
    }

private Q_SLOTS:
    void initTestCase() { start(); }
    void init() { empty(); }

    void beginIsRunOnceMore_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::newRow("transaction()") << QString();
        QTest::newRow("BEGIN") << u"BEGIN"_s;
        QTest::newRow("START TRANSACTION") << u"START TRANSACTION READ WRITE"_s;
    }

    void beginIsRunOnceMore()
    {
        QFETCH(QString, statement);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        m_relay->cutOnce(statement.isEmpty() ? "BEGIN" : statement.toUtf8(),
                         Relay::CutMoment::AfterAnswer);
        QSqlQuery query(db.get());
        const bool done = statement.isEmpty() ? db.get().transaction() : query.exec(statement);
        QVERIFY2(done, qPrintable(db.error().text() + query.lastError().text()));
        QCOMPARE(db.currentPeer(), m_servers[1].address());
        QVERIFY(query.exec(u"INSERT INTO ledger VALUES (10)"_s));
        QCOMPARE(rowsOn(1), 0);
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QCOMPARE(rowsOn(1), 1);
    }

    void rollbackIsNotNoticed_data()
    {
        QTest::addColumn<bool>("inSql");
        QTest::newRow("rollback()") << false;
        QTest::newRow("ROLLBACK") << true;
    }

    void rollbackIsNotNoticed()
    {
        QFETCH(bool, inSql);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QVERIFY(db.get().transaction());
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"INSERT INTO ledger VALUES (11)"_s));
        m_relay->cutOnce("ROLLBACK", Relay::CutMoment::BeforeRequest);
        const bool done = inSql ? query.exec(u"ROLLBACK"_s) : db.get().rollback();
        QVERIFY2(done, qPrintable(db.error().text() + query.lastError().text()));
        QVERIFY2(query.exec(u"INSERT INTO ledger VALUES (12)"_s),
                 qPrintable(query.lastError().text()));
        QTRY_COMPARE(rowsOn(0), 0);
        QCOMPARE(rowsOn(1), 1);
    }

    void stateLostWithARollbackIsNamedByTheNextStatement_data() { rollbackIsNotNoticed_data(); }

    void stateLostWithARollbackIsNamedByTheNextStatement()
    {
        QFETCH(bool, inSql);
        for (const bool isFoundClosed : {true, false}) {
            ScopedDatabase db(hosts(), options());
            QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
            QSqlQuery query(db.get());
            QVERIFY(query.exec(u"SET @a = 1"_s));
            QVERIFY(db.get().transaction());
            if (isFoundClosed)
                m_relay->cutConnections();
            else
                m_relay->cutOnce("ROLLBACK", Relay::CutMoment::BeforeRequest);
            const bool done = inSql ? query.exec(u"ROLLBACK"_s) : db.get().rollback();
            if (isFoundClosed || !inSql) {
                QVERIFY2(done, qPrintable(db.error().text() + query.lastError().text()));
                QVERIFY2(!query.exec(u"SELECT @a"_s), "a variable of nobody's");
            }
            const QString text = query.lastError().text();
            QVERIFY2(text.contains(u"user_variables"_s), qPrintable(text));
            QVERIFY2(query.exec(u"SELECT @a"_s), "told once");
        }
    }

    void commitOfUnknownFate()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QVERIFY(db.get().transaction());
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"INSERT INTO ledger VALUES (3)"_s));
        m_relay->cutOnce("COMMIT", Relay::CutMoment::AfterAnswer);
        QVERIFY(!db.get().commit());
        const QString text = db.error().text();
        QVERIFY2(text.contains(u"may or may not have been executed"_s), qPrintable(text));
        QCOMPARE(rowsOn(0), 1);
        QVERIFY2(query.exec(u"SELECT 1"_s), "a failed commit leaves the transaction");
    }

    void transactionThatMayBeCommittedIsNotCalledRolledBack_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::newRow("DDL") << u"CREATE OR REPLACE TABLE test.other (a INT)"_s;
        QTest::newRow("BEGIN") << u"BEGIN /* again */"_s;
        QTest::newRow("several in one text") << u"DO 1; COMMIT"_s;
        QTest::newRow("COMMIT AND CHAIN") << u"COMMIT AND CHAIN"_s;
        QTest::newRow("transaction()") << QString();
    }

    void transactionThatMayBeCommittedIsNotCalledRolledBack()
    {
        QFETCH(QString, statement);
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QVERIFY(db.get().transaction());
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"INSERT INTO ledger VALUES (6)"_s));
        m_relay->cutOnce(statement.isEmpty() ? "BEGIN" : statement.toUtf8(),
                         Relay::CutMoment::AfterAnswer);
        const bool done = statement.isEmpty() ? db.get().transaction() : query.exec(statement);
        QVERIFY(!done);
        QString text = statement.isEmpty() ? db.error().text() : query.lastError().text();
        QVERIFY2(text.contains(u"transaction may or may not have been committed"_s),
                 qPrintable(text));
        QCOMPARE(rowsOn(0), 1);
        QVERIFY2(!query.exec(u"INSERT INTO ledger VALUES (7)"_s), "it is lost until rollback()");
        QVERIFY(!db.get().commit());
        text = db.error().text();
        QVERIFY2(text.contains(u"may or may not have committed"_s), qPrintable(text));
        QCOMPARE(rowsOn(0) + rowsOn(1), 1);
    }

    // DDL commits before it fails.
    void failedDefinitionMayHaveCommitted_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("mayHaveCommitted");
        QTest::newRow("exists") << u"CREATE TABLE numbers (id INT)"_s << true;
        QTest::newRow("missing") << u"DROP TABLE nosuch"_s << true;
        QTest::newRow("syntax") << u"CREATE TABLE TABLE"_s << false;
        QTest::newRow("a query") << u"SELECT nosuch FROM numbers"_s << false;
    }

    void failedDefinitionMayHaveCommitted()
    {
        QFETCH(QString, sql);
        QFETCH(bool, mayHaveCommitted);
        ScopedDatabase db(m_servers[0].address(), u"MAX_IDLE=0;RETRY_TRANSACTIONS=0"_s);
        QVERIFY(db.open());
        QVERIFY(m_servers[0].executeAsRoot(u"CREATE TABLE IF NOT EXISTS test.numbers (id INT)"_s));
        QVERIFY(db.get().transaction());
        QVERIFY(QSqlQuery(db.get()).exec(u"INSERT INTO numbers VALUES (77)"_s));
        QVERIFY(!QSqlQuery(db.get()).exec(sql));
        QVERIFY(m_servers[0].killSessions());
        QVERIFY(!db.get().commit());
        QCOMPARE(db.get().lastError().text().contains("Nothing was committed"_L1),
                 !mayHaveCommitted);
        QCOMPARE(db.get().lastError().text().contains("may or may not have committed"_L1),
                 mayHaveCommitted);
        QVERIFY(db.get().transaction()); // it is over
        QVERIFY(db.get().rollback());
    }

    void pinnedStateLostWithATransactionIsNamed()
    {
        ScopedDatabase db(hosts(), options());
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"SET @a = 1"_s) && db.get().transaction());
        m_relay->cutOnce("INSERT", Relay::CutMoment::AfterAnswer);
        QVERIFY(!query.exec(u"INSERT INTO ledger VALUES (9)"_s));
        const QString text = query.lastError().text();
        QVERIFY2(text.contains(u"user_variables"_s), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(tst_LostTransaction)
#include "tst_losttransaction.moc"
