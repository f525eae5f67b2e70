// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakeclock.h"
#include "madeupcluster.h"

#include "cluster/clusterhistory.h"
#include "cluster/peersearch.h"
#include "models/applicationsmodel.h"
#include "models/detailsmodel.h"
#include "models/naturalorder.h"
#include "models/peersmodel.h"
#include "models/peersorder.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>

#include <algorithm>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Who is in a cluster changes from one look to the next, and so does everything else.
ClusterView anyView(QRandomGenerator *random)
{
    QList<PeerView> peers;
    for (int i = 1; i <= 20; ++i) {
        if (random->bounded(4) != 0)
            peers.append(madeup::anyPeer(u"db%1"_s.arg(i), random));
    }
    std::ranges::rotate(peers, peers.begin() + random->bounded(int(peers.size()) + 1));
    ClusterView view = madeup::view(peers);
    for (int i = 0; i < 6; ++i) {
        if (random->bounded(3) != 0)
            view.processes.append(madeup::process(u"p%1"_s.arg(i), u"app%1"_s.arg(i),
                                                  {madeup::report(u"db1"_s, random->bounded(9))}));
    }
    return view;
}

QStringList cellsOf(const QAbstractItemModel &model)
{
    QStringList cells;
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(model.index(row, column).data().toString());
    }
    return cells;
}

QStringList namesOf(const QAbstractItemModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(model.index(row, 0).data(PeersModel::NameRole).toString().section(u':', 0, 0));
    return names;
}

PeersModel *modelOf(const QList<PeerView> &peers, QObject *parent)
{
    auto *const model = new PeersModel(u"orders"_s, parent);
    model->setView(madeup::view(peers));
    return model;
}

/// What a model says while it changes.
struct Spies
{
    explicit Spies(QAbstractItemModel *model)
        : changed(model, &QAbstractItemModel::dataChanged)
        , inserted(model, &QAbstractItemModel::rowsInserted)
        , removed(model, &QAbstractItemModel::rowsRemoved)
        , reset(model, &QAbstractItemModel::modelReset)
        , moved(model, &QAbstractItemModel::layoutChanged)
    {
    }
    QSignalSpy changed;
    QSignalSpy inserted;
    QSignalSpy removed;
    QSignalSpy reset;
    QSignalSpy moved;
};

void letEventsPass()
{
    for (int i = 0; i < 3; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

} // namespace

/// The models of the window, fed with one look after the other.
class tst_PeerModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomSnapshots();
    void oneChangeCoversAll();
    void nothingChangedNothingSaid();
    void rowsStay();
    void twoHundredPeers();
    void applicationsOfRandomSnapshots();

    void naturalOrder_data();
    void naturalOrder();
    void sortsProblemsFirst();
    void statesSortByWhatMatters();
    void unknownComesLast();
    void rowsDoNotMoveAtOnce();
    void heldRowsDoNotMove();
    void firstRowsAreInOrder();
    void filters();
};

void tst_PeerModels::randomSnapshots()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    PeersModel model(u"orders"_s);
    PeersOrder order;
    order.setInterval(0ms);
    order.setSourceModel(&model);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester
            orderTester(&order, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int tick = 0; tick < 60; ++tick) {
        const QList<PeerView> peers = anyView(&random).pools.constFirst().peers;
        const QStringList before = namesOf(model);
        const Spies spies(&model);
        model.setView(madeup::view(peers));
        QVERIFY(spies.changed.size() <= 1);
        QCOMPARE(spies.reset.size(), 0);
        QCOMPARE(spies.moved.size(), 0);
        QVERIFY(spies.inserted.size() <= 1);

        QStringList wanted; // who stays in the old order, then who is new in the pool's
        for (const PeerView &peer : peers)
            wanted.append(peer.address.host);
        QStringList stay = before;
        stay.removeIf([&wanted](const QString &name) { return !wanted.contains(name); });
        wanted.removeIf([&before](const QString &name) { return before.contains(name); });
        QCOMPARE(namesOf(model), stay + wanted);
        letEventsPass();
        order.setProblemsOnly(tick % 3 == 0);
    }
    QCOMPARE(model.rowCount(QModelIndex()), int(namesOf(model).size()));
    ClusterView empty;
    model.setView(empty);
    QCOMPARE(model.rowCount(), 0);
}

void tst_PeerModels::oneChangeCoversAll()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    PeersModel model(u"orders"_s);
    QList<PeerView> peers;
    for (int i = 1; i <= 12; ++i)
        peers.append(madeup::anyPeer(u"db%1"_s.arg(i), &random));
    model.setView(madeup::view(peers));
    for (int tick = 0; tick < 40; ++tick) {
        const QStringList before = cellsOf(model);
        for (int i = random.bounded(4); i > 0; --i) {
            const int at = random.bounded(int(peers.size()));
            peers[at] = madeup::anyPeer(peers.at(at).address.host, &random);
        }
        const Spies spies(&model);
        model.setView(madeup::view(peers));
        const QStringList after = cellsOf(model);
        QCOMPARE(spies.inserted.size() + spies.removed.size(), 0);
        QVERIFY(spies.changed.size() <= 1);
        for (qsizetype i = 0; i < after.size(); ++i) {
            if (after.at(i) == before.at(i))
                continue;
            QCOMPARE(spies.changed.size(), 1);
            const auto from = spies.changed.constFirst().at(0).toModelIndex();
            const auto to = spies.changed.constFirst().at(1).toModelIndex();
            const int row = int(i) / PeersModel::ColumnCount;
            const int column = int(i) % PeersModel::ColumnCount;
            QVERIFY(row >= from.row() && row <= to.row());
            QVERIFY(column >= from.column() && column <= to.column());
        }
    }
}

void tst_PeerModels::nothingChangedNothingSaid()
{
    QRandomGenerator random(1);
    const ClusterView view = anyView(&random);
    PeersModel model(u"orders"_s);
    model.setView(view);
    const Spies spies(&model);
    model.setView(view);
    QCOMPARE(spies.changed.size() + spies.inserted.size() + spies.removed.size(), 0);
}

void tst_PeerModels::rowsStay()
{
    PeersModel model(u"orders"_s);
    model.setView(madeup::view({madeup::peer(u"db1"_s), madeup::peer(u"db2"_s),
                                madeup::peer(u"db3"_s), madeup::peer(u"db4"_s)}));
    const QPersistentModelIndex third = model.index(2, PeersModel::State);
    const QPersistentModelIndex second = model.index(1, 0);
    model.setView(madeup::view(
            {madeup::peer(u"db9"_s), madeup::peer(u"db4"_s), madeup::peer(u"db3"_s, u"Down"_s)}));
    QVERIFY(!second.isValid());
    QCOMPARE(third.data(PeersModel::NameRole).toString(), u"db3:3306"_s);
    QCOMPARE(third.data(PeersModel::LookRole).toInt(), int(PeerLook::Down));
    QCOMPARE(namesOf(model), (QStringList{u"db3"_s, u"db4"_s, u"db9"_s}));
    // Twice in the directory: one row.
    model.setView(madeup::view({madeup::peer(u"db3"_s), madeup::peer(u"db3"_s, u"Down"_s)}));
    QCOMPARE(namesOf(model), QStringList{u"db3"_s});
    QCOMPARE(third.data(PeersModel::LookRole).toInt(), int(PeerLook::Up));
}

void tst_PeerModels::twoHundredPeers()
{
    QRandomGenerator random(200);
    FakeClock clock;
    ClusterHistory history(clock);
    PeersModel model(u"orders"_s);
    PeersOrder order;
    order.setInterval(0ms);
    order.setSourceModel(&model);
    constexpr int Ticks = 20;
    qint64 nanoseconds = 0;
    for (int tick = 0; tick <= Ticks; ++tick) {
        QList<PeerView> peers;
        for (int i = 1; i <= 200; ++i)
            peers.append(madeup::anyPeer(u"db%1"_s.arg(i), &random));
        ClusterView view = madeup::view(peers);
        clock.advance(5s);
        QElapsedTimer timer;
        timer.start();
        history.note(&view);
        model.setView(view);
        letEventsPass(); // sorts
        nanoseconds += tick == 0 ? 0 : timer.nsecsElapsed();
    }
    const double ms = double(nanoseconds) / 1e6 / Ticks;
    qInfo("a tick of 200 peers that all change: %.1f ms", ms);
#ifdef QPROXYSQL_SANITIZED
    QVERIFY(ms < 1000);
#else
    QVERIFY(ms < 50);
#endif
}

void tst_PeerModels::applicationsOfRandomSnapshots()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    ApplicationsModel model;
    DetailsModel details;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester
            detailsTester(&details, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int tick = 0; tick < 40; ++tick) {
        const ClusterView view = anyView(&random);
        const Spies spies(&model);
        model.setView(view, u"db1:3306"_s);
        details.setView(view, u"orders"_s, u"db1:3306"_s);
        QVERIFY(spies.changed.size() <= 1);
        QCOMPARE(spies.reset.size(), 0);
        if (PeerSearch(view, u"db1:3306"_s).isFound())
            QCOMPARE(model.rowCount(), int(view.processes.size()));
    }
    model.setView({}, {});
    QCOMPARE(model.rowCount(), 0);
}

void tst_PeerModels::naturalOrder_data()
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

void tst_PeerModels::naturalOrder()
{
    QFETCH(const QString, one);
    QFETCH(const QString, other);
    QFETCH(const int, order);
    const auto sign = [](int number) { return number < 0 ? -1 : number > 0 ? 1 : 0; };
    QCOMPARE(sign(compareNaturally(one, other)), order);
    QCOMPARE(sign(compareNaturally(other, one)), -order);
}

void tst_PeerModels::sortsProblemsFirst()
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

void tst_PeerModels::statesSortByWhatMatters()
{
    PeersOrder order;
    order.setSourceModel(modelOf({madeup::peer(u"db1"_s), madeup::peer(u"db2"_s, u"Suspect"_s),
                                  madeup::draining(u"db3"_s, DrainState::Draining, 1, 2),
                                  madeup::peer(u"db4"_s, u"Down"_s)},
                                 &order));
    order.sort(PeersModel::State, Qt::AscendingOrder);
    QCOMPARE(namesOf(order), (QStringList{u"db4"_s, u"db2"_s, u"db3"_s, u"db1"_s}));
}

void tst_PeerModels::unknownComesLast()
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

void tst_PeerModels::firstRowsAreInOrder()
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

void tst_PeerModels::rowsDoNotMoveAtOnce()
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
    // Asked for by a person: at once.
    order.sort(PeersModel::Sessions, Qt::AscendingOrder);
    QCOMPARE(namesOf(order), (QStringList{u"db2"_s, u"db1"_s}));

    PeersOrder soon;
    soon.setInterval(20ms);
    soon.setSourceModel(&model);
    soon.sort(PeersModel::Sessions, Qt::AscendingOrder);
    model.setView(view(1, 2));
    QTRY_COMPARE(namesOf(soon), (QStringList{u"db1"_s, u"db2"_s}));
    // In order already: nothing is said.
    const QSignalSpy soonMoved(&soon, &QAbstractItemModel::layoutChanged);
    soon.setInterval(0ms);
    model.setView(view(1, 3));
    letEventsPass();
    QCOMPARE(soonMoved.size(), 0);
}

void tst_PeerModels::heldRowsDoNotMove()
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

void tst_PeerModels::filters()
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
    order.setProblemsOnly(true);
    QCOMPARE(namesOf(order), QStringList{u"db2"_s});
    // A peer becomes a problem while only problems are shown.
    model.setView(madeup::view({madeup::peer(u"db1"_s, u"Down"_s), peers.at(1), peers.at(2)}));
    QTRY_COMPARE(namesOf(order), (QStringList{u"db1"_s, u"db2"_s}));
}

QTEST_GUILESS_MAIN(tst_PeerModels)
#include "tst_peermodels.moc"
