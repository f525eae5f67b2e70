// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterevents.h"

#include <QtCore/QAbstractTableModel>

#include <deque>

namespace qproxysql {

/// The events, the newest last; beyond Most events the oldest are removed. One thread.
class EventsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Kind, Pool, Peer, By, Text, ColumnCount };
    enum Role {
        ActionRole = Qt::UserRole + 1 ///< bool: by an operator; these form the audit log
    };
    static constexpr int Most = 10'000;

    using QAbstractTableModel::QAbstractTableModel;

    void append(const QList<ClusterEvent> &events);

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_events.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : ColumnCount;
    }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    std::deque<ClusterEvent> m_events;
};

} // namespace qproxysql
