// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakes.h"
#include "pool/peerpool.h"

#include <QtTest/QtTest>

#include <set>
#include <thread>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

namespace {

PoolDefinition definitionOf(const QStringList &hosts, Balance balance = Balance::Random)
{
    PoolDefinition definition;
    definition.name = QStringLiteral("orders");
    definition.policy.balance = balance;
    for (const QString &host : hosts)
        definition.peers.append({{host, 3306}, 1});
    return definition;
}

const QStringList Three{QStringLiteral("db1"), QStringLiteral("db2"), QStringLiteral("db3")};

} // namespace

class tst_PeerPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsUnknown();
    void choosesOnlySelectable();
    void respectsExcept();
    void unknownPeersAreChosenUntilTheyHang();
    void avoidsPeersThatHang();
    void serverRequestIsALastResort();
    void drainIsNotedAndAnnouncedOnce();
    void peersAreNamedByAddressOrIdentity();
    void overloadedComesBackByItself();
    void redefineKeepsWhatStays();
    void requestsEmptyWhatHasLeft();
    void redefineChangesOrder();
    void signalsOnChangeOutsideTheLock();
    void keepsTheLastError();
    void meetingPointTakesTurnsByName();
    void countsSessions();
    void ignoresForeignIds();
    void manyThreads();

private:
    std::shared_ptr<PeerPool> make(const PoolDefinition &definition)
    {
        return std::make_shared<PeerPool>(definition, m_clock, m_random);
    }
    static std::set<PeerId> chosen(PeerPool &pool, const std::vector<PeerId> &except = {})
    {
        std::set<PeerId> ids;
        for (int i = 0; i < 200; ++i)
            ids.insert(pool.choose(except));
        return ids;
    }

    ManualClock m_clock;
    SeededRandom m_random;
};

void tst_PeerPool::startsUnknown()
{
    const auto pool = make(definitionOf(Three));
    QCOMPARE(pool->peers().size(), 3);
    for (const PeerSnapshot &peer : pool->peers()) {
        QCOMPARE(peer.health, Health::Unknown);
        QCOMPARE(peer.service, Service::InService);
        QCOMPARE(pool->find(peer.address), peer.id);
    }
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0, 1, 2}));
}

void tst_PeerPool::choosesOnlySelectable()
{
    const auto pool = make(definitionOf(Three));
    setHealth(*pool, 0, Health::Up);
    for (const auto health : {Health::Suspect, Health::Down, Health::NotReady, Health::Blocked,
                              Health::Misconfigured}) {
        setHealth(*pool, 1, health);
        QCOMPARE(chosen(*pool), (std::set<PeerId>{0, 2}));
    }
    pool->setService(2, Service::Draining);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0}));
    QVERIFY(pool->hasSelectable());
    QVERIFY(!pool->hasSelectable(0));
    setHealth(*pool, 0, Health::Down);
    QCOMPARE(pool->choose(), NoPeer);
    QVERIFY(!pool->hasSelectable());
}

void tst_PeerPool::drainIsNotedAndAnnouncedOnce()
{
    const auto pool = make(definitionOf(Three));
    QSignalSpy changes(pool.get(), &PeerPool::peerServiceChanged);
    const DrainRequest note{.service = Service::Draining,
                            .generation = 7,
                            .reason = QStringLiteral("update"),
                            .requestedBy = QStringLiteral("anna"),
                            .at = QDateTime(QDate(2026, 3, 1), QTime(1, 2), Qt::UTC)};
    QVERIFY(!pool->hasDraining());
    pool->setService(1, Service::Draining, note);
    QVERIFY(pool->hasDraining());
    QCOMPARE(pool->peer(1).request, note);
    pool->setService(1, Service::Draining, note);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(changes.first().at(1).toString(), pool->peer(1).address.name());
    QCOMPARE(changes.first().at(2).value<Service>(), Service::Draining);
    pool->setService(1, Service::InService, {});
    QCOMPARE(changes.count(), 2);
    QVERIFY(!pool->hasDraining());
    pool->setService(NoPeer, Service::Draining);
    QCOMPARE(changes.count(), 2);
}

void tst_PeerPool::peersAreNamedByAddressOrIdentity()
{
    const auto pool = make(definitionOf(Three));
    const QString name = pool->peer(2).address.name();
    QCOMPARE(pool->named(name), QList<PeerId>{2});
    QCOMPARE(pool->named(name.toUpper()), QList<PeerId>{2});
    QCOMPARE(pool->named(QStringLiteral("node2")), QList<PeerId>());
    setIdentities(*pool, 1, {QStringLiteral("uuid"), QStringLiteral("node2")});
    QCOMPARE(pool->named(QStringLiteral("node2")), QList<PeerId>{1});
    setIdentities(*pool, 2, {QStringLiteral("uuid")});
    QCOMPARE(pool->named(QStringLiteral("uuid")), (QList<PeerId>{1, 2}));
    QCOMPARE(pool->named(QString()), QList<PeerId>());
}

void tst_PeerPool::respectsExcept()
{
    const auto pool = make(definitionOf(Three));
    QCOMPARE(chosen(*pool, {0}), (std::set<PeerId>{1, 2}));
    QCOMPARE(chosen(*pool, {0, 2}), (std::set<PeerId>{1}));
    QCOMPARE(pool->choose({0, 1, 2}), NoPeer);
}

// Else all who open at the start of an application would take the peer that answers first.
void tst_PeerPool::unknownPeersAreChosenUntilTheyHang()
{
    const auto pool = make(definitionOf(Three));
    setHealth(*pool, 1, Health::Up);
    pool->attemptBegun(0);
    pool->attemptBegun(2);
    m_clock.advance(249ms);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0, 1, 2}));
    m_clock.advance(1ms);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{1}));
    pool->attemptEnded(0);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0, 1}));
}

void tst_PeerPool::avoidsPeersThatHang()
{
    const auto pool = make(definitionOf(Three));
    for (PeerId peer : {0, 1, 2})
        setHealth(*pool, peer, Health::Up);
    pool->attemptBegun(0);
    pool->attemptBegun(0);
    m_clock.advance(249ms);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0, 1, 2}));
    m_clock.advance(1ms);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{1, 2}));
    QCOMPARE(chosen(*pool, {1, 2}), (std::set<PeerId>{0}));
    pool->attemptEnded(0); // it is slow, but it answers
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0, 1, 2}));
    m_clock.advance(250ms);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{1, 2}));
    pool->attemptEnded(0);
    pool->attemptBegun(0);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0, 1, 2}));
}

void tst_PeerPool::serverRequestIsALastResort()
{
    const auto pool = make(definitionOf(Three));
    for (PeerId peer : {0, 1, 2})
        setHealth(*pool, peer, Health::Up);
    pool->setServerRequest(1, QStringLiteral("desynced"));
    QCOMPARE(pool->peer(1).serverRequest, QStringLiteral("desynced"));
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0, 2}));
    QCOMPARE(chosen(*pool, {0, 2}), (std::set<PeerId>{1}));
    pool->setServerRequest(1, {});
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0, 1, 2}));
}

void tst_PeerPool::overloadedComesBackByItself()
{
    const auto pool = make(definitionOf({QStringLiteral("db1")}));
    setHealth(*pool, 0, Health::Overloaded, {1040, QStringLiteral("Too many connections"), {}},
              m_clock.now() + 1s);
    QCOMPARE(pool->choose(), NoPeer);
    m_clock.advance(1s);
    QCOMPARE(pool->choose(), 0);
}

void tst_PeerPool::redefineKeepsWhatStays()
{
    const auto pool = make(definitionOf(Three));
    setHealth(*pool, 0, Health::Up);
    setHealth(*pool, 1, Health::Down);
    pool->sessionOpened(0);

    auto edited = definitionOf({QStringLiteral("db2"), QStringLiteral("db4")});
    edited.name = QStringLiteral("another name");
    edited.peers[0].weight = 5;
    pool->redefine(edited);
    QCOMPARE(pool->name(), QStringLiteral("orders"));
    QCOMPARE(pool->peers().size(), 2);
    QCOMPARE(pool->peer(1).health, Health::Down);
    QCOMPARE(pool->peer(1).weight, 5);
    QCOMPARE(pool->peer(3).address.host, QStringLiteral("db4"));
    QCOMPARE(pool->peer(3).health, Health::Unknown);
    QVERIFY(pool->peer(0).isRetired);
    QCOMPARE(pool->peer(0).sessions, 1);
    QCOMPARE(pool->find({QStringLiteral("db1"), 3306}), NoPeer);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{3}));

    pool->redefine(definitionOf(Three));
    QVERIFY(!pool->peer(0).isRetired);
    QCOMPARE(pool->find({QStringLiteral("db1"), 3306}), 0);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0, 2}));
}

void tst_PeerPool::requestsEmptyWhatHasLeft()
{
    const auto pool = make(definitionOf(Three));
    const QString name = pool->peer(0).address.name();
    setIdentities(*pool, 0, {QStringLiteral("node1")});
    pool->sessionOpened(0);
    // The same server under another name, and one that nobody uses any more leaves as well.
    pool->redefine(definitionOf({QStringLiteral("db2"), QStringLiteral("db1.lan")}));
    const PeerId renamed = pool->find({QStringLiteral("db1.lan"), 3306});
    setIdentities(*pool, renamed, {QStringLiteral("node1")});
    QCOMPARE(pool->named(name), QList<PeerId>{0});
    QCOMPARE(pool->named(pool->peer(2).address.name()), QList<PeerId>());

    const auto request = [&](Service service, quint64 generation) {
        const DrainRequest made{.peer = name,
                                .identities = {QStringLiteral("node1"),
                                               pool->peer(2).address.name()},
                                .service = service,
                                .generation = generation};
        pool->setRequests(std::make_shared<const DrainRequests>(QList{made}, generation));
    };
    request(Service::Draining, 1);
    QCOMPARE(pool->peer(0).service, Service::Draining);
    QCOMPARE(pool->peer(renamed).service, Service::Draining);
    QCOMPARE(pool->peer(2).service, Service::InService);
    request(Service::InService, 2);
    QCOMPARE(pool->peer(0).service, Service::InService);
    QCOMPARE(pool->peer(renamed).service, Service::InService);
    QVERIFY(!pool->hasDraining());

    pool->setService(0, Service::Draining);
    QVERIFY(pool->hasDraining());
    pool->sessionClosed(0);
    QVERIFY(!pool->hasDraining());
}

void tst_PeerPool::redefineChangesOrder()
{
    const auto pool = make(definitionOf(Three, Balance::First));
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0}));
    pool->redefine(definitionOf({Three[2], Three[0], Three[1]}, Balance::First));
    QCOMPARE(chosen(*pool), (std::set<PeerId>{2}));
    QCOMPARE(pool->peers().first().id, 2);
}

void tst_PeerPool::signalsOnChangeOutsideTheLock()
{
    const auto pool = make(definitionOf(Three));
    QStringList seen;
    connect(
            pool.get(), &PeerPool::peerStateChanged, this,
            [&](const QString &name, const QString &peer, Health health) {
                // Would hang if the lock were held.
                QCOMPARE(pool->peer(0).health, health);
                seen.append(name + QLatin1Char(' ') + peer);
            },
            Qt::DirectConnection);
    setHealth(*pool, 0, Health::Up);
    setHealth(*pool, 0, Health::Up);
    QCOMPARE(seen, QStringList{QStringLiteral("orders db1:3306")});

    const auto change = pool->recordHealth(0, Health::Down);
    QCOMPARE(seen.size(), 1);
    QCOMPARE(change.before, Health::Up);
    pool->announce(change);
    QCOMPARE(seen.size(), 2);
    pool->announce(pool->recordHealth(0, Health::Down));
    QCOMPARE(seen.size(), 2);
}

void tst_PeerPool::keepsTheLastError()
{
    const auto pool = make(definitionOf(Three));
    QTest::ignoreMessage(QtWarningMsg,
                         "pool orders: peer db1:3306: Unknown -> Down: 2002 Connection refused;"
                         " next check in 1.5 s");
    setHealth(*pool, 0, Health::Down, {2002, QStringLiteral("Connection refused"), {}},
              m_clock.now() + 1500ms);
    QCOMPARE(pool->peer(0).nextCheck, m_clock.now() + 1500ms);
    QTest::ignoreMessage(QtInfoMsg, "pool orders: peer db1:3306: Down -> Up");
    setHealth(*pool, 0, Health::Up);
    QCOMPARE(pool->peer(0).lastError.code, 2002);
    QCOMPARE(pool->peer(0).nextCheck, Clock::time_point());
}

void tst_PeerPool::meetingPointTakesTurnsByName()
{
    // Another process may list the same peers in another order: all must meet at the same ones.
    const auto pool = make(definitionOf({Three[2], Three[0], Three[1]}));
    const auto hostAt = [&](int turn) { return pool->peer(pool->meetingPoint(turn)).address.host; };
    QCOMPARE(hostAt(0), Three[0]);
    QCOMPARE(hostAt(1), Three[1]);
    QCOMPARE(hostAt(2), Three[2]);
    QCOMPARE(hostAt(3), Three[0]);
    setHealth(*pool, pool->meetingPoint(0), Health::Down);
    QCOMPARE(hostAt(0), Three[1]);
    QCOMPARE(hostAt(2), Three[1]);
    setHealth(*pool, pool->meetingPoint(0), Health::Down);
    setHealth(*pool, pool->meetingPoint(0), Health::Down);
    QCOMPARE(pool->meetingPoint(0), NoPeer);
}

void tst_PeerPool::countsSessions()
{
    const auto pool = make(definitionOf({Three[0], Three[1]}, Balance::LeastConn));
    pool->sessionOpened(0);
    QCOMPARE(pool->peer(0).sessions, 1);
    QCOMPARE(chosen(*pool), (std::set<PeerId>{1}));
    pool->sessionOpened(1);
    setHealth(*pool, 1, Health::Up);
    pool->attemptBegun(1); // will be a session in a moment
    QCOMPARE(chosen(*pool), (std::set<PeerId>{0}));
    pool->attemptEnded(1);
    pool->sessionClosed(0);
    pool->sessionClosed(0);
    QCOMPARE(pool->peer(0).sessions, 0);
}

void tst_PeerPool::ignoresForeignIds()
{
    const auto pool = make(definitionOf(Three));
    for (PeerId peer : {NoPeer, 3, 1000}) {
        setHealth(*pool, peer, Health::Up);
        pool->setService(peer, Service::Draining);
        setIdentities(*pool, peer, {});
        pool->attemptBegun(peer);
        pool->sessionOpened(peer);
        QCOMPARE(pool->peer(peer).id, NoPeer);
    }
}

void tst_PeerPool::manyThreads()
{
    const auto pool = make(definitionOf(Three));
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&pool, t] {
            for (int i = 0; i < 500; ++i) {
                const PeerId peer = pool->choose();
                pool->attemptBegun(peer);
                pool->sessionOpened(peer);
                setHealth(*pool, peer, Health::Up);
                if (t == 0 && i % 50 == 0)
                    pool->redefine(definitionOf(i % 100 ? Three : QStringList{Three[1], Three[2]}));
                (void) pool->peers();
                pool->attemptEnded(peer);
                pool->sessionClosed(peer);
            }
        });
    }
    threads.clear();
    for (PeerId peer : {0, 1, 2})
        QCOMPARE(pool->peer(peer).sessions, 0);
}

QTEST_GUILESS_MAIN(tst_PeerPool)
#include "tst_peerpool.moc"
