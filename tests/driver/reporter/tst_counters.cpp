// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "collecting.h"
#include "sandbox/relay.h"
#include "sandbox/servergroup.h"
#include "scopeddatabase.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <atomic>
#include <thread>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// The counters in the report of this process, after known numbers of real events.
class tst_Counters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void statementsAndErrors_data();
    void statementsAndErrors();
    void statementsOfAnotherThread();
    void connects();
    void lostStatement();
    void commitOfUnknownFate();
    void drainedSession();

private:
    /// A report may be 50 ms old.
    PeerCounters counters(const QString &pool, const QString &peer) const
    {
        ReportReader reader(m_folder.path(), 10s);
        QString error;
        for (const ReportAnswer &answer : collectNow(reader, &error)) {
            for (const PoolReport &one : answer.report.pools) {
                for (const PeerReport &found : one.peers) {
                    if (one.name == pool && found.address.name() == peer)
                        return found.counters;
                }
            }
        }
        return {};
    }

    ServerGroup m_servers{2};
    QTemporaryDir m_folder;
};

void tst_Counters::initTestCase()
{
    qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder.path()));
    QVERIFY2(m_servers.start(u"CREATE TABLE test.ledger (token INT)"_s),
             qPrintable(m_servers.errorString()));
}

void tst_Counters::statementsAndErrors_data()
{
    QTest::addColumn<QString>("options");
    QTest::newRow("new") << u"MAX_IDLE=0"_s;
    QTest::newRow("kept") << u"MAX_IDLE=2"_s;
}

void tst_Counters::statementsAndErrors()
{
    QFETCH(QString, options);
    const QString pool = QString::fromLatin1(QTest::currentDataTag());
    options += u";POOL="_s + pool;
    const QString peer = m_servers[0].address();
    ScopedDatabase keeper(peer, options); // a pool without sessions is not reported
    QVERIFY2(keeper.open(), qPrintable(keeper.error().text()));
    quint64 expected = 0;
    for (int opened = 0; opened < 3; ++opened) {
        ScopedDatabase db(peer, options);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QTRY_COMPARE(counters(pool, peer).statements, expected); // those of ended sessions stay
        for (int i = 0; i < 10; ++i)
            QCOMPARE(db.value(u"SELECT 1"_s).toInt(), 1);
        QSqlQuery prepared(db.get());
        QVERIFY(prepared.prepare(u"SELECT ?"_s));
        for (int i = 0; i < 5; ++i) {
            prepared.addBindValue(i);
            QVERIFY(prepared.exec());
        }
        QVERIFY(db.get().transaction());
        QVERIFY(db.get().commit());
        QVERIFY(!QSqlQuery(db.get()).exec(u"SELECT no FROM nowhere"_s));
        QVERIFY(!QSqlQuery(db.get()).prepare(u"SELECT no FROM nowhere"_s));
        expected += 10 + 5 + 2 + 2;
        QTRY_COMPARE(counters(pool, peer).statements, expected);
        QCOMPARE(counters(pool, peer).errors, quint64(2 * (opened + 1)));
    }
}

void tst_Counters::statementsOfAnotherThread()
{
    const QString peer = m_servers[0].address();
    std::atomic<bool> mayStop{false};
    std::atomic<bool> mayClose{false};
    std::atomic<quint64> succeeded{0};
    std::thread worker([&] {
        ScopedDatabase db(peer, u"POOL=thread;MAX_IDLE=0"_s);
        for (bool isOpen = db.open(); isOpen && !mayStop;)
            succeeded += db.value(u"SELECT 1"_s).toULongLong();
        mayStop.wait(false);
        mayClose.wait(false);
    });
    quint64 before = 0;
    int increases = 0;
    bool hasDecreased = false;
    const bool isSeen = QTest::qWaitFor(
            [&] {
                const quint64 now = counters(u"thread"_s, peer).statements;
                hasDecreased = hasDecreased || now < before;
                increases += now > before;
                before = now;
                return increases >= 5;
            },
            20'000);
    mayStop = true;
    mayStop.notify_all();
    const bool isExact =
            QTest::qWaitFor([&] { return counters(u"thread"_s, peer).statements == succeeded; },
                            20'000);
    mayClose = true;
    mayClose.notify_all();
    worker.join();
    QVERIFY2(isSeen, "its counter is read while statements run");
    QVERIFY(!hasDecreased);
    QVERIFY(isExact);
}

void tst_Counters::connects()
{
    const QString gone = u"127.0.0.1:1"_s;
    const QString peer = m_servers[0].address();
    ScopedDatabase one(gone + u',' + peer, u"POOL=connects;BALANCE=first;MAX_IDLE=0"_s);
    ScopedDatabase two(gone + u',' + peer, u"POOL=connects;BALANCE=first;MAX_IDLE=0"_s);
    QVERIFY(one.open());
    QTRY_COMPARE(counters(u"connects"_s, gone).connectErrors, 1u); // later ones are probes
    QVERIFY(two.open());
    QTRY_COMPARE(counters(u"connects"_s, peer).connects, 2u);
    QCOMPARE(counters(u"connects"_s, gone).connectErrors, 1u);
    QCOMPARE(counters(u"connects"_s, gone).connects, 0u);
    QCOMPARE(counters(u"connects"_s, peer).connectErrors, 0u);
}

void tst_Counters::lostStatement()
{
    Relay relay(m_servers[0].port());
    QVERIFY2(relay.isListening(), qPrintable(relay.errorString()));
    const QString other = m_servers[1].address();
    ScopedDatabase db(relay.address() + u',' + other, u"POOL=lost;BALANCE=first"_s);
    QVERIFY2(db.openOn(relay.address()), qPrintable(db.error().text()));
    const quint64 before = counters(u"lost"_s, relay.address()).statements;
    relay.cutOnce("SELECT 7", Relay::CutMoment::AfterAnswer);
    QCOMPARE(db.value(u"SELECT 7"_s).toInt(), 7);
    QTRY_COMPARE(counters(u"lost"_s, other).statements, 1u);
    const PeerCounters left = counters(u"lost"_s, relay.address());
    const PeerCounters taken = counters(u"lost"_s, other);
    QCOMPARE(left.statements, before);
    QCOMPARE(left.reruns, 1u);
    QCOMPARE(left.movesAway, 1u);
    QCOMPARE(left.movesHere, 0u);
    QCOMPARE(left.errors, 0u);
    QCOMPARE(taken.reruns, 0u);
    QCOMPARE(taken.movesAway, 0u);
    QCOMPARE(taken.movesHere, 1u);
}

void tst_Counters::commitOfUnknownFate()
{
    Relay relay(m_servers[0].port());
    QVERIFY2(relay.isListening(), qPrintable(relay.errorString()));
    ScopedDatabase db(relay.address() + u',' + m_servers[1].address(), u"POOL=fate;BALANCE=first"_s);
    QVERIFY2(db.openOn(relay.address()), qPrintable(db.error().text()));
    QVERIFY(db.get().transaction());
    QVERIFY(QSqlQuery(db.get()).exec(u"INSERT INTO ledger VALUES (3)"_s));
    relay.cutOnce("COMMIT", Relay::CutMoment::AfterAnswer);
    QVERIFY(!db.get().commit());
    QTRY_COMPARE(counters(u"fate"_s, relay.address()).fatesUnknown, 1u);
    QCOMPARE(counters(u"fate"_s, relay.address()).errors, 1u);
    QCOMPARE(counters(u"fate"_s, relay.address()).reruns, 0u);
}

void tst_Counters::drainedSession()
{
    const QString name = m_servers[0].address();
    const QString other = m_servers[1].address();
    ScopedDatabase db(name + u',' + other, u"POOL=drained;BALANCE=first"_s);
    QVERIFY2(db.openOn(name), qPrintable(db.error().text()));
    bool isDone = false;
    QVERIFY(QMetaObject::invokeMethod(db.get().driver(), "drainPeer", Q_RETURN_ARG(bool, isDone),
                                      Q_ARG(QString, name), Q_ARG(QString, u"test"_s)));
    QVERIFY(isDone);
    const QMap<QString, int> moved{{u"moved"_s, 1}};
    QTRY_COMPARE_WITH_TIMEOUT(counters(u"drained"_s, name).cuts, moved, 20'000);
    QCOMPARE(db.value(u"SELECT 1"_s).toInt(), 1);
    QCOMPARE(db.currentPeer(), other);
    QTRY_COMPARE(counters(u"drained"_s, name).movesAway, 1u);
    QCOMPARE(counters(u"drained"_s, name).reruns, 0u);
    QCOMPARE(counters(u"drained"_s, other).movesHere, 1u);
}

QTEST_GUILESS_MAIN(tst_Counters)
#include "tst_counters.moc"
