// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "fakeclock.h"
#include "madeupcluster.h"

#include "cluster/clusterhistory.h"
#include "cluster/peersearch.h"
#include "models/applicationsmodel.h"
#include "models/detailsmodel.h"
#include "models/peersmodel.h"
#include "models/peersorder.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>

#include <algorithm>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// The peers and all their values change from one view to the next.
inline ClusterView anyView(QRandomGenerator *random)
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

inline QStringList cellsOf(const QAbstractItemModel &model)
{
    QStringList cells;
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(model.index(row, column).data().toString());
    }
    return cells;
}

inline QStringList namesOf(const QAbstractItemModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(model.index(row, 0).data(PeersModel::NameRole).toString().section(u':', 0, 0));
    return names;
}

inline PeersModel *modelOf(const QList<PeerView> &peers, QObject *parent)
{
    auto *const model = new PeersModel(u"orders"_s, parent);
    model->setView(madeup::view(peers));
    return model;
}

/// Records a model's signals.
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

inline void letEventsPass()
{
    for (int i = 0; i < 3; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}
