// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "peermodelstest.h"

/// The models of the window, updated with successive views.
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

        QStringList wanted; // existing rows in the old order, then new ones in the pool's
        for (const PeerView &peer : peers)
            wanted.append(peer.address.host);
        QStringList stay = before;
        stay.removeIf([&wanted](const QString &name) { return !wanted.contains(name); });
        wanted.removeIf([&before](const QString &name) { return before.contains(name); });
        QCOMPARE(namesOf(model), stay + wanted);
        letEventsPass();
        order.setMarkedOnly(tick % 3 == 0);
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
    QCOMPARE(third.data(PeersModel::StateRole).toInt(), int(DisplayState::Down));
    QCOMPARE(namesOf(model), (QStringList{u"db3"_s, u"db4"_s, u"db9"_s}));
    // Two entries in the directory: one row.
    model.setView(madeup::view({madeup::peer(u"db3"_s), madeup::peer(u"db3"_s, u"Down"_s)}));
    QCOMPARE(namesOf(model), QStringList{u"db3"_s});
    QCOMPARE(third.data(PeersModel::StateRole).toInt(), int(DisplayState::Up));
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
        QVERIFY(model.rowCount() <= int(view.processes.size()));
        for (int row = 0; row < model.rowCount(); ++row) {
            const auto textOf = [&](int column) {
                return model.index(row, column).data().toString();
            };
            QVERIFY(textOf(ApplicationsModel::Sessions) != "0"_L1
                    || textOf(ApplicationsModel::KnowsDrain).startsWith("does not answer"_L1));
        }
    }
    model.setView({}, {});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(tst_PeerModels)
#include "tst_peermodels.moc"
