// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replaytest.h"

#include "commits/committable.h"

using namespace qproxysql;

/// EXACTLY_ONCE: a COMMIT whose answer is lost is found out.
class tst_Commits : public ReplayTest
{
    Q_OBJECT

    QString tokens(const QString &kind)
    {
        return m_servers[0]
                .executeAsRoot(u"SELECT COUNT(*) FROM qproxysql.qproxysql_commit WHERE kind = '%1' "
                               "AND token < REPEAT(X'FF', 16)"_s.arg(kind))
                .value();
    }
    static QString once(const QString &mode, const QString &more = {})
    {
        return options(u";EXACTLY_ONCE="_s + mode + more);
    }

private Q_SLOTS:
    void initTestCase()
    {
        start(u"CREATE TABLE test.aria (id INT) ENGINE=Aria;"
              "CREATE TABLE test.triggered (id INT) ENGINE=InnoDB;"
              "CREATE TRIGGER test.on_insert AFTER INSERT ON test.triggered "
              "FOR EACH ROW INSERT INTO test.aria VALUES (NEW.id);"
              "CREATE PROCEDURE test.nothing() INSERT INTO test.aria VALUES (1)"_s);
        byOthers(u"CREATE DATABASE qproxysql"_s);
        for (const QString &statement : CommitTable(u"qproxysql"_s).statements())
            byOthers(statement);
        byOthers(u"GRANT SELECT, INSERT, DELETE ON qproxysql.qproxysql_commit TO app"_s);
    }
    void init()
    {
        renew();
        byOthers(u"DELETE FROM qproxysql.qproxysql_commit WHERE token < REPEAT(X'FF', 16)"_s);
    }

    void transactions_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<int>("moment");
        QTest::addColumn<QString>("more");
        for (const QString &how : {u"commit()"_s, u"COMMIT"_s, u"prepared"_s}) {
            for (const auto &[name, moment] :
                 {std::pair("before", int(Relay::CutMoment::BeforeRequest)),
                  std::pair("after", int(Relay::CutMoment::AfterAnswer))}) {
                QTest::addRow("%s %s", qPrintable(how), name) << how << moment << QString();
                QTest::addRow("%s %s, no replays", qPrintable(how), name)
                        << how << moment << u";RETRY_TRANSACTIONS=0"_s;
            }
        }
    }

    void transactions()
    {
        QFETCH(QString, how);
        QFETCH(int, moment);
        QFETCH(QString, more);
        ScopedDatabase db(hosts(), once(u"transactions"_s, more));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        if (how == u"prepared")
            QVERIFY(query.prepare(u"COMMIT"_s));
        QSqlQuery other(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY2(other.exec(u"INSERT INTO t (v) VALUES (30)"_s),
                 qPrintable(other.lastError().text()));
        m_relay->cutOnce("COMMIT", Relay::CutMoment(moment));
        bool isOk = false;
        QSqlError error;
        if (how == u"commit()") {
            isOk = db.get().commit();
            error = db.get().lastError();
        } else {
            isOk = how == u"prepared" ? query.exec() : query.exec(u"COMMIT"_s);
            error = query.lastError();
            QCOMPARE(query.isActive(), isOk);
        }
        const bool isReplayed = more.isEmpty();
        const bool isCommitted = isReplayed || moment == int(Relay::CutMoment::AfterAnswer);
        QVERIFY2(isOk == isCommitted, qPrintable(error.text()));
        QCOMPARE(rows(), isCommitted ? u"1:10,2:20,3:30"_s : u"1:10,2:20"_s);
        if (!isCommitted)
            QVERIFY2(error.text().contains(u"nothing was committed"_s), qPrintable(error.text()));
        QCOMPARE(tokens(u"void"_s), moment == int(Relay::CutMoment::AfterAnswer) ? u"0"_s : u"1"_s);
        // The connection goes on.
        QVERIFY2(other.exec(u"INSERT INTO t VALUES (9, 90)"_s),
                 qPrintable(other.lastError().text()));
        QVERIFY(rows().endsWith(u"9:90"_s));
    }

    void single_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("affected");
        QTest::addColumn<int>("id");
        QTest::newRow("INSERT") << u"INSERT INTO t (v) VALUES (30)"_s << u"1:10,2:20,%1:30"_s << 1
                                << 0;
        QTest::newRow("explicit key")
                << u"INSERT INTO t VALUES (7, 30)"_s << u"1:10,2:20,7:30"_s << 1 << 7;
        QTest::newRow("rows") << u"INSERT INTO t (v) VALUES (30), (40)"_s
                              << u"1:10,2:20,%1:30,%2:40"_s << 2 << 0;
        QTest::newRow("REPLACE") << u"REPLACE INTO t VALUES (1, 30)"_s << u"1:30,2:20"_s << 2 << 1;
        QTest::newRow("ON DUPLICATE KEY")
                << u"INSERT INTO t VALUES (1, 0) ON DUPLICATE KEY UPDATE v = v + 1"_s
                << u"1:11,2:20"_s << 2 << 1;
        QTest::newRow("UPDATE") << u"UPDATE t SET v = v + 1"_s << u"1:11,2:21"_s << 2 << 0;
        QTest::newRow("DELETE") << u"DELETE FROM t WHERE id = 1 -- note"_s << u"2:20"_s << 1 << 0;
    }

    void single()
    {
        QFETCH(QString, sql);
        QFETCH(QString, after);
        QFETCH(int, affected);
        QFETCH(int, id);
        for (const bool isPrepared : {false, true}) {
            for (const auto moment :
                 {Relay::CutMoment::BeforeRequest, Relay::CutMoment::AfterAnswer}) {
                for (const QByteArray &at : {QByteArray("COMMIT"), QByteArray("TRANSACTION")}) {
                    init();
                    ScopedDatabase db(hosts(), once(u"always"_s));
                    QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
                    QSqlQuery query(db.get());
                    if (isPrepared)
                        QVERIFY(query.prepare(sql));
                    m_relay->cutOnce(at, moment);
                    const bool isOk = isPrepared ? query.exec() : query.exec(sql);
                    QVERIFY2(isOk, qPrintable(query.lastError().text()));
                    // A generated key is that of the attempt that counts.
                    const int key = query.lastInsertId().toInt();
                    QString expected = after;
                    if (after.contains(u'%'))
                        expected.replace(u"%1"_s, QString::number(key))
                                .replace(u"%2"_s, QString::number(key + 1));
                    else
                        QCOMPARE(key, id);
                    QCOMPARE(rows(), expected);
                    QCOMPARE(query.numRowsAffected(), affected);
                    QCOMPARE(tokens(u"commit"_s), u"1"_s);
                }
            }
        }
    }

    // What the last statement left in the session is not there any more, and is not taken for 0.
    void lastInsertIdIsNotFaked()
    {
        ScopedDatabase db(hosts(), once(u"transactions"_s));
        QVERIFY(db.openOn(m_relay->address()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"INSERT INTO t (v) VALUES (30)"_s));
        m_relay->cutOnce("COMMIT", Relay::CutMoment::AfterAnswer);
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QVERIFY(!query.exec(u"SELECT LAST_INSERT_ID()"_s));
        QVERIFY2(query.lastError().text().contains(u"LAST_INSERT_ID()"_s),
                 qPrintable(query.lastError().text()));
        QVERIFY(query.exec(u"INSERT INTO t (v) VALUES (40)"_s));
        const QVariant id = query.lastInsertId();
        QCOMPARE(db.value(u"SELECT LAST_INSERT_ID()"_s).toInt(), id.toInt());
    }

    void sessionStateIsReported()
    {
        ScopedDatabase db(hosts(), once(u"transactions"_s));
        QVERIFY(db.openOn(m_relay->address()));
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"SET @a = 1"_s));
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"UPDATE t SET v = 11 WHERE id = 1"_s));
        m_relay->cutOnce("COMMIT", Relay::CutMoment::AfterAnswer);
        QVERIFY2(db.get().commit(), qPrintable(db.error().text()));
        QCOMPARE(rows(), u"1:11,2:20"_s);
        QVERIFY(!query.exec(u"SELECT @a"_s));
        QVERIFY2(query.lastError().text().contains(u"user_variables"_s),
                 qPrintable(query.lastError().text()));
    }

    void withoutAutocommit_data()
    {
        QTest::addColumn<int>("moment");
        QTest::newRow("before") << int(Relay::CutMoment::BeforeRequest);
        QTest::newRow("after") << int(Relay::CutMoment::AfterAnswer);
    }

    void withoutAutocommit()
    {
        QFETCH(int, moment);
        for (const QString &mode : {u"transactions"_s, u"always"_s}) {
            init();
            ScopedDatabase db(hosts(), once(mode));
            QVERIFY(db.openOn(m_relay->address()));
            QSqlQuery query(db.get());
            QVERIFY(query.exec(u"SET autocommit = 0"_s));
            QVERIFY(query.exec(u"INSERT INTO t VALUES (3, 30)"_s));
            m_relay->cutOnce("COMMIT", Relay::CutMoment(moment));
            QVERIFY2(query.exec(u"COMMIT"_s), qPrintable(query.lastError().text()));
            QCOMPARE(rows(), u"1:10,2:20,3:30"_s);
            QVERIFY(query.exec(u"INSERT INTO t VALUES (4, 40)"_s));
            QCOMPARE(rows(), u"1:10,2:20,3:30"_s);
            QVERIFY(query.exec(u"ROLLBACK"_s));
            QCOMPARE(rows(), u"1:10,2:20,3:30"_s);
        }
    }

    void whoOnlyReadsSendsNoToken()
    {
        ScopedDatabase db(hosts(), once(u"always"_s));
        QVERIFY(db.openOn(m_relay->address()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"SELECT * FROM t"_s));
        QVERIFY(db.get().commit());
        QVERIFY(query.exec(u"START TRANSACTION READ ONLY"_s));
        QVERIFY(query.exec(u"SELECT * FROM t LOCK IN SHARE MODE"_s));
        QVERIFY2(query.exec(u"COMMIT"_s), qPrintable(query.lastError().text()));
        QCOMPARE(tokens(u"commit"_s), u"0"_s);
    }

    void noRoundTripMore()
    {
        const auto trips = [this](const QString &more) {
            ScopedDatabase db(m_relay->address(), options(more));
            if (!db.openOn(m_relay->address()))
                return -1;
            QSqlQuery query(db.get());
            for (int i = 0; i < 2; ++i) {
                m_relay->resetCounts();
                db.get().transaction();
                query.exec(u"UPDATE t SET v = v + 1"_s);
                db.get().commit();
            }
            return int(m_relay->counts().roundTrips);
        };
        QCOMPARE(trips(u";EXACTLY_ONCE=transactions"_s), trips({}));
    }

    // Where the table of tokens can say what a lost answer was.
    void oneRoundTripForATextAlone()
    {
        ScopedDatabase db(m_relay->address(), once(u"always"_s));
        QVERIFY(db.openOn(m_relay->address()));
        QSqlQuery query(db.get());
        const auto trips = [&](const auto &execute) {
            for (int i = 0; i < 2; ++i) {
                m_relay->resetCounts();
                if (!execute())
                    return -1;
            }
            return int(m_relay->counts().roundTrips);
        };
        const auto text = [&](const QString &sql) { return trips([&] { return query.exec(sql); }); };
        QCOMPARE(text(u"INSERT INTO t (v) VALUES (30)"_s), 1);
        QCOMPARE(text(u"UPDATE t SET v = v + 1"_s), 1);
        QCOMPARE(text(u"DELETE FROM t WHERE id = 9 -- note"_s), 1);
        QCOMPARE(text(u"INSERT INTO t VALUES (NULL, 40)"_s),
                 3); // the key may be the application's own
        QVERIFY(query.prepare(u"INSERT INTO t (v) VALUES (?)"_s));
        QCOMPARE(trips([&] {
                     query.bindValue(0, 50);
                     return query.exec();
                 }),
                 3);
        QCOMPARE(rows(), u"1:12,2:22,3:32,4:32,5:40,6:40,7:50,8:50"_s);
    }

    // A comment may take the rest of the text with it. MariaDB refuses one that is not closed.
    void endsThatHide()
    {
        ScopedDatabase db(hosts(), once(u"always"_s));
        QVERIFY(db.openOn(m_relay->address()));
        QSqlQuery query(db.get());
        QVERIFY(!query.exec(u"INSERT INTO t (v) VALUES (30) /* open"_s));
        QCOMPARE(query.lastError().nativeErrorCode(), u"1064"_s);
        QCOMPARE(rows(), u"1:10,2:20"_s);
        QVERIFY(query.exec(u"INSERT INTO t VALUES (3, 30)"_s));
        QVERIFY(query.exec(u"UPDATE t SET v = 31 WHERE id = 3;"_s));
        QVERIFY(query.exec(u"UPDATE t SET v = v + 1 WHERE id = 3 # note"_s));
        QCOMPARE(rows(), u"1:10,2:20,3:32"_s);
    }

    void ownErrorsAreThoseOfTheStatement()
    {
        for (const bool isPrepared : {false, true}) {
            ScopedDatabase db(hosts(), once(u"always"_s));
            QVERIFY(db.openOn(m_relay->address()));
            QSqlQuery query(db.get());
            const QString sql = u"INSERT INTO t VALUES (2, 1)"_s;
            QVERIFY(!(isPrepared ? query.prepare(sql) && query.exec() : query.exec(sql)));
            QCOMPARE(query.lastError().nativeErrorCode(), u"1062"_s);
            QVERIFY(!query.isActive());
            QCOMPARE(tokens(u"commit"_s), u"0"_s);
            QVERIFY(query.exec(u"INSERT INTO t VALUES (3, 30)"_s));
            QCOMPARE(rows(), u"1:10,2:20,3:30"_s);
            init();
        }
    }

    // Nobody else has its commits.
    void independentServers_data()
    {
        QTest::addColumn<bool>("comesBack");
        QTest::newRow("comes back") << true;
        QTest::newRow("stays away") << false;
    }

    void independentServers()
    {
        QFETCH(bool, comesBack);
        ServerGroup servers(2);
        QVERIFY2(servers.start(u"CREATE TABLE test.t (v INT) ENGINE=InnoDB;"
                               "CREATE DATABASE qproxysql"_s),
                 qPrintable(servers.errorString()));
        for (const QString &statement : CommitTable(u"qproxysql"_s).statements())
            QVERIFY(servers.executeEverywhere(statement));
        QVERIFY(servers.executeEverywhere(
                u"GRANT SELECT, INSERT, DELETE ON qproxysql.qproxysql_commit TO app"_s));
        Relay relay(servers[0].port());
        ScopedDatabase db(relay.address() + u',' + servers[1].address(),
                          once(u"transactions"_s,
                               comesBack ? u";OPEN_DEADLINE=20"_s : u";OPEN_DEADLINE=2"_s));
        QVERIFY(db.openOn(relay.address()));
        QSqlQuery query(db.get());
        QVERIFY(db.get().transaction());
        QVERIFY(query.exec(u"INSERT INTO t VALUES (1)"_s));
        relay.holdAnswers();
        std::thread fault([&] {
            const auto count = [&] {
                return servers[0].executeAsRoot(u"SELECT COUNT(*) FROM test.t"_s).value();
            };
            QTRY_COMPARE(count(), u"1"_s);
            servers[0].kill();
            relay.cutConnections();
            relay.thaw();
            if (comesBack)
                servers[0].start();
        });
        const bool isOk = db.get().commit();
        fault.join();
        QVERIFY2(isOk == comesBack, qPrintable(db.error().text()));
        if (!comesBack)
            QVERIFY2(db.error().text().contains(u"may or may not"_s), qPrintable(db.error().text()));
        if (comesBack)
            QCOMPARE(servers[0].executeAsRoot(u"SELECT COUNT(*) FROM test.t"_s).value(), u"1"_s);
        QCOMPARE(servers[1].executeAsRoot(u"SELECT COUNT(*) FROM test.t"_s).value(), u"0"_s);
    }

    // Without an atomic engine there is nothing to find out.
    void othersAreAsBefore_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("Aria") << u"INSERT INTO aria VALUES (1)"_s;
        QTest::newRow("trigger") << u"INSERT INTO triggered VALUES (1)"_s;
        QTest::newRow("procedure") << u"CALL nothing()"_s;
        QTest::newRow("DDL") << u"CREATE OR REPLACE TABLE other (a INT)"_s;
    }

    void othersAreAsBefore()
    {
        QFETCH(QString, sql);
        ScopedDatabase db(hosts(), once(u"always"_s));
        QVERIFY(db.openOn(m_relay->address()));
        QSqlQuery query(db.get());
        QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
        QCOMPARE(tokens(u"commit"_s), u"0"_s);
        m_relay->cutOnce(sql.toUtf8(), Relay::CutMoment::AfterAnswer);
        QVERIFY(!query.exec(sql));
        QVERIFY2(query.lastError().text().contains(u"may or may not"_s),
                 qPrintable(query.lastError().text()));
    }
};

QTEST_MAIN(tst_Commits)
#include "tst_commits.moc"
