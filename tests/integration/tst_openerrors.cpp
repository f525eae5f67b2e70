// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/listeners.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// What an application is told when it cannot be connected, and what that does to the peers.
class tst_OpenErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString())); }

    void wrongPassword()
    {
        QList<qint64> before;
        for (int i = 0; i < 3; ++i)
            before << m_servers[i].statusValue(u"Connections"_s);
        ScopedDatabase db(m_servers.hostList(), u"POOL=password"_s);
        QSqlDatabase wrong = db.get();
        wrong.setPassword(u"wrong"_s);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!wrong.open());
        const qint64 turns = timer.elapsed() / 250; // of peers that have not answered in time
        QCOMPARE(wrong.lastError().nativeErrorCode(), u"1045"_s);
        QCOMPARE(wrong.lastError().type(), QSqlError::ConnectionError);
        QVERIFY(!wrong.lastError().text().contains(u"wrong"_s));
        int asked = 0;
        for (int i = 0; i < 3; ++i) {
            // Looking costs connections of its own: one before, one now.
            if (m_servers[i].statusValue(u"Connections"_s) - before.at(i) > 1)
                ++asked;
        }
        QVERIFY2(asked >= 1 && asked <= qMax(2, 1 + turns), qPrintable(QString::number(asked)));
        ScopedDatabase good(m_servers.hostList(), u"POOL=password"_s);
        QVERIFY2(good.open(), qPrintable(good.error().text()));
        for (int i = 0; i < 3; ++i) {
            const QString health = good.health(m_servers[i].address());
            QVERIFY2(health == u"Up"_s || health == u"Unknown"_s, qPrintable(health));
        }
    }

    void unknownDatabase()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=schema"_s);
        QSqlDatabase missing = db.get();
        missing.setDatabaseName(u"no_such_schema"_s);
        QVERIFY(!missing.open());
        // A user without rights on it is told 1044 by MariaDB instead of 1049.
        missing.setUserName(u"root"_s);
        missing.setPassword({});
        QVERIFY(!missing.open());
        QCOMPARE(missing.lastError().nativeErrorCode(), u"1049"_s);
        missing.setDatabaseName(u"test"_s);
        QVERIFY2(missing.open(), qPrintable(missing.lastError().text()));
        for (int i = 0; i < 3; ++i) {
            const QString health = db.health(m_servers[i].address());
            QVERIFY2(health == u"Up"_s || health == u"Unknown"_s, qPrintable(health));
        }
    }

    void peerThatIsSetUpWronglyFailsNobodysOpen()
    {
        for (int i = 1; i < 3; ++i)
            QVERIFY(m_servers[i].executeAsRoot(u"CREATE DATABASE extra"_s).ok);
        ScopedDatabase db(m_servers.hostList(), u"POOL=setup;BALANCE=first"_s);
        QSqlDatabase extra = db.get();
        extra.setUserName(u"root"_s);
        extra.setPassword({});
        extra.setDatabaseName(u"extra"_s);
        for (int i = 0; i < 3; ++i) {
            QVERIFY2(extra.open(), qPrintable(extra.lastError().text()));
            QCOMPARE(db.currentPeer(), m_servers[1].address());
        }
    }

    void allDownListsEachPeer()
    {
        ServerGroup gone(3);
        QVERIFY2(gone.start(), qPrintable(gone.errorString()));
        for (int i = 0; i < 3; ++i)
            gone[i].kill();
        ScopedDatabase db(gone.hostList());
        QVERIFY(!db.open());
        const QString text = db.error().databaseText();
        for (int i = 0; i < 3; ++i) {
            const QString line = gone[i].address() + u": 2002"_s;
            QVERIFY2(text.contains(line), qPrintable(text));
        }
        QCOMPARE(db.error().nativeErrorCode(), u"2002"_s);
        // All are marked now; a peer that is back is found by the sweep, not only by a recheck.
        QVERIFY2(gone[1].start(), qPrintable(gone[1].errorString()));
        QElapsedTimer timer;
        timer.start();
        bool open = false;
        while (!open && timer.elapsed() < 5000)
            open = db.open();
        QVERIFY2(open, qPrintable(db.error().text()));
        QCOMPARE(db.currentPeer(), gone[1].address());
    }

    void deadlineNamesWhoDidNotAnswer()
    {
        ScopedDatabase db(m_servers.hostList(),
                          u"POOL=slow;OPEN_DEADLINE=0.4;INIT_SQL=\"SELECT SLEEP(0.6)\""_s);
        QVERIFY(!db.open());
        const QString text = db.error().databaseText();
        QVERIFY2(text.contains(u"OPEN_DEADLINE=0.4"_s), qPrintable(text));
        QCOMPARE(text.count(u": no answer"_s), 2); // the second was started beside the first
        QCOMPARE(text.count(u": not tried"_s), 1);
    }

    void fullServerIsSkippedAndItsErrorSurfacesWhenAlone()
    {
        // Ten is the least that MariaDB allows.
        ServerGroup small(1, {u"--max-connections=10"_s});
        QVERIFY2(small.start(), qPrintable(small.errorString()));
        const QString both = small[0].address() + u',' + m_servers[0].address();
        std::vector<std::unique_ptr<ScopedDatabase>> holders;
        for (int i = 0; i < 10; ++i) {
            holders.push_back(std::make_unique<ScopedDatabase>(small[0].address(), u"POOL=small"_s));
            QTRY_VERIFY(holders.back()->open());
        }
        for (int i = 0; i < 10; ++i) {
            ScopedDatabase db(both, u"POOL=smallandlarge"_s);
            QVERIFY2(db.open(), qPrintable(db.error().text()));
            QCOMPARE(db.currentPeer(), m_servers[0].address());
        }
        ScopedDatabase alone(small[0].address(), u"POOL=small"_s);
        QVERIFY(!alone.open());
        QCOMPARE(alone.error().nativeErrorCode(), u"1040"_s);
        QCOMPARE(holders.front()->health(small[0].address()), u"Overloaded"_s);
        holders.clear();
        QTRY_VERIFY_WITH_TIMEOUT(alone.open(), 10'000);
    }

    void blockedPeerIsLeftAlone()
    {
        // A stand-in: a server blocks hosts by name, and never the loopback address.
        RejectingListener blocking(1129, u"Host '127.0.0.1' is blocked because of many errors"_s);
        QVERIFY2(blocking.isListening(), qPrintable(blocking.errorString()));
        const QString both = blocking.address() + u',' + m_servers[0].address();
        ScopedDatabase keeper(both, u"POOL=blocked;BALANCE=first"_s);
        QVERIFY2(keeper.open(), qPrintable(keeper.error().text()));
        QCOMPARE(keeper.currentPeer(), m_servers[0].address());
        QCOMPARE(keeper.health(blocking.address()), u"Blocked"_s);
        QVERIFY2(keeper.peer(blocking.address()).value(u"lastError"_s).toString().contains(u"1129"_s),
                 "named");
        // Every further attempt makes it worse: early re-probes would come within 4 s.
        QTest::qWait(5000);
        QCOMPARE(blocking.contacts(), 1);
    }

private:
    ServerGroup m_servers{3};
};

QTEST_GUILESS_MAIN(tst_OpenErrors)
#include "tst_openerrors.moc"
