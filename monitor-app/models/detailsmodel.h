// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/keyedtable.h"
#include "models/peerdetails.h"

namespace qproxysql {

/// The details of one peer: name and value.
class DetailsModel : public KeyedTable<PeerDetail>
{
    Q_OBJECT

public:
    enum Column { Name, Value };

    using KeyedTable<PeerDetail>::KeyedTable;

    /// The peer as a member of that pool; empty: no peer.
    void setView(const ClusterView &view, const QString &poolName, const QString &peerName);

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
};

} // namespace qproxysql
