// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "peermodelstest.h"

/// The order of the peers in the window.
class tst_PeersOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void naturalOrder_data();
    void naturalOrder();
    void sortsProblemsFirst();
    void statesSortByWhatMatters();
    void unknownComesLast();
    void firstRowsAreInOrder();
    void rowsDoNotMoveAtOnce();
    void heldRowsDoNotMove();
    void filters();
};

void tst_PeersOrder::naturalOrder_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<int>("order");
    QTest::newRow("numbers") << u"db2:3306"_s << u"db10:3306"_s << -1;
    QTest::newRow("ports") << u"db1:999"_s << u"db1:3306"_s << -1;
    QTest::newRow("same") << u"db2"_s << u"db2"_s << 0;
    QTest::newRow("prefix") << u"db"_s << u"db1"_s << -1;
    QTest::newRow("case") << u"DB2"_s << u"db10"_s << -1;
    QTest::newRow("zeros") << u"db002"_s << u"db10"_s << -1;
    QTest::newRow("zeros count last") << u"db02"_s << u"db2"_s << -1;
    QTest::newRow("long numbers") << u"9999999999999999999999"_s << u"10000000000000000000000"_s
                                  << -1;
    QTest::newRow("letters") << u"a10"_s << u"b2"_s << -1;
    QTest::newRow("number before letter") << u"db1"_s << u"dba"_s << -1;
    QTest::newRow("empty") << QString() << u"a"_s << -1;
}

void tst_PeersOrder::naturalOrder()
{
    QFETCH(const QString, one);
    QFETCH(const QString, other);
    QFETCH(const int, order);
    const auto sign = [](int number) { return number < 0 ? -1 : number > 0 ? 1 : 0; };
    QCOMPARE(sign(PeersOrder::compareNaturally(one, other)), order);
    QCOMPARE(sign(PeersOrder::compareNaturally(other, one)), -order);
}

void tst_PeersOrder::sortsProblemsFirst()
{
    PeersOrder order;
    order.setSourceModel(modelOf({madeup::reported(u"db10"_s, 3), madeup::reported(u"db2"_s, 9),
                                  madeup::peer(u"db30"_s, u"Down"_s), madeup::reported(u"db1"_s, 5)},
                                 &order));
    order.sort(PeersModel::Peer, Qt::AscendingOrder);
    QCOMPARE(namesOf(order), (QStringList{u"db30"_s, u"db1"_s, u"db2"_s, u"db10"_s}));
    order.sort(PeersModel::Peer, Qt::DescendingOrder);
    QCOMPARE(namesOf(order), (QStringList{u"db30"_s, u"db10"_s, u"db2"_s, u"db1"_s}));
}

void tst_PeersOrder::statesSortByWhatMatters()
{
    PeersOrder order;
    order.setSourceModel(modelOf({madeup::peer(u"db1"_s), madeup::peer(u"db2"_s, u"Suspect"_s),
                                  madeup::draining(u"db3"_s, DrainState::Draining, 1, 2),
                                  madeup::peer(u"db4"_s, u"Down"_s)},
                                 &order));
    order.sort(PeersModel::State, Qt::AscendingOrder);
    QCOMPARE(namesOf(order), (QStringList{u"db4"_s, u"db2"_s, u"db3"_s, u"db1"_s}));
}

void tst_PeersOrder::unknownComesLast()
{
    PeersOrder order;
    order.setSourceModel(modelOf({madeup::peer(u"db1"_s), madeup::reported(u"db2"_s, 10),
                                  madeup::reported(u"db3"_s, 9), madeup::reported(u"db4"_s, 9)},
                                 &order));
    order.sort(PeersModel::Sessions, Qt::AscendingOrder);
    QCOMPARE(namesOf(order), (QStringList{u"db3"_s, u"db4"_s, u"db2"_s, u"db1"_s}));
    order.sort(PeersModel::Sessions, Qt::DescendingOrder);
    QCOMPARE(namesOf(order), (QStringList{u"db2"_s, u"db3"_s, u"db4"_s, u"db1"_s}));
}

void tst_PeersOrder::firstRowsAreInOrder()
{
    PeersModel model(u"orders"_s);
    PeersOrder order;
    order.setInterval(1h);
    order.setSourceModel(&model);
    order.sort(PeersModel::Peer, Qt::AscendingOrder);
    letEventsPass();
    model.setView(madeup::view({madeup::peer(u"db10"_s), madeup::peer(u"db2"_s)}));
    QTRY_COMPARE(namesOf(order), (QStringList{u"db2"_s, u"db10"_s}));
}

void tst_PeersOrder::rowsDoNotMoveAtOnce()
{
    const auto view = [](int first, int second) {
        return madeup::view({madeup::reported(u"db1"_s, first), madeup::reported(u"db2"_s, second)});
    };
    PeersModel model(u"orders"_s);
    PeersOrder order;
    order.setInterval(1h);
    order.setSourceModel(&model);
    model.setView(view(1, 2));
    order.sort(PeersModel::Sessions, Qt::AscendingOrder);
    letEventsPass();
    const QSignalSpy moved(&order, &QAbstractItemModel::layoutChanged);
    model.setView(view(3, 2));
    letEventsPass();
    QCOMPARE(namesOf(order), (QStringList{u"db1"_s, u"db2"_s}));
    QCOMPARE(order.index(0, PeersModel::Sessions).data().toString(), u"3"_s);
    QCOMPARE(moved.size(), 0);
    // Sorting by the user takes effect at once.
    order.sort(PeersModel::Sessions, Qt::AscendingOrder);
    QCOMPARE(namesOf(order), (QStringList{u"db2"_s, u"db1"_s}));

    PeersOrder soon;
    soon.setInterval(20ms);
    soon.setSourceModel(&model);
    soon.sort(PeersModel::Sessions, Qt::AscendingOrder);
    model.setView(view(1, 2));
    QTRY_COMPARE(namesOf(soon), (QStringList{u"db1"_s, u"db2"_s}));
    // Already in order: no signal.
    const QSignalSpy soonMoved(&soon, &QAbstractItemModel::layoutChanged);
    soon.setInterval(0ms);
    model.setView(view(1, 3));
    letEventsPass();
    QCOMPARE(soonMoved.size(), 0);
}

void tst_PeersOrder::heldRowsDoNotMove()
{
    PeersModel model(u"orders"_s);
    PeersOrder order;
    order.setInterval(0ms);
    order.setSourceModel(&model);
    model.setView(madeup::view({madeup::peer(u"db1"_s), madeup::peer(u"db2"_s)}));
    order.sort(PeersModel::Peer, Qt::AscendingOrder);
    letEventsPass();
    order.setHeld(true);
    model.setView(madeup::view({madeup::peer(u"db1"_s), madeup::peer(u"db2"_s, u"Down"_s)}));
    letEventsPass();
    QCOMPARE(namesOf(order), (QStringList{u"db1"_s, u"db2"_s}));
    order.setHeld(false);
    QTRY_COMPARE(namesOf(order), (QStringList{u"db2"_s, u"db1"_s}));
}

void tst_PeersOrder::filters()
{
    PeersModel model(u"orders"_s);
    PeersOrder order;
    order.setInterval(0ms);
    order.setSourceModel(&model);
    const QList<PeerView> peers{madeup::peer(u"db1"_s), madeup::peer(u"db2"_s, u"Down"_s),
                                madeup::draining(u"db3"_s, DrainState::Draining, 1, 2)};
    model.setView(madeup::view(peers));
    order.setFilterText(u" ALICE kernel"_s);
    QCOMPARE(namesOf(order), QStringList{u"db3"_s});
    order.setFilterText(u"alice db1"_s);
    QCOMPARE(namesOf(order), QStringList());
    order.setFilterText({});
    order.setMarkedOnly(true);
    QCOMPARE(namesOf(order), QStringList{u"db2"_s});
    // A peer becomes a problem while only problems are shown.
    model.setView(madeup::view({madeup::peer(u"db1"_s, u"Down"_s), peers.at(1), peers.at(2)}));
    QTRY_COMPARE(namesOf(order), (QStringList{u"db1"_s, u"db2"_s}));
}

QTEST_GUILESS_MAIN(tst_PeersOrder)
#include "tst_peersorder.moc"
