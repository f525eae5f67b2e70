// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connectionthreads.h"
#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Statements larger than the server's max_allowed_packet: the server ends the session that sent one,
/// and nobody else's.
class tst_Oversized : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.numbers (id INT PRIMARY KEY, n INT);"
                                 "CREATE TABLE test.blobs (b LONGBLOB)"_s),
                 qPrintable(m_servers.errorString()));
    }

    void errorNamesThePacketLimit_data()
    {
        QTest::addColumn<bool>("isPrepared");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("peers");
        for (const bool isPrepared : {false, true}) {
            for (const int size : {1'100'000, 3'000'000, 40'000'000}) {
                for (const int peers : {1, 2})
                    QTest::addRow("%s, %d bytes, %d peers", isPrepared ? "prepared" : "text", size,
                                  peers)
                            << isPrepared << size << peers;
            }
        }
    }

    void errorNamesThePacketLimit()
    {
        QFETCH(bool, isPrepared);
        QFETCH(int, size);
        QFETCH(int, peers);
        ScopedDatabase db(peers == 1 ? m_servers[0].address() : m_servers.hostList(),
                          u"POOL=limit%1"_s.arg(peers));
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!insert(query, size, isPrepared));
        qInfo("%lld ms: %s", timer.elapsed(), qPrintable(query.lastError().text()));
        const QString text = query.lastError().databaseText();
        QVERIFY2(text.contains(u"max_allowed_packet"_s), qPrintable(text));
        QVERIFY2(!text.contains(u"may or may not"_s), qPrintable(text));
        QVERIFY2(query.exec(u"SELECT 1"_s), qPrintable(query.lastError().text()));
    }

    void transactionIsLostAndTheReasonSaid()
    {
        ScopedDatabase db(m_servers[0].address(), u"POOL=transaction"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(db.get().transaction());
        QSqlQuery query(db.get());
        QVERIFY(query.exec(u"REPLACE INTO numbers VALUES (1000, 1)"_s));
        QVERIFY(!insert(query, 3'000'000, false));
        const QString text = query.lastError().databaseText();
        QVERIFY2(text.contains(u"max_allowed_packet"_s), qPrintable(text));
        QVERIFY(db.get().rollback());
        QCOMPARE(db.value(u"SELECT COUNT(*) FROM numbers WHERE id = 1000"_s).toInt(), 0);
    }

    void nobodyElseIsDisturbed_data()
    {
        QTest::addColumn<bool>("isPrepared");
        QTest::newRow("text") << false;
        QTest::newRow("prepared") << true;
    }

    // One thread goes on sending them; others open, work and close.
    void nobodyElseIsDisturbed()
    {
        QFETCH(bool, isPrepared);
        const QString hosts = m_servers[0].address();
        const QString options = u"POOL=disturbed%1;MAX_IDLE=0"_s.arg(isPrepared);
        ConnectionThreads threads(4, hosts, options);
        QVERIFY2(threads.areOpen(), qPrintable(threads.firstFailure()));
        threads.workOn();
        std::atomic<bool> isOver{false};
        std::atomic<int> sent{0};
        std::thread sender([&] {
            ScopedDatabase db(hosts, options);
            while (!isOver) {
                if (!db.get().isOpen() && !db.open())
                    continue;
                QSqlQuery query(db.get());
                insert(query, 3'000'000, isPrepared);
                ++sent;
            }
        });
        QString failure;
        int opened = 0;
        QElapsedTimer timer;
        timer.start();
        while (failure.isEmpty() && timer.elapsed() < 3000) {
            ScopedDatabase db(hosts, options);
            QSqlError error;
            if (!db.open())
                failure = db.error().text();
            else if (!db.value(u"SELECT 1"_s, &error).isValid())
                failure = error.text();
            ++opened;
        }
        isOver = true;
        sender.join();
        threads.pause();
        qInfo("%d oversized statements beside %d opens and %d rounds of work", sent.load(), opened,
              threads.done());
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));
        QVERIFY(sent > 3);
    }

private:
    static bool insert(QSqlQuery &query, int size, bool isPrepared)
    {
        if (!isPrepared)
            return query.exec(u"INSERT INTO blobs VALUES ('%1')"_s.arg(QString(size, u'x')));
        if (!query.prepare(u"INSERT INTO blobs VALUES (?)"_s))
            return false;
        query.bindValue(0, QByteArray(size, 'x'));
        return query.exec();
    }

    ServerGroup m_servers{2, {u"--max-allowed-packet=1M"_s}};
};

QTEST_GUILESS_MAIN(tst_Oversized)
#include "tst_oversized.moc"
