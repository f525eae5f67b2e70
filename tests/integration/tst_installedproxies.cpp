// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"
#include "writers.h"

#include "cluster/peerprobe.h"
#include "connect/fullconnect.h"

#include "sandbox/installedproxy.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

using Make = InstalledProxy::Make;

/// MySQL servers as peers, and real proxies, MySQL Router and HAProxy, each before one of them.
class tst_InstalledProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_servers.executeEverywhere(Writers::table()));
        QVERIFY(m_servers.executeEverywhere(u"CREATE DATABASE other"_s));
        QVERIFY(m_servers.executeEverywhere(u"GRANT ALL ON other.* TO 'app'@'%'"_s));
    }
    void init()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_servers.executeEverywhere(u"TRUNCATE test.ledger"_s));
    }

    void spread_data() { makes(); }
    void spread();
    void killedProxy_data() { makes(); }
    void killedProxy();
    void frozenProxy_data() { makes(); }
    void frozenProxy();
    void drain_data() { makes(); }
    void drain();
    void sessionStateMoves_data() { makes(); }
    void sessionStateMoves();
    void serverIsGone_data() { makes(); }
    void serverIsGone();
    void recognition_data();
    void recognition();

private:
    /// Two peers: proxies of a make, each before one server, or the servers themselves.
    class Pair
    {
    public:
        Pair(std::optional<Make> make, ServerGroup &servers)
            : m_servers(servers)
        {
            for (int i = 0; make && i < 2; ++i)
                m_proxies[i] = std::make_unique<InstalledProxy>(*make,
                                                                QStringList{servers[i].address()});
        }
        bool start() { return !m_proxies[0] || (m_proxies[0]->start() && m_proxies[1]->start()); }
        QByteArray errorString() const
        {
            return m_proxies[0]
                           ? (m_proxies[0]->errorString() + m_proxies[1]->errorString()).toUtf8()
                           : QByteArray();
        }
        QString address(int i) const
        {
            return m_proxies[i] ? m_proxies[i]->address() : m_servers[i].address();
        }
        QString hosts() const { return address(0) + u',' + address(1); }
        void kill(int i) { m_proxies[i] ? m_proxies[i]->kill() : m_servers[i].kill(); }
        bool start(int i) { return m_proxies[i] ? m_proxies[i]->start() : m_servers[i].start(); }
        bool freeze(int i) { return m_proxies[i] ? m_proxies[i]->freeze() : m_servers[i].freeze(); }
        bool thaw(int i) { return m_proxies[i] ? m_proxies[i]->thaw() : m_servers[i].thaw(); }

    private:
        ServerGroup &m_servers;
        std::unique_ptr<InstalledProxy> m_proxies[2];
    };

    using MaybeMake = std::optional<Make>;
    static void makes()
    {
        QTest::addColumn<MaybeMake>("make");
        QTest::newRow("MySQL itself") << MaybeMake();
        QTest::newRow("MySQL Router") << MaybeMake(Make::Router);
        QTest::newRow("MySQL Router, shared connections") << MaybeMake(Make::SharingRouter);
        QTest::newRow("HAProxy") << MaybeMake(Make::HaProxy);
    }
    static QString options(const QString &more = {})
    {
        return u"POOL=p%1;MAX_IDLE=0;CHECK_INTERVAL=2"_s.arg(++s_pool) + more;
    }
    void disturb(const Pair &pair, const std::function<void()> &fault,
                 const std::function<bool()> &mend);
    QStringList tokens()
    {
        QStringList all;
        for (int i = 0; i < m_servers.count(); ++i) {
            for (const QStringList &row :
                 m_servers[i].executeAsRoot(u"SELECT token FROM test.ledger"_s).rows)
                all += row.constFirst();
        }
        return all;
    }

    static inline int s_pool = 0;
    ServerGroup m_servers{2, {}, {}, ServerKind::MySql};
};

void tst_InstalledProxies::spread()
{
    QFETCH(MaybeMake, make);
    Pair pair(make, m_servers);
    QVERIFY2(pair.start(), pair.errorString().constData());
    QHash<QString, int> counts;
    std::vector<std::unique_ptr<ScopedDatabase>> all;
    const QString options = this->options();
    for (int i = 0; i < 40; ++i) {
        all.push_back(std::make_unique<ScopedDatabase>(pair.hosts(), options));
        QVERIFY2(all.back()->open(), qPrintable(all.back()->error().text()));
        ++counts[all.back()->currentPeer()];
    }
    QCOMPARE(counts.size(), 2);
    QVERIFY(counts.value(pair.address(0)) >= 8 && counts.value(pair.address(1)) >= 8);
}

/// Four writers on both proxies; no call of theirs fails, and no acknowledged write is lost or doubled.
void tst_InstalledProxies::disturb(const Pair &pair, const std::function<void()> &fault,
                                   const std::function<bool()> &mend)
{
    const QString options = this->options(u";BALANCE=leastconn"_s);
    ScopedDatabase watcher(pair.address(1) + u',' + pair.address(0), options);
    QVERIFY2(watcher.open(), qPrintable(watcher.error().text()));
    Writers writers(4, pair.hosts(), options);
    QTRY_VERIFY_WITH_TIMEOUT(writers.successes() > 200, 30'000);
    fault();
    QTRY_VERIFY_WITH_TIMEOUT(watcher.health(pair.address(0)) != u"Up"_s
                                     && watcher.health(pair.address(0)) != u"Unknown"_s,
                             30'000);
    const int without = writers.successes();
    QTRY_VERIFY_WITH_TIMEOUT(writers.successes() > without + 400, 30'000);
    qInfo().noquote() << QTest::currentDataTag() << watcher.health(pair.address(0))
                      << watcher.peer(pair.address(0)).value(u"lastError"_s).toString();
    QVERIFY(mend());
    QTRY_COMPARE_WITH_TIMEOUT(watcher.health(pair.address(0)), u"Up"_s, 30'000);
    writers.stop();
    const Writers::Ledger &ledger = writers.ledger();
    QVERIFY2(ledger.failures.isEmpty(), qPrintable(ledger.failures.mid(0, 3).join(u'\n')));
    QVERIFY2(ledger.unknown.size() <= 4, qPrintable(QString::number(ledger.unknown.size())));
    QCOMPARE(writers.objection(tokens()), QString());
    qInfo() << "unknown" << ledger.unknown.size() << "longest call" << ledger.longestCall.count();
}

void tst_InstalledProxies::killedProxy()
{
    QFETCH(MaybeMake, make);
    Pair pair(make, m_servers);
    QVERIFY2(pair.start(), pair.errorString().constData());
    disturb(
            pair, [&pair] { pair.kill(0); }, [&pair] { return pair.start(0); });
}

void tst_InstalledProxies::frozenProxy()
{
    QFETCH(MaybeMake, make);
    Pair pair(make, m_servers);
    QVERIFY2(pair.start(), pair.errorString().constData());
    disturb(
            pair, [&pair] { pair.freeze(0); }, [&pair] { return pair.thaw(0); });
}

// The last server behind a proxy that lives.
void tst_InstalledProxies::serverIsGone()
{
    QFETCH(MaybeMake, make);
    Pair pair(make, m_servers);
    QVERIFY2(pair.start(), pair.errorString().constData());
    disturb(
            pair, [this] { m_servers[0].kill(); }, [this] { return m_servers[0].start(); });
}

void tst_InstalledProxies::drain()
{
    QFETCH(MaybeMake, make);
    Pair pair(make, m_servers);
    QVERIFY2(pair.start(), pair.errorString().constData());
    const QString options = this->options(u";BALANCE=first"_s);
    std::vector<std::unique_ptr<ScopedDatabase>> all;
    for (int i = 0; i < 6; ++i) {
        all.push_back(std::make_unique<ScopedDatabase>(pair.hosts(), options));
        QVERIFY2(all.back()->open(), qPrintable(all.back()->error().text()));
        QCOMPARE(all.back()->currentPeer(), pair.address(0));
    }
    bool isDone = false;
    QVERIFY(QMetaObject::invokeMethod(all[0]->get().driver(), "drainPeer",
                                      Q_RETURN_ARG(bool, isDone), Q_ARG(QString, pair.address(0))));
    QVERIFY(isDone);
    QTRY_COMPARE_WITH_TIMEOUT(all[0]->peer(pair.address(0)).value(u"sessions"_s).toInt(), 0, 15'000);
    if (make != MaybeMake(Make::SharingRouter)) // which keeps its own
        QTRY_COMPARE_WITH_TIMEOUT(m_servers[0].connectionCount(), 0, 5'000);
    for (const auto &db : all) {
        QCOMPARE(db->value(u"SELECT 1"_s).toInt(), 1);
        QCOMPARE(db->currentPeer(), pair.address(1));
    }
}

void tst_InstalledProxies::sessionStateMoves()
{
    QFETCH(MaybeMake, make);
    Pair pair(make, m_servers);
    QVERIFY2(pair.start(), pair.errorString().constData());
    ScopedDatabase db(
            pair.hosts(),
            options(u";BALANCE=first;INIT_SQL=\"SET lock_wait_timeout = 9; SET wait_timeout = 999\""_s));
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QSqlQuery query(db.get());
    QVERIFY(query.exec(u"USE other"_s) && query.exec(u"SET time_zone='+03:00'"_s)
            && query.exec(u"SET sql_mode='ANSI_QUOTES'"_s)
            && query.exec(u"SET group_concat_max_len=4444"_s));
    for (int left = 0; left < 2; ++left) {
        pair.kill(left);
        QSqlError error;
        const QString state =
                db.value(u"SELECT CONCAT_WS('|', DATABASE(), @@time_zone, @@sql_mode, "
                         "@@group_concat_max_len, @@lock_wait_timeout, @@wait_timeout)"_s,
                         &error)
                        .toString();
        QVERIFY2(state == u"other|+03:00|ANSI_QUOTES|4444|9|999"_s,
                 qPrintable(state + error.text()));
        QVERIFY(db.currentPeer() != pair.address(left));
        QVERIFY2(pair.start(left), pair.errorString().constData());
        QTRY_COMPARE_WITH_TIMEOUT(db.health(pair.address(left)), u"Up"_s, 15'000);
    }
}

void tst_InstalledProxies::recognition_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<QString>("proxy");
    QTest::newRow("MySQL Router") << Make::Router << QString();
    QTest::newRow("MySQL Router, shared connections") << Make::SharingRouter << u"MySQL Router"_s;
    QTest::newRow("HAProxy") << Make::HaProxy << QString();
}

// Who only passes bytes on has no name; its list is no proof all the same.
void tst_InstalledProxies::recognition()
{
    QFETCH(Make, make);
    QFETCH(QString, proxy);
    InstalledProxy router(make, {m_servers[0].address()});
    QVERIFY2(router.start(), qPrintable(router.errorString()));
    FullConnectRequest request;
    request.peer = {u"127.0.0.1"_s, router.port()};
    request.login.user = u"root"_s;
    request.driver = u"QMYSQL"_s;
    const PeerProbe probe = probePeer(request);
    QVERIFY2(probe.isUp(), qPrintable(probe.message()));
    QCOMPARE(probe.between.proxy, proxy);
    QVERIFY(!probe.serverList.isChecked);
    QVERIFY(!probe.serverList.whyNot.isEmpty());
    request.peer.port = m_servers[0].port();
    QVERIFY(probePeer(request).serverList.isChecked);
}

QTEST_GUILESS_MAIN(tst_InstalledProxies)
#include "tst_installedproxies.moc"
