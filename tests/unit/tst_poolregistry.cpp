// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakes.h"
#include "pool/poolregistry.h"

#include <QtTest/QtTest>

#include <thread>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

namespace {

PoolDefinition definitionOf(const char *name, const QStringList &hosts)
{
    PoolDefinition definition;
    definition.name = QLatin1String(name);
    for (const QString &host : hosts)
        definition.peers.append({{host, 3306}, 1});
    return definition;
}

const QStringList Two{QStringLiteral("db1"), QStringLiteral("db2")};
const QStringList OtherTwo{QStringLiteral("db1"), QStringLiteral("db3")};

PoolRegistry &registry()
{
    return PoolRegistry::instance();
}

} // namespace

/// The registry is the process's: each test uses pool names of its own.
class tst_PoolRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameNameIsSamePool();
    void otherPeersAreRefusedWhileInUse();
    void idlePoolMayBeRedefinedAndKeepsHealth();
    void countersSurviveEverything();
    void copiesCountAsUse();
    void editsOfAPoolFileHold();
    void poolsInUseAreListed();
    void manyThreadsGetOnePool();
};

void tst_PoolRegistry::sameNameIsSamePool()
{
    const auto one = *registry().acquire(definitionOf("same", Two));
    const auto reversed = *registry().acquire(definitionOf("same", {Two[1], Two[0]}));
    QVERIFY(one);
    QCOMPARE(one.get(), reversed.get());
    QVERIFY(*registry().acquire(definitionOf("another", Two)) != one);
}

void tst_PoolRegistry::otherPeersAreRefusedWhileInUse()
{
    auto pool = *registry().acquire(definitionOf("refused", Two));
    QString error = registry().acquire(definitionOf("refused", OtherTwo)).error();
    QVERIFY2(error.contains(QLatin1String("refused")) && error.contains(QLatin1String("db")),
             qPrintable(error));
    auto slower = definitionOf("refused", Two);
    slower.policy.checkInterval = 7s;
    error = registry().acquire(slower).error();
    QVERIFY2(error.contains(QLatin1String("CHECK_INTERVAL")), qPrintable(error));
    QVERIFY(!registry().acquire(slower));
    QCOMPARE(pool->peers().size(), 2);
}

void tst_PoolRegistry::idlePoolMayBeRedefinedAndKeepsHealth()
{
    auto pool = *registry().acquire(definitionOf("idle", Two));
    setHealth(*pool, 0, Health::Down);
    pool.reset();
    pool = *registry().acquire(definitionOf("idle", OtherTwo));
    QVERIFY(pool);
    QCOMPARE(pool->peer(0).health, Health::Down);
    QCOMPARE(pool->find({QStringLiteral("db2"), 3306}), NoPeer);
    QCOMPARE(pool->find({QStringLiteral("db3"), 3306}), 2);
}

void tst_PoolRegistry::countersSurviveEverything()
{
    auto pool = *registry().acquire(definitionOf("counters", Two));
    const auto isAsExpected = [&pool](quint64 statements) {
        return pool->counters(0)
               == PeerCounters{.statements = statements,
                               .errors = 1,
                               .cuts = {{QStringLiteral("silent"), 1}}};
    };
    OwnedCount first;
    OwnedCount second;
    pool->statementsBegin(0, first);
    pool->statementsBegin(0, second);
    first.add(3);
    second.add(4);
    pool->count(0, &PeerCounters::errors);
    pool->countCut(0, QStringLiteral("silent"));
    QVERIFY(isAsExpected(7));
    pool->statementsEnd(0, first);
    first.add(100);
    QVERIFY(isAsExpected(7));
    pool->redefine(definitionOf("counters", {Two[1]})); // the first is retired
    second.add(1);
    QVERIFY(isAsExpected(8));
    pool->statementsEnd(0, second);
    pool->statementsEnd(0, second);
    pool.reset();
    pool = *registry().acquire(definitionOf("counters", Two));
    QVERIFY(isAsExpected(8));
    QCOMPARE(pool->counters(1), PeerCounters());
    pool->count(NoPeer, &PeerCounters::errors);
    QCOMPARE(pool->counters(NoPeer), PeerCounters());
}

void tst_PoolRegistry::copiesCountAsUse()
{
    auto pool = *registry().acquire(definitionOf("copies", Two));
    auto copy = pool;
    const auto unused = pool->shared_from_this(); // for those who only look
    pool.reset();
    QVERIFY(!registry().acquire(definitionOf("copies", OtherTwo)));
    copy.reset();
    QVERIFY(registry().acquire(definitionOf("copies", OtherTwo)));
    QCOMPARE(unused->find({QStringLiteral("db3"), 3306}), 2);
}

void tst_PoolRegistry::editsOfAPoolFileHold()
{
    auto before = definitionOf("file", Two);
    before.fromFile = true;
    before.filePath = QStringLiteral("/etc/pools.ini");
    auto after = definitionOf("file", OtherTwo);
    after.fromFile = true;
    after.filePath = before.filePath;
    const auto pool = *registry().acquire(before);
    QCOMPARE(registry().acquire(after).error(), QString());
    QCOMPARE(pool->find({QStringLiteral("db3"), 3306}), 2);

    after.filePath = QStringLiteral("/etc/other.ini");
    after.peers = before.peers;
    QVERIFY(!registry().acquire(after));
}

void tst_PoolRegistry::poolsInUseAreListed()
{
    const auto names = [] {
        QStringList result;
        for (const auto &pool : registry().poolsInUse())
            result.append(pool->name());
        return result;
    };
    auto pool = *registry().acquire(definitionOf("listed", Two));
    QVERIFY(names().contains(QLatin1String("listed")));
    pool.reset();
    QVERIFY(!names().contains(QLatin1String("listed")));
}

void tst_PoolRegistry::manyThreadsGetOnePool()
{
    std::vector<std::shared_ptr<PeerPool>> pools(8);
    {
        std::vector<std::jthread> threads;
        for (auto &pool : pools) {
            threads.emplace_back([&pool] {
                for (int i = 0; i < 200; ++i)
                    pool = *registry().acquire(definitionOf("threads", Two));
            });
        }
    }
    for (const auto &pool : pools)
        QCOMPARE(pool.get(), pools.front().get());
    pools.clear();
    QVERIFY(registry().acquire(definitionOf("threads", OtherTwo)));
}

QTEST_GUILESS_MAIN(tst_PoolRegistry)
#include "tst_poolregistry.moc"
