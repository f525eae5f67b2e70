// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replaytest.h"

#include "commits/committable.h"
#include "sandbox/rootclient.h"

#include <future>

using namespace qproxysql;

/// A peer that refuses several statements in one text when a session is opened.
class RefusesTexts final : public Interceptor
{
public:
    QByteArray greeting(const QByteArray &packet, const void *) override { return packet; }
    Verdict judge(const RequestCounter::Request &request, const void *) override
    {
        if (!request.text.contains(';') || request.text.contains("qproxysql_commit"))
            return {};
        const QByteArray payload = QByteArray("\xff\x28\x04", 3) + "#42000no";
        return {QByteArray(1, char(payload.size())) + QByteArray("\0\0\1", 3) + payload, false};
    }
};

/// Single writes with EXACTLY_ONCE=always: to the application they are what they were without it.
class tst_LoneWrites : public ReplayTest
{
    Q_OBJECT

public:
    tst_LoneWrites()
        : ReplayTest(Relays::One, {u"--max-allowed-packet=1M"_s})
    {
    }

private:
    static QString always() { return options(u";EXACTLY_ONCE=always"_s); }
    static bool execute(QSqlQuery *query, const QString &sql, bool isPrepared)
    {
        return isPrepared ? query->prepare(sql) && query->exec() : query->exec(sql);
    }
    static void addWays()
    {
        QTest::addColumn<bool>("isPrepared");
        QTest::newRow("text") << false;
        QTest::newRow("prepared") << true;
    }

private Q_SLOTS:
    void initTestCase()
    {
        start(u"CREATE TABLE test.large (id INT PRIMARY KEY, v LONGTEXT) ENGINE=InnoDB;"
              "CREATE DATABASE qproxysql;"_s
              + CommitTable(u"qproxysql"_s).statements().join(u';')
              + u";GRANT SELECT, INSERT, DELETE ON qproxysql.qproxysql_commit TO app"_s);
    }
    void init() { renew(); }

    void completionType_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<bool>("isPrepared");
        for (const bool isPrepared : {false, true}) {
            for (const QString &type : {u"CHAIN"_s, u"2"_s})
                QTest::addRow("%s, %s", qPrintable(type), isPrepared ? "prepared" : "text")
                        << type << isPrepared;
        }
    }

    // It concerns COMMIT, and the application has sent none.
    void completionType()
    {
        QFETCH(QString, type);
        QFETCH(bool, isPrepared);
        ScopedDatabase db(hosts(), always());
        QVERIFY(db.openOn(m_relay->address()));
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"SET completion_type = "_s + type));
        const QString session = db.value(u"SELECT CONNECTION_ID()"_s).toString();
        for (const int id : {3, 4})
            QVERIFY2(execute(&query, u"INSERT INTO t VALUES (%1, 30)"_s.arg(id), isPrepared),
                     qPrintable(query.lastError().text()));
        QCOMPARE(db.value(u"SELECT @@in_transaction"_s).toInt(), 0);
        QCOMPARE(db.value(u"SELECT CONNECTION_ID()"_s).toString(), session);
        QCOMPARE(rows(), u"1:10,2:20,3:30,4:30"_s);
    }

    // Its rows would stand before the answer to the token.
    void returning()
    {
        for (const bool isForwardOnly : {false, true}) {
            ScopedDatabase db(hosts(), always());
            QVERIFY(db.openOn(m_relay->address()));
            QSqlQuery query(db.get());
            query.setForwardOnly(isForwardOnly);
            QVERIFY2(query.exec(u"INSERT INTO t (v) VALUES (30) RETURNING v"_s),
                     qPrintable(query.lastError().text()));
            QVERIFY(query.next());
            QCOMPARE(query.value(0).toInt(), 30);
            QVERIFY(!query.next());
            QCOMPARE(asRoot(u"SELECT COUNT(*) FROM test.t WHERE v = 30"_s), u"1"_s);
            QVERIFY2(query.exec(u"DELETE FROM t WHERE v = 30 RETURNING v"_s),
                     qPrintable(query.lastError().text()));
            QVERIFY(query.next());
            QCOMPARE(query.value(0).toInt(), 30);
            QCOMPARE(rows(), u"1:10,2:20"_s);
        }
    }

    void closeToThePacketLimit_data() { addWays(); }

    void closeToThePacketLimit()
    {
        QFETCH(bool, isPrepared);
        byOthers(u"DELETE FROM test.large"_s);
        ScopedDatabase db(hosts(), always());
        QVERIFY(db.openOn(m_relay->address()));
        QSqlQuery query(db.get());
        const QString value(1024 * 1024 - 100, u'x');
        QVERIFY2(execute(&query, u"INSERT INTO large VALUES (1, '%1')"_s.arg(value), isPrepared),
                 qPrintable(query.lastError().text().right(300)));
        QCOMPARE(asRoot(u"SELECT LENGTH(v) FROM test.large"_s).toLongLong(), value.size());
    }

    void questionOfAReader_data()
    {
        QTest::addColumn<QString>("init");
        QTest::addColumn<int>("moment");
        const QString set = u"SET SESSION TRANSACTION READ ONLY"_s;
        for (const QString &init : {QString(), u";INIT_SQL="_s + set}) {
            const char *const how = init.isEmpty() ? "SET" : "INIT_SQL";
            QTest::addRow("%s, before", how) << init << int(Relay::CutMoment::BeforeRequest);
            QTest::addRow("%s, after", how) << init << int(Relay::CutMoment::AfterAnswer);
        }
    }

    // The session on which the fate is asked has the settings of the lost one.
    void questionOfAReader()
    {
        QFETCH(QString, init);
        QFETCH(int, moment);
        ScopedDatabase db(hosts(), always() + u";OPEN_DEADLINE=3"_s + init);
        QVERIFY(db.openOn(m_relay->address()));
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"SET SESSION TRANSACTION READ ONLY"_s));
        QVERIFY(query.exec(u"START TRANSACTION READ WRITE"_s));
        QVERIFY(query.exec(u"INSERT INTO t VALUES (3, 30)"_s));
        m_relay->cutOnce("COMMIT", Relay::CutMoment(moment));
        const bool isOk = query.exec(u"COMMIT"_s);
        QVERIFY2(isOk || moment == int(Relay::CutMoment::BeforeRequest),
                 qPrintable(query.lastError().text()));
        QVERIFY2(!query.lastError().text().contains(u"may or may not"_s),
                 qPrintable(query.lastError().text()));
        QCOMPARE(rows(), isOk ? u"1:10,2:20,3:30"_s : u"1:10,2:20"_s);
    }

    // While a write is under way another thread finds that texts of several statements are refused.
    void textsAreRefusedMeanwhile()
    {
        Relay way(m_servers[0].port());
        QVERIFY2(way.isListening(), qPrintable(way.errorString()));
        const quint16 port = way.port();
        ScopedDatabase db(way.address(), always());
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        RootClient holder;
        QVERIFY(holder.open(m_servers[0].port()));
        QVERIFY(holder.execute(u"BEGIN"_s).ok);
        QVERIFY(holder.execute(u"SELECT * FROM test.t WHERE id = 1 FOR UPDATE"_s).ok);
        auto meanwhile = std::async(std::launch::async, [&] {
            const QString waits = u"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE "
                                  "INFO LIKE 'UPDATE t SET v%'"_s;
            const bool isWaiting = QTest::qWaitFor([&] { return asRoot(waits) == u"1"_s; }, 20'000);
            way.pause();
            const Relay refusing(m_servers[0].port(), port, std::make_unique<RefusesTexts>());
            ScopedDatabase other(way.address(), options());
            const bool isOpen = isWaiting && refusing.isListening() && other.open();
            holder.execute(u"COMMIT"_s);
            return isOpen;
        });
        QSqlQuery query(db.get());
        const bool isOk = query.exec(u"UPDATE t SET v = v + 1 WHERE id = 1"_s);
        QVERIFY(meanwhile.get());
        QVERIFY2(isOk, qPrintable(query.lastError().text()));
        QCOMPARE(rows(), u"1:11,2:20"_s);
    }
};

QTEST_MAIN(tst_LoneWrites)
#include "tst_lonewrites.moc"
