// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "../integration/scopeddatabase.h"

#include "sandbox/proxystandin.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// The stand-in for ProxySQL and MaxScale as QMYSQL meets it.
class tst_ProxyStandIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString())); }

    void proxySqlPassesStatements()
    {
        ProxyStandIn proxy(m_servers[0].port());
        const auto db = through(proxy);
        QVERIFY2(db->open(), qPrintable(db->error().text()));
        QCOMPARE(db->value(u"SELECT 7"_s).toInt(), 7);
        QSqlQuery query(db->get());
        QVERIFY(query.prepare(u"SELECT ?"_s));
        query.addBindValue(9);
        QVERIFY(query.exec() && query.next());
        QCOMPARE(query.value(0).toInt(), 9);
    }

    void proxySqlRefusesUseAmongOthers()
    {
        ProxyStandIn proxy(m_servers[0].port());
        const auto db = through(proxy);
        QVERIFY(db->open());
        QCOMPARE(codeOf(*db, u"USE test;SET @a=1"_s), u"1148"_s);
        QCOMPARE(codeOf(*db, u"/* c */ USE test;SET @a=1"_s), u"1148"_s);
        QCOMPARE(codeOf(*db, u"SET @a=1;\n USE test"_s), QString());
        QCOMPARE(codeOf(*db, u"USE test"_s), QString());
        QCOMPARE(codeOf(*db, u"SET @a=1;SET @b=2"_s), QString());
    }

    void proxySqlTellsItself()
    {
        ProxyStandIn proxy(m_servers[0].port());
        const auto db = through(proxy);
        QVERIFY(db->open());
        const QString comment = u"(ProxySQL)"_s;
        QCOMPARE(db->value(u"select @@version_comment limit 1"_s).toString(), comment);
        QVERIFY(db->value(u"SELECT @@version_comment"_s).toString() != comment);
        QVERIFY(db->value(u"SELECT @@version_comment LIMIT 1"_s).toString() != comment);
    }

    void proxySqlWithoutServers()
    {
        ProxyStandIn proxy(m_servers[0].port());
        proxy.setServers(ProxyStandIn::Servers::None);
        const auto db = through(proxy);
        QVERIFY2(db->open(), qPrintable(db->error().text()));
        QCOMPARE(codeOf(*db, u"SELECT 1"_s), u"9001"_s);
        QCOMPARE(codeOf(*db, u"SET time_zone='+00:00'"_s), QString());
        proxy.setServers(ProxyStandIn::Servers::All);
        QCOMPARE(codeOf(*db, u"SELECT 1"_s), QString());
    }

    void pausedItServesOn()
    {
        ProxyStandIn proxy(m_servers[0].port());
        const auto db = through(proxy);
        QVERIFY(db->open());
        proxy.relay().pause();
        QCOMPARE(codeOf(*db, u"SELECT 1"_s), QString());
        QVERIFY(!through(proxy)->open());
        proxy.relay().resume();
        QVERIFY(through(proxy)->open());
    }

    void maxScaleWithoutMaster()
    {
        ProxyStandIn proxy(m_servers[0].port(), ProxyStandIn::Kind::MaxScale);
        proxy.setServers(ProxyStandIn::Servers::NoMaster);
        const auto db = through(proxy);
        QVERIFY2(db->open(), qPrintable(db->error().text()));
        QCOMPARE(codeOf(*db, u"SELECT 1"_s), QString());
        QCOMPARE(codeOf(*db, u"SELECT 1;SELECT 2"_s), u"2013"_s);
    }

    void maxScaleWithoutServers()
    {
        ProxyStandIn proxy(m_servers[0].port(), ProxyStandIn::Kind::MaxScale);
        proxy.setServers(ProxyStandIn::Servers::None);
        const auto db = through(proxy);
        QVERIFY(!db->open());
        QCOMPARE(db->error().nativeErrorCode(), u"1815"_s);
    }

    void maxScaleLosesItsServers()
    {
        ProxyStandIn proxy(m_servers[0].port(), ProxyStandIn::Kind::MaxScale);
        const auto db = through(proxy);
        QVERIFY(db->open());
        proxy.setServers(ProxyStandIn::Servers::None);
        QCOMPARE(proxy.relay().openConnections(), 0);
        QCOMPARE(codeOf(*db, u"SELECT 1"_s), u"2013"_s);
    }

    void proxySqlSelectsAnySchema()
    {
        ProxyStandIn proxy(m_servers[0].port());
        const auto db = through(proxy);
        QVERIFY(db->open());
        QCOMPARE(codeOf(*db, u"USE nowhere"_s), QString());
        QCOMPARE(codeOf(*db, u"SELECT 1"_s), u"1044"_s);
        QCOMPARE(codeOf(*db, u"USE test"_s), QString());
        QCOMPARE(codeOf(*db, u"SELECT 1"_s), QString());
    }

    void proxySqlTiesASessionWhereItSplits()
    {
        ProxyStandIn proxy(m_servers[0].port());
        proxy.setSplit(true);
        const auto db = through(proxy);
        QVERIFY(db->open());
        QCOMPARE(codeOf(*db, u"SET time_zone='+03:00'"_s), QString());
        QCOMPARE(codeOf(*db, u"SELECT 1"_s), QString());
        QCOMPARE(codeOf(*db, u"SET @a=1"_s), QString());
        QCOMPARE(codeOf(*db, u"SELECT 1"_s), u"9006"_s);
        QCOMPARE(codeOf(*db, u"SHOW TABLES"_s), QString());
    }

private:
    static std::unique_ptr<ScopedDatabase> through(const ProxyStandIn &proxy)
    {
        auto db = std::make_unique<ScopedDatabase>(u"127.0.0.1"_s, QString(), u"QMYSQL"_s);
        db->get().setPort(proxy.port());
        return db;
    }

    /// Empty on success.
    static QString codeOf(const ScopedDatabase &db, const QString &sql)
    {
        QSqlQuery query(db.get());
        bool goesOn = query.exec(sql);
        while (goesOn)
            goesOn = query.nextResult();
        return query.lastError().nativeErrorCode();
    }

    ServerGroup m_servers{1};
};

QTEST_GUILESS_MAIN(tst_ProxyStandIn)
#include "tst_proxystandin.moc"
