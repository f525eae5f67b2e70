// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/proxystandin.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

using Kind = ProxyStandIn::Kind;
using Servers = ProxyStandIn::Servers;

/// Proxies that live while no server is left behind them.
class tst_ProxyBackends : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_servers.executeEverywhere(u"CREATE TABLE test.log (v INT PRIMARY KEY)"_s));
    }
    void init() { QVERIFY(m_servers.executeEverywhere(u"TRUNCATE test.log"_s)); }

    void nobodyBehindAtOpen_data();
    void nobodyBehindAtOpen();
    void nobodyBehindAnyProxy();
    void nobodyBehindLater_data();
    void nobodyBehindLater();
    void nobodyBehindWhileAllWork_data();
    void nobodyBehindWhileAllWork();
    void nobodyBehindAnyProxyForAWhile();

private:
    static QString hosts(const ProxyStandIn &a, const ProxyStandIn &b)
    {
        return a.address() + u',' + b.address();
    }
    static QString options() { return u"POOL=p%1;BALANCE=first;MAX_IDLE=0"_s.arg(++s_pool); }

    static inline int s_pool = 0;
    ServerGroup m_servers{2};
};

void tst_ProxyBackends::nobodyBehindAtOpen_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("ProxySQL") << Kind::ProxySql;
    QTest::newRow("MaxScale") << Kind::MaxScale;
}

void tst_ProxyBackends::nobodyBehindAtOpen()
{
    QFETCH(Kind, kind);
    ProxyStandIn empty(m_servers[0].port(), kind);
    ProxyStandIn good(m_servers[1].port(), kind);
    empty.setServers(Servers::None);
    const QString options = this->options() + u";CHECK_INTERVAL=1"_s;
    ScopedDatabase first(hosts(empty, good), options);
    for (int i = 0; i < 10; ++i) {
        ScopedDatabase db(hosts(empty, good), options);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(db.currentPeer(), good.address());
        QCOMPARE(db.value(u"SELECT 1"_s).toInt(), 1);
        QCOMPARE(db.health(empty.address()), u"NotReady"_s);
    }
    QVERIFY(first.open());
    empty.setServers(Servers::All);
    QTRY_COMPARE_WITH_TIMEOUT(first.health(empty.address()), u"Up"_s, 15'000);
}

void tst_ProxyBackends::nobodyBehindAnyProxy()
{
    ProxyStandIn a(m_servers[0].port());
    ProxyStandIn b(m_servers[1].port());
    a.setServers(Servers::None);
    b.setServers(Servers::None);
    ScopedDatabase db(hosts(a, b), options());
    QVERIFY(!db.open());
    QVERIFY2(db.error().text().contains(u"9001"_s), qPrintable(db.error().text()));
    QVERIFY(db.error().text().contains(a.address()) && db.error().text().contains(b.address()));
}

void tst_ProxyBackends::nobodyBehindLater_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("sql");
    for (const auto &[name, kind] :
         {std::pair{"ProxySQL", Kind::ProxySql}, std::pair{"MaxScale", Kind::MaxScale}}) {
        QTest::addRow("%s, write", name) << kind << u"INSERT INTO log VALUES (1)"_s;
        QTest::addRow("%s, read", name) << kind << u"SELECT COUNT(*) FROM log"_s;
    }
}

void tst_ProxyBackends::nobodyBehindLater()
{
    QFETCH(Kind, kind);
    QFETCH(QString, sql);
    ProxyStandIn a(m_servers[0].port(), kind);
    ProxyStandIn b(m_servers[1].port(), kind);
    ScopedDatabase db(hosts(a, b), options());
    QVERIFY(db.open());
    QCOMPARE(db.currentPeer(), a.address());
    a.setServers(Servers::None);
    QSqlQuery query(db.get());
    QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
    QCOMPARE(db.currentPeer(), b.address());
    QTRY_COMPARE(db.health(a.address()), u"NotReady"_s);
    const bool isWrite = sql.startsWith(u"INSERT"_s);
    QCOMPARE(m_servers[1].executeAsRoot(u"SELECT COUNT(*) FROM test.log"_s).value(),
             isWrite ? u"1"_s : u"0"_s);
}

void tst_ProxyBackends::nobodyBehindWhileAllWork_data()
{
    nobodyBehindAtOpen_data();
}

// Four threads read and write in a loop; a statement is under way whenever the servers vanish. What
// MaxScale hangs up on then may have been written.
void tst_ProxyBackends::nobodyBehindWhileAllWork()
{
    QFETCH(Kind, kind);
    QVERIFY(m_servers.executeEverywhere(
            u"CREATE OR REPLACE TABLE test.ids (id INT AUTO_INCREMENT PRIMARY KEY)"_s));
    ProxyStandIn a(m_servers[0].port(), kind);
    ProxyStandIn b(m_servers[1].port(), kind);
    const QString options = this->options() + u";CHECK_INTERVAL=1"_s;
    const QString hosts = this->hosts(a, b);
    std::atomic<int> calls{0};
    std::mutex mutex;
    QStringList failures;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&](const std::stop_token &end) {
                ScopedDatabase db(hosts, options);
                db.open();
                while (!end.stop_requested()) {
                    for (const char *sql :
                         {"INSERT INTO ids VALUES ()", "SELECT MAX(id) FROM ids"}) {
                        QSqlQuery query(db.get());
                        ++calls;
                        if (query.exec(QString::fromLatin1(sql))
                            || (kind == Kind::MaxScale
                                && query.lastError().text().contains(u"may or may not"_s)))
                            continue;
                        const std::scoped_lock lock(mutex);
                        failures += QString::fromLatin1(sql) + u": "_s + query.lastError().text();
                    }
                }
            });
        }
        for (int round = 0; round < 3; ++round) {
            const int before = calls;
            QTRY_VERIFY_WITH_TIMEOUT(calls > before + 200, 20'000);
            a.setServers(Servers::None);
            const int without = calls;
            QTRY_VERIFY_WITH_TIMEOUT(calls > without + 200, 20'000);
            a.setServers(Servers::All);
        }
    }
    QVERIFY2(failures.isEmpty(), qPrintable(failures.mid(0, 5).join(u'\n')));
}

void tst_ProxyBackends::nobodyBehindAnyProxyForAWhile()
{
    ProxyStandIn a(m_servers[0].port());
    ProxyStandIn b(m_servers[1].port());
    ScopedDatabase db(hosts(a, b), options() + u";OPEN_DEADLINE=20"_s);
    QVERIFY(db.open());
    a.setServers(Servers::None);
    b.setServers(Servers::None);
    std::jthread mends([&b](const std::stop_token &end) {
        while (b.relay().counts().logins == 0 && !end.stop_requested())
            QThread::msleep(5);
        b.setServers(Servers::All);
    });
    QSqlQuery query(db.get());
    QVERIFY2(query.exec(u"INSERT INTO log VALUES (1)"_s), qPrintable(query.lastError().text()));
    QCOMPARE(db.currentPeer(), b.address());
    QCOMPARE(m_servers[1].executeAsRoot(u"SELECT COUNT(*) FROM test.log"_s).value(), u"1"_s);
}

QTEST_GUILESS_MAIN(tst_ProxyBackends)
#include "tst_proxybackends.moc"
