// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "../integration/scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// What operations cost in round trips, counted on the wire beside QMYSQL.
class tst_RoundTrips : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }

    void openCostsAtMostOneMore()
    {
        const auto cost = [this](const QString &driver, const QString &options) {
            m_relay->resetCounts();
            const auto db = connection(driver, options);
            const int opened = db->open() ? m_relay->counts().roundTrips : -1;
            db->get().close();
            return opened;
        };
        const int plain = cost(u"QMYSQL"_s, {});
        QVERIFY(plain > 0);
        const int ours = cost(u"QPROXYSQL"_s, u"MAX_IDLE=0"_s);
        QVERIFY2(ours > 0 && ours <= plain + 1, qPrintable(m_relay->statements().join(u'\n')));
        const QString init = u"POOL=init;MAX_IDLE=0;INIT_SQL=\"SET @a = 1; SET @b = 2\""_s;
        const int withInitSql = cost(u"QPROXYSQL"_s, init);
        QVERIFY2(withInitSql > 0 && withInitSql <= plain + 1,
                 qPrintable(m_relay->statements().join(u'\n')));
    }

    // All that another session is given goes in one text, whatever proxies need.
    void moveWithSettingsCostsOneMore()
    {
        const int bare = costOfMove({});
        QVERIFY(bare > 0);
        QCOMPARE(costOfMove({u"USE information_schema"_s}), bare + 1);
        QCOMPARE(costOfMove({u"USE information_schema"_s, u"SET time_zone='+02:00'"_s,
                             u"SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE"_s}),
                 bare + 1);
    }

    void statementsCostNoMore_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("saved"); // QMYSQL resets a statement before each execution
        QTest::newRow("exec") << 0 << 0;
        QTest::newRow("prepare, exec, destroy") << 1 << 1;
        QTest::newRow("prepare, exec three times") << 2 << 3;
        QTest::newRow("transaction") << 3 << 0;
    }

    void statementsCostNoMore()
    {
        QFETCH(int, kind);
        QFETCH(int, saved);
        const int plain = costOf(u"QMYSQL"_s, kind);
        const int ours = costOf(u"QPROXYSQL"_s, kind);
        QVERIFY(plain > 0);
        QCOMPARE(ours, plain - saved);
    }

private:
    std::unique_ptr<ScopedDatabase> connection(const QString &driver,
                                               const QString &options = QString())
    {
        if (driver == u"QPROXYSQL"_s)
            return std::make_unique<ScopedDatabase>(m_relay->address(), options);
        auto db = std::make_unique<ScopedDatabase>(u"127.0.0.1"_s, options, driver);
        db->get().setPort(m_relay->port());
        return db;
    }

    int costOfMove(const QStringList &settings)
    {
        static int pool = 0;
        Relay left(m_servers[0].port());
        ScopedDatabase db(left.address() + u',' + m_relay->address(),
                          u"BALANCE=first;MAX_IDLE=0;POOL=moves%1"_s.arg(++pool));
        bool good = db.openOn(left.address());
        m_relay->resetCounts();
        for (const QString &setting : settings)
            good = good && QSqlQuery(db.get()).exec(setting);
        left.pause();
        left.cutConnections();
        good = good && db.value(u"SELECT 1"_s).isValid() && db.currentPeer() == m_relay->address();
        return good ? m_relay->counts().roundTrips : -1;
    }

    int costOf(const QString &driver, int kind)
    {
        // Not kept after its end: the reset of a kept session would be counted with what comes next.
        const auto db = connection(driver, driver == u"QMYSQL"_s ? QString() : u"MAX_IDLE=0"_s);
        if (!db->open())
            return -1;
        m_relay->resetCounts();
        bool good = true;
        if (kind == 0) {
            good = db->value(u"SELECT 1"_s).isValid();
        } else if (kind == 3) {
            good = db->get().transaction() && db->value(u"SELECT 1"_s).isValid()
                   && db->get().commit();
        } else {
            QSqlQuery query(db->get());
            good = query.prepare(u"SELECT ?"_s);
            for (int i = 0; i < (kind == 1 ? 1 : 3); ++i) {
                query.bindValue(0, i);
                good = good && query.exec() && query.next() && query.value(0).toInt() == i;
            }
        }
        return good ? m_relay->counts().roundTrips : -1;
    }

    ServerGroup m_servers{1};
    std::unique_ptr<Relay> m_relay;
};

QTEST_GUILESS_MAIN(tst_RoundTrips)
#include "tst_roundtrips.moc"
