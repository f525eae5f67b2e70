// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/keyedtable.h"
#include "models/peerrow.h"

namespace qproxysql {

/// The peers of one pool, a row each, in the order of their first appearance. One thread.
class PeersModel : public KeyedTable<PeerRow>
{
    Q_OBJECT

public:
    using Column = PeerRow::Column;
    using enum PeerRow::Column;
    static constexpr int DefaultColumns = PeerRow::DefaultColumns; ///< the first ones
    enum Role {
        NameRole = Qt::UserRole + 1, ///< host:port: the target of actions
        StateRole,                   ///< int of DisplayState
        SortRole,                    ///< text, number, or invalid when it is not known
        ProblemRole,                 ///< bool
        TrendRole                    ///< QList<TrendSample>
    };

    explicit PeersModel(QString poolName, QObject *parent = nullptr);

    QString poolName() const { return m_poolName; }
    /// Emits at most one dataChanged() for each call; without the pool the model is empty.
    void setView(const ClusterView &view);

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    const QString m_poolName;
};

} // namespace qproxysql

Q_DECLARE_METATYPE(QList<qproxysql::TrendSample>)
