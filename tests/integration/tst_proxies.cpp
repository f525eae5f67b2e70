// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/proxystandin.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

using Kind = ProxyStandIn::Kind;
using Servers = ProxyStandIn::Servers;

/// Peers that are proxies: what they refuse or do not see although every server takes it.
class tst_Proxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_servers.executeEverywhere(
                u"CREATE DATABASE other; GRANT ALL ON other.* TO app; CREATE TABLE test.log (v INT PRIMARY KEY)"_s));
    }
    void init() { QVERIFY(m_servers.executeEverywhere(u"TRUNCATE test.log"_s)); }

    void initSqlGoesAlone_data();
    void initSqlGoesAlone();
    void settingsFollowAMove();
    void secondMoveAsksAtOnce();
    void schemaThatIsMissing_data();
    void schemaThatIsMissing();
    void drainGivesSettingsBeforeItCuts();
    void drainLeavesWhomNobodyElseServes();
    void maxScaleWithoutMaster();
    void pauseDisturbsNobody();
    void nextOpenGetsACleanSession_data();
    void nextOpenGetsACleanSession();

private:
    static QString hosts(const ProxyStandIn &a, const ProxyStandIn &b)
    {
        return a.address() + u',' + b.address();
    }
    static QString options() { return u"POOL=p%1;BALANCE=first;MAX_IDLE=0"_s.arg(++s_pool); }
    static QString stateOf(const ScopedDatabase &db)
    {
        return db.value(u"SELECT CONCAT_WS('|', DATABASE(), @@time_zone, @@lock_wait_timeout)"_s)
                .toString();
    }
    /// A connection on \a proxy that has a schema and two settings of its own.
    static bool makeItsOwn(const ScopedDatabase &db)
    {
        QSqlQuery query(db.get());
        return query.exec(u"USE other"_s) && query.exec(u"SET time_zone='+03:00'"_s)
               && query.exec(u"SET lock_wait_timeout=7"_s);
    }

    static void drain(const ScopedDatabase &db, const ProxyStandIn &proxy)
    {
        bool isDone = false;
        QVERIFY(QMetaObject::invokeMethod(db.get().driver(), "drainPeer", Q_RETURN_ARG(bool, isDone),
                                          Q_ARG(QString, proxy.address())));
        QVERIFY(isDone);
    }

    static inline int s_pool = 0;
    ServerGroup m_servers{2};
};

void tst_Proxies::initSqlGoesAlone_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("ProxySQL") << Kind::ProxySql;
    QTest::newRow("MaxScale") << Kind::MaxScale;
}

// Later in a text ProxySQL does not see a SET or USE and gives it to whoever uses that connection to
// the server next; MaxScale sends the whole text to the primary only.
void tst_Proxies::initSqlGoesAlone()
{
    QFETCH(Kind, kind);
    ProxyStandIn proxy(m_servers[0].port(), kind);
    const QString options = this->options()
                            + u";INIT_SQL=\"SET @a = ';'; USE other; SET time_zone = '+05:00'\""_s;
    for (int i = 0; i < 3; ++i) {
        ScopedDatabase db(proxy.address(), options);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(stateOf(db).section(u'|', 0, 1), u"other|+05:00"_s);
        QCOMPARE(db.value(u"SELECT @a"_s).toString(), u";"_s);
    }
    const QStringList sent = proxy.relay().statements();
    for (const QString &alone : {u"SET @a = ';'"_s, u"USE other"_s, u"SET time_zone = '+05:00'"_s})
        QVERIFY2(sent.count(alone) == 3, qPrintable(sent.join(u'\n')));
}

void tst_Proxies::settingsFollowAMove()
{
    ProxyStandIn a(m_servers[0].port());
    ProxyStandIn b(m_servers[1].port());
    ScopedDatabase db(hosts(a, b), options());
    QVERIFY(db.open());
    QVERIFY(makeItsOwn(db));
    for (ProxyStandIn *left : {&a, &b, &a}) {
        left->relay().pause();
        left->relay().cutConnections();
        QCOMPARE(stateOf(db), u"other|+03:00|7"_s);
        QCOMPARE(db.currentPeer(), left == &a ? b.address() : a.address());
        left->relay().resume();
        QTRY_COMPARE_WITH_TIMEOUT(db.health(left->address()), u"Up"_s, 15'000);
    }
}

// What was refused once is not tried again.
void tst_Proxies::secondMoveAsksAtOnce()
{
    ProxyStandIn a(m_servers[0].port());
    ProxyStandIn b(m_servers[1].port());
    ScopedDatabase db(hosts(a, b), options());
    QVERIFY(db.open());
    QVERIFY(makeItsOwn(db));
    a.relay().pause();
    a.relay().cutConnections();
    QCOMPARE(stateOf(db), u"other|+03:00|7"_s);
    b.relay().resetCounts();
    b.relay().cutConnections();
    QCOMPARE(stateOf(db), u"other|+03:00|7"_s);
    const QStringList sent = b.relay().statements();
    QVERIFY(!sent.isEmpty());
    QVERIFY2(sent.filter(u"USE `other`"_s).isEmpty(), qPrintable(sent.join(u'\n')));
    QVERIFY(b.relay().counts().of(Command::InitDb) >= 2); // QMYSQL's own, and the connection's
}

void tst_Proxies::schemaThatIsMissing_data()
{
    QTest::addColumn<bool>("isAlone");
    QTest::newRow("among others") << false;
    QTest::newRow("alone") << true;
}

void tst_Proxies::schemaThatIsMissing()
{
    QFETCH(bool, isAlone);
    QVERIFY(m_servers[0].executeAsRoot(
            u"CREATE DATABASE IF NOT EXISTS lonely; GRANT ALL ON lonely.* TO app"_s));
    ProxyStandIn a(m_servers[0].port());
    ProxyStandIn b(m_servers[1].port());
    ScopedDatabase db(hosts(a, b), options());
    QVERIFY(db.open());
    QVERIFY(isAlone || makeItsOwn(db));
    QVERIFY(QSqlQuery(db.get()).exec(u"USE lonely"_s));
    a.relay().pause();
    a.relay().cutConnections();
    QSqlError error;
    QVERIFY(!db.value(u"SELECT 1"_s, &error).isValid());
    QVERIFY2(error.nativeErrorCode() == u"1044"_s || error.nativeErrorCode() == u"1049"_s,
             qPrintable(error.text()));
    QVERIFY2(error.text().contains(u"cannot be given the settings"_s), qPrintable(error.text()));
}

void tst_Proxies::drainGivesSettingsBeforeItCuts()
{
    ProxyStandIn a(m_servers[0].port());
    ProxyStandIn b(m_servers[1].port());
    ScopedDatabase db(hosts(a, b), options());
    QVERIFY(db.open());
    QVERIFY(makeItsOwn(db));
    drain(db, a);
    QTRY_COMPARE_WITH_TIMEOUT(a.relay().openConnections(), 0, 15'000);
    const QList<ProcessListEntry> sessions = m_servers[1].processList(u"app"_s);
    QCOMPARE(sessions.size(), 1); // not taken yet
    QCOMPARE(sessions.constFirst().schema, u"other"_s);
    QVERIFY(b.relay().statements().contains(u"SET time_zone='+03:00',lock_wait_timeout=7"_s));
    QCOMPARE(stateOf(db), u"other|+03:00|7"_s);
    QCOMPARE(db.currentPeer(), b.address());
}

void tst_Proxies::drainLeavesWhomNobodyElseServes()
{
    QVERIFY(m_servers[0].executeAsRoot(
            u"CREATE DATABASE IF NOT EXISTS lonely; GRANT ALL ON lonely.* TO app"_s));
    ProxyStandIn a(m_servers[0].port());
    ProxyStandIn b(m_servers[1].port());
    const QString options = this->options();
    ScopedDatabase lonely(hosts(a, b), options);
    QVERIFY(lonely.open());
    QVERIFY(QSqlQuery(lonely.get()).exec(u"SET time_zone='+03:00'"_s));
    QVERIFY(QSqlQuery(lonely.get()).exec(u"USE lonely"_s));
    ScopedDatabase other(hosts(a, b), options);
    QVERIFY(other.open());
    QCOMPARE(a.relay().openConnections(), 2);
    drain(other, a);
    QTRY_COMPARE_WITH_TIMEOUT(a.relay().openConnections(), 1, 15'000);
    QCOMPARE(lonely.value(u"SELECT DATABASE()"_s).toString(), u"lonely"_s);
    QCOMPARE(lonely.currentPeer(), a.address());
}

void tst_Proxies::maxScaleWithoutMaster()
{
    ProxyStandIn proxy(m_servers[0].port(), Kind::MaxScale);
    proxy.setServers(Servers::NoMaster);
    const QString options = this->options();
    ScopedDatabase db(proxy.address(), options);
    QVERIFY2(db.open(), qPrintable(db.error().text()));
    QCOMPARE(db.value(u"SELECT COUNT(*) FROM log"_s).toInt(), 0);
    QCOMPARE(db.health(proxy.address()), u"Up"_s);
    proxy.relay().resetCounts();
    ScopedDatabase second(proxy.address(), options);
    QVERIFY2(second.open(), qPrintable(second.error().text()));
    QCOMPARE(proxy.relay().counts().connections, 2);
    proxy.relay().resetCounts();
    ScopedDatabase later(proxy.address(), options);
    QVERIFY2(later.open(), qPrintable(later.error().text()));
    QCOMPARE(proxy.relay().counts().connections, 1); // remembered
}

void tst_Proxies::pauseDisturbsNobody()
{
    ProxyStandIn a(m_servers[0].port());
    ProxyStandIn b(m_servers[1].port());
    ScopedDatabase db(hosts(a, b), options());
    QVERIFY(db.open());
    a.relay().pause();
    ScopedDatabase other(hosts(a, b), options());
    QVERIFY(other.open());
    QCOMPARE(other.currentPeer(), b.address());
    QSqlQuery query(db.get());
    for (int i = 0; i < 20; ++i)
        QVERIFY2(query.exec(u"INSERT INTO log VALUES (%1)"_s.arg(i)),
                 qPrintable(query.lastError().text()));
    a.relay().resume();
}

void tst_Proxies::nextOpenGetsACleanSession_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<Servers>("servers");
    QTest::addColumn<QString>("initSql");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("ProxySQL") << Kind::ProxySql << Servers::All << QString() << true;
    QTest::newRow("ProxySQL, USE in INIT_SQL")
            << Kind::ProxySql << Servers::All << u"USE other"_s << true;
    QTest::newRow("ProxySQL, USE among others in INIT_SQL")
            << Kind::ProxySql << Servers::All
            << u"SET @text = ';'; USE other; SET time_zone = '+05:00'"_s << true;
    QTest::newRow("MaxScale") << Kind::MaxScale << Servers::All << QString() << true;
    QTest::newRow("MaxScale without primary")
            << Kind::MaxScale << Servers::NoMaster << QString() << false;
}

// The proxy takes the reset and the questions that follow it, or the session is not kept.
void tst_Proxies::nextOpenGetsACleanSession()
{
    QFETCH(Kind, kind);
    QFETCH(Servers, servers);
    QFETCH(QString, initSql);
    QFETCH(bool, isKept);
    ProxyStandIn proxy(m_servers[0].port(), kind);
    proxy.setServers(servers);
    const QString options = u"POOL=p%1"_s.arg(++s_pool)
                            + (initSql.isEmpty() ? QString() : u";INIT_SQL=\"%1\""_s.arg(initSql));
    ScopedDatabase db(proxy.address(), options);
    const QString schema = initSql.isEmpty() ? u"test"_s : u"other"_s;
    for (int i = 0; i < 4; ++i) {
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(stateOf(db).section(u'|', 0, 0), schema);
        QVERIFY(db.value(u"SELECT @b"_s).isNull());
        QVERIFY(makeItsOwn(db));
        QVERIFY(QSqlQuery(db.get()).exec(u"SET @b=1"_s));
        proxy.relay().resetCounts();
        db.get().close();
        if (!isKept)
            QTRY_COMPARE(proxy.relay().openConnections(), 0);
        // It hangs up; the third time in a row that counts as a refusal.
        QTRY_COMPARE(proxy.relay().counts().of(Command::ChangeUser), isKept || i < 3 ? 1 : 0);
    }
    QCOMPARE(proxy.relay().openConnections(), isKept ? 1 : 0);
}

QTEST_GUILESS_MAIN(tst_Proxies)
#include "tst_proxies.moc"
