// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakes.h"
#include "health/poolmonitor.h"
#include "health/supervisor.h"
#include "pool/poolregistry.h"
#include "report/proberound.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtTest/QtTest>

#include <atomic>

using namespace qproxysql;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::atomic<int> attempts{0};

class RefusingDriver : public QSqlDriver
{
public:
    bool hasFeature(DriverFeature) const override { return false; }
    bool open(const QString &, const QString &, const QString &, const QString &, int,
              const QString &) override
    {
        ++attempts;
        setLastError(QSqlError({}, u"Connection refused"_s, QSqlError::ConnectionError, u"2002"_s));
        setOpenError(true);
        return false;
    }
    void close() override {}
    QSqlResult *createResult() const override { return nullptr; }
};

} // namespace

/// Probes that an operator's tool asks for.
class tst_ProbeRound : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // Kept reachable, since QtSql loses it when a process exits under its application.
        static auto *const creator = new QSqlDriverCreator<RefusingDriver>;
        QSqlDatabase::registerSqlDriver(u"QMYSQL"_s, creator);
    }
    void asksEachPeerInServiceOnceInFiveSeconds();

private:
    test::ManualClock m_clock;
};

void tst_ProbeRound::asksEachPeerInServiceOnceInFiveSeconds()
{
    PoolDefinition definition;
    definition.name = u"p"_s;
    definition.policy.checkInterval = 1h;
    for (const QString &host : {u"db1"_s, u"db2"_s, u"db3"_s})
        definition.peers.append({{host, 3306}, 1});
    const auto pool = *PoolRegistry::instance().acquire(definition);
    ProbeRound round(m_clock);
    round.start();
    QVERIFY(!round.isUnderWay()); // nobody has a login
    const PoolWatch watch = Supervisor::instance().watch(pool, {});
    pool->setService(2, Service::Draining);
    QCOMPARE(pool->peer(2).service, Service::Draining);

    for (int asker = 0; asker < 5; ++asker)
        round.start(); // a pool that was opened since the last asker is not kept waiting
    QTRY_VERIFY(!round.isUnderWay());
    QCOMPARE(attempts.load(), 2);
    m_clock.advance(4900ms);
    round.start();
    QVERIFY2(!round.isUnderWay(), "too early");
    QCOMPARE(attempts.load(), 2);
    m_clock.advance(100ms);
    for (int asker = 0; asker < 5; ++asker)
        round.start();
    QTRY_VERIFY(!round.isUnderWay());
    QCOMPARE(attempts.load(), 4);
    const auto monitor = Supervisor::instance().monitorOf(*pool);
    QVERIFY(monitor->contact(0).failed != Clock::time_point());
    QVERIFY(monitor->contact(0).connected == Clock::time_point());
    QVERIFY(monitor->contact(2).failed == Clock::time_point());
}

QTEST_GUILESS_MAIN(tst_ProbeRound)
#include "tst_proberound.moc"
