// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connectionthreads.h"
#include "scopeddatabase.h"

#include "sandbox/fulltests.h"
#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <memory>
#include <thread>
#include <vector>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

enum class End { Kill, WaitTimeout, Restart, RelayCloses };
enum class Others { None, Down, Drained };

} // namespace

Q_DECLARE_METATYPE(End)
Q_DECLARE_METATYPE(Others)

/// One usable peer is left, and the server or the network ends the sessions on it: as long as it can be
/// connected to, no statement fails.
class tst_LastPeer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.numbers (id INT PRIMARY KEY, n INT)"_s),
                 qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
        m_servers[1].kill();
    }

    void init()
    {
        QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL wait_timeout = 28800"_s).ok);
        QVERIFY(m_servers[0].killSessions()); // what earlier pools have kept
    }

    void sessionsThatAreClosedFailNoStatement_data()
    {
        QTest::addColumn<int>("sessions");
        QTest::addColumn<End>("end");
        QTest::addColumn<Others>("others");
        const std::pair<const char *, End> ends[]{{"KILL", End::Kill},
                                                  {"wait_timeout", End::WaitTimeout},
                                                  {"restart", End::Restart},
                                                  {"relay closes", End::RelayCloses}};
        const std::pair<const char *, Others> rest[]{{"alone", Others::None},
                                                     {"other down", Others::Down},
                                                     {"other drained", Others::Drained}};
        for (const int sessions : {1, 5, 20}) {
            for (const auto &[how, end] : ends) {
                for (const auto &[where, others] : rest) {
                    const bool isSample = sessions == 5
                                          || (others == Others::None && end != End::WaitTimeout);
                    if (!isSample && !RunsAllData)
                        continue;
                    QTest::addRow("%d sessions, %s, %s", sessions, how, where)
                            << sessions << end << others;
                }
            }
        }
    }

    // First one after the other, read, write and prepared in turn, then from several threads at once.
    void sessionsThatAreClosedFailNoStatement()
    {
        QFETCH(int, sessions);
        QFETCH(End, end);
        QFETCH(Others, others);
        if (end == End::WaitTimeout)
            QVERIFY(m_servers[0].executeAsRoot(u"SET GLOBAL wait_timeout = 1"_s).ok);
        const QString hosts = hostsFor(end, others);
        const QString pool = u"POOL="_s + nameOfRow();
        std::vector<std::unique_ptr<ScopedDatabase>> all;
        std::vector<std::unique_ptr<QSqlQuery>> prepared;
        for (int i = 0; i < sessions; ++i) {
            all.push_back(std::make_unique<ScopedDatabase>(hosts, pool));
            QVERIFY2(all.back()->open(), qPrintable(all.back()->error().text()));
            if (i == 0 && others == Others::Drained)
                drainOther(*all.front());
            QVERIFY(all.back()->value(u"SELECT 1"_s).isValid());
            prepared.push_back(std::make_unique<QSqlQuery>(all.back()->get()));
            QVERIFY(prepared.back()->prepare(u"SELECT n FROM numbers WHERE id = ?"_s));
        }
        for (int kind = 0; kind < 3; ++kind) {
            endSessions(end);
            QStringList failures;
            for (int i = 0; i < sessions; ++i) {
                QSqlQuery query(all[size_t(i)]->get());
                QSqlQuery &used = (i + kind) % 3 == 2 ? *prepared[size_t(i)] : query;
                if (!runOne(used, (i + kind) % 3, i))
                    failures << used.lastError().text();
            }
            QVERIFY2(failures.isEmpty(), qPrintable(u"%1 of %2 failed: %3"_s.arg(failures.size())
                                                            .arg(sessions)
                                                            .arg(failures.value(0))));
            if (sessions > 1)
                break; // all three kinds have had their turn
        }
        prepared.clear();
        all.clear();

        ConnectionThreads threads(sessions, hosts, pool);
        QVERIFY2(threads.areOpen(), qPrintable(threads.firstFailure()));
        threads.work();
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));
        endSessions(end);
        threads.work();
        QVERIFY2(threads.failures() == 0,
                 qPrintable(u"%1 failed: %2"_s.arg(threads.failures()).arg(threads.firstFailure())));
    }

    // The sessions end while the server is away: a refused connect is not the last word.
    void statementsWaitForARestart_data()
    {
        QTest::addColumn<Others>("others");
        QTest::newRow("alone") << Others::None;
        QTest::newRow("other down") << Others::Down;
    }

    void statementsWaitForARestart()
    {
        QFETCH(Others, others);
        const QString pool = u"POOL=wait_"_s + nameOfRow();
        ConnectionThreads threads(8, hostsFor(End::Restart, others), pool);
        QVERIFY2(threads.areOpen(), qPrintable(threads.firstFailure()));
        threads.work();
        QVERIFY2(m_servers[0].terminate(), qPrintable(m_servers[0].errorString()));
        std::thread back([this] {
            std::this_thread::sleep_for(1500ms); // an outage has a length
            m_isBack = m_servers[0].start();
        });
        QElapsedTimer timer;
        timer.start();
        threads.work();
        qInfo("8 threads went on after %lld ms", timer.elapsed());
        back.join();
        QVERIFY(m_isBack);
        QVERIFY2(threads.failures() == 0, qPrintable(threads.firstFailure()));
    }

    // ... but not for ever, and only once: who comes later in the same outage is told at once.
    void outageIsWaitedForOnce()
    {
        ServerGroup gone(1);
        QVERIFY2(gone.start(), qPrintable(gone.errorString()));
        ScopedDatabase db(gone.hostList(), u"OPEN_DEADLINE=3"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        gone[0].kill();
        QElapsedTimer timer;
        timer.start();
        QSqlQuery query(db.get());
        QVERIFY(!query.exec(u"SELECT 1"_s));
        const qint64 first = timer.restart();
        const QString text = query.lastError().databaseText();
        QVERIFY2(first >= 2000 && first < 4500, qPrintable(QString::number(first)));
        const QString reason = gone[0].address() + u": 2002"_s;
        QVERIFY2(text.contains(reason), qPrintable(text));
        QVERIFY2(text.contains(u"the peer closed the connection"_s), qPrintable(text));
        QVERIFY2(text.contains(u"OPEN_DEADLINE=3"_s), qPrintable(text));
        QCOMPARE(query.lastError().nativeErrorCode(), u"2002"_s);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!query.exec(u"SELECT 1"_s));
            QVERIFY2(timer.restart() < 1900, "waited again");
        }
        // An open() asks each peer and does not wait for an outage to end.
        ScopedDatabase other(gone.hostList());
        timer.restart();
        QVERIFY(!other.open());
        QVERIFY2(timer.elapsed() < 1900, qPrintable(QString::number(timer.elapsed())));
        QVERIFY2(gone[0].start(), qPrintable(gone[0].errorString()));
        QTRY_VERIFY_WITH_TIMEOUT(query.exec(u"SELECT 1"_s), 10'000);
    }

    void allDrainedIsSaidAtOnce()
    {
        ScopedDatabase db(m_servers[0].address(), u"POOL=alldrained"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        drain(db, m_servers[0].address());
        QVERIFY(m_servers[0].killSessions());
        QElapsedTimer timer;
        timer.start();
        QSqlQuery query(db.get());
        QVERIFY(!query.exec(u"SELECT 1"_s));
        QVERIFY2(timer.elapsed() < 1900, qPrintable(QString::number(timer.elapsed())));
        const QString text = query.lastError().databaseText();
        QVERIFY2(text.contains(u"all of its peers are drained"_s), qPrintable(text));
    }

private:
    /// As a pool's name may be.
    static QString nameOfRow()
    {
        return QString::fromLatin1(QTest::currentDataTag()).remove(u',').replace(u' ', u'_');
    }

    QString hostsFor(End end, Others others) const
    {
        auto &servers = const_cast<ServerGroup &>(m_servers);
        const QString usable = end == End::RelayCloses ? m_relay->address() : servers[0].address();
        if (others == Others::None)
            return usable;
        return usable + u',' + servers[others == Others::Down ? 1 : 2].address();
    }

    static void drain(const ScopedDatabase &db, const QString &peer)
    {
        bool isDone = false;
        QVERIFY(QMetaObject::invokeMethod(db.get().driver(), "drainPeer",
                                          Q_RETURN_ARG(bool, isDone), Q_ARG(QString, peer)));
        QVERIFY(isDone);
    }

    void drainOther(ScopedDatabase &db)
    {
        drain(db, m_servers[2].address());
        db.get().close();
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(db.currentPeer() != m_servers[2].address());
    }

    static bool runOne(QSqlQuery &query, int kind, int row)
    {
        switch (kind) {
        case 0:
            return query.exec(u"SELECT 1"_s);
        case 1:
            return query.exec(u"REPLACE INTO numbers VALUES (%1, 1)"_s.arg(row));
        default:
            query.bindValue(0, row);
            return query.exec();
        }
    }

    void endSessions(End end)
    {
        switch (end) {
        case End::Kill:
            QVERIFY2(m_servers[0].killSessions(), qPrintable(m_servers[0].errorString()));
            break;
        case End::WaitTimeout:
            QTRY_COMPARE_WITH_TIMEOUT(m_servers[0].connectionCount(), 0, 20'000);
            break;
        case End::Restart:
            QVERIFY2(m_servers[0].restart(), qPrintable(m_servers[0].errorString()));
            break;
        case End::RelayCloses:
            m_relay->cutConnections();
            break;
        }
    }

    ServerGroup m_servers{3};
    std::unique_ptr<Relay> m_relay;
    std::atomic<bool> m_isBack{false};
};

QTEST_GUILESS_MAIN(tst_LastPeer)
#include "tst_lastpeer.moc"
