// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// MySQL itself rather than MariaDB: what opening, moving and failing over is like there.
class tst_MySqlServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY(m_servers.executeEverywhere(u"CREATE TABLE test.t (v INT PRIMARY KEY)"_s));
    }

    // The account may not read the group's members: once that is known, nothing more is asked.
    void laterOpensCostOneRoundTripMore()
    {
        Relay relay(m_servers[0].port());
        const auto cost = [&relay](const QString &driver, const QString &options) {
            relay.resetCounts();
            ScopedDatabase db(u"127.0.0.1"_s, options, driver);
            db.get().setPort(relay.port());
            const bool isOpen = db.open();
            return isOpen ? relay.counts().roundTrips : -1;
        };
        const int plain = cost(u"QMYSQL"_s, {});
        QVERIFY(plain > 0);
        QVERIFY(cost(u"QPROXYSQL"_s, u"MAX_IDLE=0;POOL=cost"_s) > 0);
        QCOMPARE(cost(u"QPROXYSQL"_s, u"MAX_IDLE=0;POOL=cost"_s), plain + 1);
        QVERIFY(m_servers[0].executeAsRoot(
                u"GRANT SELECT ON performance_schema.replication_group_members TO app"_s));
        QCOMPARE(cost(u"QPROXYSQL"_s, u"MAX_IDLE=0;POOL=cost"_s), plain + 1);
    }

    void settingsFollowAMove()
    {
        ScopedDatabase db(m_servers.hostList(), u"MAX_IDLE=0;POOL=move"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QVERIFY(QSqlQuery(db.get()).exec(u"USE information_schema"_s));
        QVERIFY(QSqlQuery(db.get()).exec(u"SET time_zone='+03:00', sql_mode='ANSI_QUOTES'"_s));
        const QString from = db.currentPeer();
        m_servers.serverOf(from).kill();
        QCOMPARE(db.value(u"SELECT CONCAT_WS('|', DATABASE(), @@time_zone, @@sql_mode)"_s).toString(),
                 u"information_schema|+03:00|ANSI_QUOTES"_s);
        QVERIFY(db.currentPeer() != from);
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QTRY_COMPARE_WITH_TIMEOUT(db.health(from), u"Up"_s, 30'000);
    }

    void idleSessionThatTheServerEnded()
    {
        ScopedDatabase db(m_servers.hostList(), u"MAX_IDLE=0;POOL=idle"_s);
        QVERIFY(db.open());
        QVERIFY(m_servers.serverOf(db.currentPeer()).killSessions());
        QVERIFY(db.value(u"SELECT 1"_s).isValid());
    }

    // The plugin alone makes no member of a server.
    void pluginWithoutAGroup()
    {
        Server &server = m_servers[0];
        QVERIFY(server.executeAsRoot(
                u"INSTALL PLUGIN group_replication SONAME 'group_replication.so'"_s));
        ScopedDatabase db(server.address(), u"MAX_IDLE=0;POOL=plugin"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        QCOMPARE(db.value(u"SELECT 1"_s).toInt(), 1);
    }

private:
    ServerGroup m_servers{3, {}, {}, ServerKind::MySql};
};

QTEST_GUILESS_MAIN(tst_MySqlServer)
#include "tst_mysqlserver.moc"
