// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtSql/QSqlField>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// What a connection's next session is given, and what cannot be given. Each of two servers stands
/// behind a relay; sessions are killed from the server's side.
class tst_CarriedState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        for (const QString &sql :
             {u"CREATE SCHEMA other"_s, u"CREATE SCHEMA `ü``x`"_s,
              u"GRANT ALL ON *.* TO app@'%', app@localhost"_s,
              u"CREATE TABLE test.numbered (id INT AUTO_INCREMENT PRIMARY KEY, a INT)"_s,
              u"CREATE PROCEDURE test.zone() SET time_zone = '+07:00'"_s})
            QVERIFY2(m_servers.executeEverywhere(sql), qPrintable(m_servers.errorString()));
        renewRelays();
    }

    void settingsAreAsTheyWere_data()
    {
        QTest::addColumn<QStringList>("sets");
        QTest::addColumn<QString>("options");
        const QString untracked = u";INIT_SQL=\"SET session_track_system_variables='';"
                                  "SET session_track_state_change=0;SET session_track_schema=0\""_s;
        const auto row = [&untracked](const char *name, const QStringList &sets,
                                      bool isPlain = true) {
            QTest::newRow(name) << sets << QString();
            if (isPlain)
                QTest::addRow("%s, untracked", name) << sets << untracked;
        };
        row("schema", {u"USE other"_s});
        row("odd schema under latin1", {u"USE `ü``x`"_s, u"SET NAMES latin1"_s});
        row("charset", {u"SET NAMES latin1"_s});
        row("charset and collation", {u"SET NAMES latin1 COLLATE latin1_german2_ci"_s});
        row("charsets apart",
            {u"SET character_set_results = cp1251"_s, u"SET character_set_connection = latin1"_s});
        row("collation, then charset",
            {u"SET NAMES utf8mb4 COLLATE utf8mb4_bin"_s, u"SET NAMES latin1"_s});
        row("isolation", {u"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"_s});
        row("isolation as variable", {u"SET tx_isolation = 'SERIALIZABLE'"_s});
        row("time zone", {u"SET time_zone = '+03:00'"_s});
        row("sql_mode", {u"SET sql_mode = ''"_s});
        row("numbers", {u"SET group_concat_max_len = 5000, sql_select_limit = 7"_s});
        row("autocommit", {u"SET autocommit = 0"_s});
        row("autocommit off and on", {u"SET autocommit = 0"_s, u"SET autocommit = 1"_s});
        row("all of them", {u"USE other"_s, u"SET time_zone = '+03:00', sql_mode = 'ANSI_QUOTES'"_s,
                            u"SET autocommit = 0"_s, u"SET NAMES latin1"_s,
                            u"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"_s});
        row("expression", {u"SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')"_s}, false);
        row("default", {u"SET time_zone = '+03:00'"_s, u"SET time_zone = DEFAULT"_s}, false);
        row("one statement's", {u"SET STATEMENT max_statement_time = 5 FOR DO 1"_s, u"DO 1"_s});
    }

    void settingsAreAsTheyWere()
    {
        QFETCH(QStringList, sets);
        QFETCH(QString, options);
        ScopedDatabase db(hosts(), pool() + options);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        for (const QString &sql : sets)
            run(db, sql);
        const QString before = settingsOf(db);
        const QString escaped = escapedBy(db);
        killSessions();
        const QString after = settingsOf(db);
        QVERIFY2(!after.startsWith(u"error"_s), qPrintable(after));
        QCOMPARE(after, before);
        QCOMPARE(escapedBy(db), escaped);
    }

    void preparedSetIsCarried()
    {
        ScopedDatabase db(hosts(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QVERIFY(query.prepare(u"SET time_zone = ?"_s));
        query.addBindValue(u"+05:00"_s);
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        killSessions();
        QCOMPARE(db.value(u"SELECT @@time_zone"_s).toString(), u"+05:00"_s);
    }

    void whatAProcedureSetsIsSeen()
    {
        ScopedDatabase db(hosts(), pool() + u";IGNORE_STATE=stored_procedure"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        run(db, u"CALL zone()"_s);
        killSessions();
        QCOMPARE(db.value(u"SELECT @@time_zone"_s).toString(), u"+07:00"_s);
    }

    void reusedSessionIsTrackedAgain()
    {
        ScopedDatabase db(m_relays[0]->address(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(db.reopensSameSession([&] { run(db, u"SET NAMES latin1"_s); }));
        const QString mode = u"SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')"_s;
        run(db, mode);
        const QString before = settingsOf(db);
        killSessions();
        QCOMPARE(settingsOf(db), before);
    }

    void untrackedExpressionPins()
    {
        QTest::ignoreMessage(QtInfoMsg, QRegularExpression(u"does not report changes"_s));
        ScopedDatabase db(hosts(), pool()
                                           + u";INIT_SQL=SET session_track_system_variables='',"
                                             "session_track_state_change=0"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        run(db, u"SET time_zone = '+03:00'"_s);
        run(db, u"SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')"_s);
        killSessions();
        QVERIFY(lossOf(db, u"SELECT 1"_s).contains(u"session_variables"_s));
        QCOMPARE(db.value(u"SELECT @@time_zone"_s).toString(), u"+03:00"_s);
    }

    void statementsAreReadByTheModeOfTheSession()
    {
        ScopedDatabase db(hosts(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        run(db, u"SET sql_mode = 'ANSI_QUOTES'"_s);
        run(db, u"SELECT 1 AS \"a\\\""_s); // without ANSI_QUOTES a string that does not end
        killSessions();
        run(db, u"SELECT 1 AS \"a\\\""_s);
        killSessions();
        run(db, u"SELECT 1"_s);
    }

    void lostOneShotIsNamedAndNeverSetAgain()
    {
        ScopedDatabase db(hosts(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        run(db, u"SET insert_id = 77, time_zone = '+03:00'"_s);
        killSessions();
        const QString insert = u"INSERT INTO numbered (a) VALUES (1)"_s;
        QVERIFY(lossOf(db, insert).contains(u"one_shot_variables"_s));
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(insert), qPrintable(query.lastError().text()));
        QVERIFY(query.lastInsertId().toInt() < 77);
        QCOMPARE(db.value(u"SELECT @@time_zone"_s).toString(), u"+03:00"_s);
    }

    void settingThatIsRefusedIsNamed()
    {
        QVERIFY(m_servers.executeEverywhere(u"CREATE OR REPLACE SCHEMA gone"_s));
        ScopedDatabase db(hosts(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        run(db, u"USE gone"_s);
        QVERIFY(m_servers.executeEverywhere(u"DROP SCHEMA gone"_s));
        killSessions();
        const QString text = lossOf(db, u"SELECT 1"_s);
        QVERIFY2(text.contains(u"Unknown database 'gone'"_s), qPrintable(text));
        QVERIFY2(text.contains(u"was not executed"_s), qPrintable(text));
        db.get().close();
        QVERIFY2(db.open(), "a new open() starts afresh");
        QCOMPARE(db.value(u"SELECT DATABASE()"_s).toString(), u"test"_s);
    }

    void autocommitOffIsNoReasonToStay()
    {
        ScopedDatabase db(hosts(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        run(db, u"SET autocommit = 0"_s);
        relayOf(db).cutOnce("SELECT 42", Relay::CutMoment::AfterAnswer);
        run(db, u"SELECT 42"_s);
        run(db, u"INSERT INTO numbered VALUES (1000, 2)"_s);
        killSessions();
        run(db, u"SELECT 1"_s);
        QVERIFY(db.get().rollback());
        QCOMPARE(db.value(u"SELECT @@autocommit"_s).toInt(), 0);
    }

    void autocommitOffIsAReasonToReportALoss()
    {
        ScopedDatabase db(hosts(), pool() + u";RETRY_TRANSACTIONS=0"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        run(db, u"SET autocommit = 0"_s);
        relayOf(db).cutOnce("SELECT 42", Relay::CutMoment::AfterAnswer);
        lossOf(db, u"SELECT 42"_s);
        run(db, u"INSERT INTO numbered (a) VALUES (2)"_s);
        killSessions();
        QVERIFY(lossOf(db, u"SELECT 1"_s).contains(u"transaction"_s));
        QVERIFY(db.get().rollback());
        QCOMPARE(db.value(u"SELECT @@autocommit"_s).toInt(), 0);
    }

    void ignoredStateDoesNotPin()
    {
        ScopedDatabase db(hosts(), pool() + u";IGNORE_STATE=user_variables"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        run(db, u"SET @a = 1"_s);
        killSessions();
        QVERIFY(db.value(u"SELECT @a"_s).isNull());
        run(db, u"CREATE TEMPORARY TABLE held (a INT)"_s);
        killSessions();
        QVERIFY(lossOf(db, u"SELECT 1"_s).contains(u"temporary_tables"_s));
    }

    void queriesKeepWhatTheyTold()
    {
        ScopedDatabase db(hosts(), pool());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery insert(db.get());
        QVERIFY(insert.exec(u"INSERT INTO numbered (a) VALUES (5), (6), (7)"_s));
        QSqlQuery select(db.get());
        QVERIFY(select.exec(u"SELECT 1 UNION SELECT 2"_s));
        QSqlQuery failed(db.get());
        QVERIFY(!failed.exec(u"SELECT nothing"_s));
        const QVariant id = insert.lastInsertId();
        QVERIFY(id.toInt() > 0);
        killSessions();
        run(db, u"SELECT 1"_s);
        QCOMPARE(insert.lastInsertId(), id);
        QCOMPARE(insert.numRowsAffected(), 3);
        QCOMPARE(select.size(), 2);
        QVERIFY(select.next() && select.next());
        QCOMPARE(select.value(0).toInt(), 2);
        QCOMPARE(failed.lastError().nativeErrorCode(), u"1054"_s);
    }

    void moveCostsAtMostTwoBesideTheOpening()
    {
        renewRelays(); // earlier tests' pools still recheck peers at the old ones
        int opening = 0;
        {
            ScopedDatabase db(m_relays[1]->address(), u"POOL=cost;MAX_IDLE=0"_s);
            QVERIFY(db.open());
            m_relays[1]->resetCounts();
            db.get().close();
            QVERIFY(db.open());
            opening = m_relays[1]->counts().roundTrips;
        }
        ScopedDatabase db(hosts(), pool() + u";BALANCE=first;MAX_IDLE=0"_s);
        QVERIFY2(db.openOn(m_relays[0]->address()), qPrintable(db.error().text()));
        for (const auto &sql : {u"USE other"_s, u"SET NAMES latin1"_s, u"SET autocommit = 0"_s,
                                u"SET time_zone = '+03:00', sql_mode = ''"_s,
                                u"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"_s})
            run(db, sql);
        m_relays[1]->resetCounts();
        killSessions();
        run(db, u"DO 1"_s);
        QCOMPARE(db.currentPeer(), m_relays[1]->address());
        const int trips = m_relays[1]->counts().roundTrips - 1;
        QVERIFY2(trips > opening && trips <= opening + 2,
                 qPrintable(m_relays[1]->statements().join(u'\n')));
    }

private:
    /// A pool of its own for each test: what an earlier one did to the peers is not known.
    static QString pool()
    {
        static int number = 0;
        return u"POOL=carried%1"_s.arg(++number);
    }

    void renewRelays()
    {
        for (int i = 0; i < 2; ++i) {
            m_relays[i] = std::make_unique<Relay>(m_servers[i].port());
            QVERIFY2(m_relays[i]->isListening(), qPrintable(m_relays[i]->errorString()));
        }
    }

    QString hosts() const { return m_relays[0]->address() + u',' + m_relays[1]->address(); }
    Relay &relayOf(const ScopedDatabase &db) const
    {
        return *m_relays[db.currentPeer() == m_relays[0]->address() ? 0 : 1];
    }

    static void run(const ScopedDatabase &db, const QString &sql)
    {
        QSqlQuery query(db.get());
        if (!query.exec(sql))
            QFAIL(qPrintable(sql + u": "_s + query.lastError().text()));
    }

    /// The statement must fail: the text of its error.
    static QString lossOf(const ScopedDatabase &db, const QString &sql)
    {
        QSqlQuery query(db.get());
        if (query.exec(sql))
            QTest::qFail(qPrintable(sql + u" did not fail"_s), __FILE__, __LINE__);
        return query.lastError().databaseText();
    }

    static QString settingsOf(const ScopedDatabase &db)
    {
        QSqlError error;
        const QVariant told =
                db.value(u"SELECT CONCAT_WS(_utf8mb4'|', HEX(DATABASE()), @@time_zone, @@sql_mode, "
                         u"@@autocommit,"
                         "@@tx_isolation, @@character_set_client, @@character_set_results,"
                         "@@character_set_connection, @@collation_connection, HEX('ü'),"
                         "@@group_concat_max_len, @@sql_select_limit, @@max_statement_time)"_s,
                         &error);
        return told.isValid() ? told.toString() : u"error: "_s + error.text();
    }

    static QString escapedBy(const ScopedDatabase &db)
    {
        QSqlField field(u"f"_s, QMetaType(QMetaType::QString));
        field.setValue(u"ü'\\\"\n"_s);
        return db.get().driver()->formatValue(field);
    }

    /// Ends all sessions of the account from the servers' side, and waits until they are gone there.
    void killSessions()
    {
        for (int i = 0; i < 2; ++i)
            QVERIFY2(m_servers[i].killSessions(), qPrintable(m_servers[i].errorString()));
        for (const auto &relay : m_relays)
            relay->cutConnections(); // the client knows now, too
    }

    ServerGroup m_servers{2};
    std::unique_ptr<Relay> m_relays[2];
};

QTEST_GUILESS_MAIN(tst_CarriedState)
#include "tst_carriedstate.moc"
