// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "groupfixture.h"
#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// A group of three MySQL servers that all take writes, and what happens to its members.
class tst_GroupReplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_fixture.start();
        QVERIFY(m_group.executeAsRoot(u"CREATE TABLE test.hot (id INT PRIMARY KEY, n INT)"_s));
    }
    void init()
    {
        m_fixture.restore();
        QVERIFY(m_group.executeAsRoot(u"REPLACE test.hot VALUES (1, 0)"_s));
    }

    void killedMemberThatDoesNotJoin();
    void memberThatLeaves();
    void memberThatIsStopped();
    void frozenUntilExpelled();
    void minority();
    void hotRow();

private:
    static constexpr auto Longest =
            12s; ///< on a machine that is busy; a frozen one is left after 10 s

    QString options() { return m_fixture.options(); }
    QString hostsFrom(int first) { return m_fixture.hostsFrom(first); }

    GroupFixture m_fixture{GroupReplication::Mode::MultiPrimary};
    GroupReplication &m_group = m_fixture.group;
};

void tst_GroupReplication::killedMemberThatDoesNotJoin()
{
    ScopedDatabase db(hostsFrom(0), options() + u";BALANCE=first"_s);
    QVERIFY(db.open());
    const QString killed = m_group[0].address();
    Writers writers(6, hostsFrom(0), db.get().connectOptions());
    WAIT_FOR_WRITES(writers, 100);
    m_group[0].kill();
    QTRY_COMPARE_WITH_TIMEOUT(db.health(killed), u"Down"_s, 30'000);
    QVERIFY2(m_group[0].start(), qPrintable(m_group[0].errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(db.health(killed), u"NotReady"_s, 30'000);
    WAIT_FOR_WRITES(writers, 500);
    QCOMPARE(m_group.state(0), u"OFFLINE"_s);
    for (int i = 0; i < 20; ++i) {
        ScopedDatabase other(hostsFrom(0), db.get().connectOptions());
        QVERIFY2(other.open(), qPrintable(other.error().text()));
        QVERIFY(other.currentPeer() != killed);
    }
    QCOMPARE(db.health(killed), u"NotReady"_s);
    QVERIFY2(m_group.join(0), qPrintable(m_group.errorString())); // it has nothing of its own
    QTRY_COMPARE_WITH_TIMEOUT(db.health(killed), u"Up"_s, 30'000);
    WAIT_FOR_WRITES(writers, 100);
    writers.stop();
    m_fixture.compare(writers, 6, Longest);
}

void tst_GroupReplication::memberThatLeaves()
{
    ScopedDatabase db(hostsFrom(1), options() + u";BALANCE=first"_s);
    QVERIFY(db.open());
    Writers writers(6, hostsFrom(1), db.get().connectOptions());
    WAIT_FOR_WRITES(writers, 100);
    QVERIFY2(m_group.leave(1), qPrintable(m_group.errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(db.health(m_group[1].address()), u"NotReady"_s, 30'000);
    WAIT_FOR_WRITES(writers, 300);
    QVERIFY2(m_group.join(1), qPrintable(m_group.errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(db.health(m_group[1].address()), u"Up"_s, 30'000);
    writers.stop();
    m_fixture.compare(writers, 6, Longest);
}

void tst_GroupReplication::memberThatIsStopped()
{
    ScopedDatabase db(hostsFrom(1), options() + u";BALANCE=first"_s);
    QVERIFY(db.open());
    Writers writers(6, hostsFrom(1), db.get().connectOptions());
    WAIT_FOR_WRITES(writers, 100);
    QVERIFY2(m_group[1].terminate(), qPrintable(m_group[1].errorString()));
    WAIT_FOR_WRITES(writers, 300);
    QVERIFY2(m_group[1].start(), qPrintable(m_group[1].errorString()));
    QVERIFY2(m_group.join(1), qPrintable(m_group.errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(db.health(m_group[1].address()), u"Up"_s, 30'000);
    WAIT_FOR_WRITES(writers, 100);
    writers.stop();
    m_fixture.compare(writers, 6, Longest);
}

void tst_GroupReplication::frozenUntilExpelled()
{
    ScopedDatabase db(hostsFrom(2), options() + u";BALANCE=first"_s);
    QVERIFY(db.open());
    Writers writers(6, hostsFrom(2), db.get().connectOptions());
    WAIT_FOR_WRITES(writers, 100);
    QVERIFY(m_group[2].freeze());
    QTRY_VERIFY_WITH_TIMEOUT(
            m_group[0].executeAsRoot(u"SELECT * FROM performance_schema.replication_group_members"_s)
                            .rows.size()
                    == 2,
            30'000);
    WAIT_FOR_WRITES(writers, 300);
    QVERIFY(m_group[2].thaw());
    QTRY_COMPARE_WITH_TIMEOUT(m_group.state(2), u"ONLINE"_s, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(db.health(m_group[2].address()), u"Up"_s, 30'000);
    WAIT_FOR_WRITES(writers, 100);
    writers.stop();
    m_fixture.compare(writers, 6, Longest);
}

// The peers of the pool are one member of the group and a server that is none of it.
void tst_GroupReplication::minority()
{
    ServerGroup outside(1, {}, {}, ServerKind::MySql);
    QVERIFY2(outside.start(), qPrintable(outside.errorString()));
    QVERIFY(outside.executeEverywhere(Writers::table()));
    const QString hosts = m_group[0].address() + u',' + outside.hostList();
    ScopedDatabase db(hosts, options() + u";BALANCE=first"_s);
    QVERIFY(db.open());
    Writers writers(6, hosts, db.get().connectOptions());
    WAIT_FOR_WRITES(writers, 100);
    QVERIFY(m_group[1].freeze() && m_group[2].freeze());
    QTRY_COMPARE_WITH_TIMEOUT(m_group.reachable(0), 1, 30'000);
    QElapsedTimer timer;
    timer.start();
    QTRY_COMPARE_WITH_TIMEOUT(db.health(m_group[0].address()), u"NotReady"_s, 15'000);
    WAIT_FOR_WRITES(writers, 100);
    qInfo("NotReady and all go on %lld ms after the member has noticed", timer.elapsed());
    QVERIFY(db.value(u"SELECT 1"_s).isValid());
    QCOMPARE(db.currentPeer(), outside.hostList());
    QVERIFY(m_group[1].thaw() && m_group[2].thaw());
    QTRY_COMPARE_WITH_TIMEOUT(m_group.reachable(0), 3, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(db.health(m_group[0].address()), u"Up"_s, 30'000);
    writers.stop();
    const Writers::Ledger &ledger = writers.ledger();
    qInfo("%d acknowledged, %d unknown, longest call %lld ms", int(ledger.acknowledged.size()),
          int(ledger.unknown.size()), (long long) ledger.longestCall.count());
    QVERIFY2(ledger.failures.isEmpty(), qPrintable(ledger.failures.mid(0, 5).join(u'\n')));
    QVERIFY(ledger.unknown.size() <= 6);
    QVERIFY2(ledger.longestCall < Longest, qPrintable(QString::number(ledger.longestCall.count())));
}

void tst_GroupReplication::hotRow()
{
    constexpr int Threads = 6;
    constexpr int Increments = 100;
    const QString options = this->options();
    QStringList failures;
    std::mutex mutex;
    std::vector<std::thread> threads;
    for (int i = 0; i < Threads; ++i) {
        threads.emplace_back([&] {
            ScopedDatabase db(m_group.hostList(), options);
            db.open();
            for (int n = 0; n < Increments; ++n) {
                QSqlQuery query(db.get());
                if (query.exec(u"UPDATE hot SET n = n + 1 WHERE id = 1"_s))
                    continue;
                const std::lock_guard lock(mutex);
                failures += query.lastError().text();
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY2(failures.isEmpty(),
             qPrintable(u"%1: %2"_s.arg(failures.size()).arg(failures.value(0))));
    for (int i = 0; i < m_group.count(); ++i)
        QTRY_COMPARE(m_group[i].executeAsRoot(u"SELECT n FROM test.hot"_s).value(),
                     QString::number(Threads * Increments));
}

QTEST_GUILESS_MAIN(tst_GroupReplication)
#include "tst_groupreplication.moc"
