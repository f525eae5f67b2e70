// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/detailsmodel.h"

#include "models/columnalignment.h"
#include "models/plaintooltip.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

void DetailsModel::setView(const ClusterView &view, const QString &poolName, const QString &peerName)
{
    const PoolView *const pool = findPool(view, poolName);
    const PeerView *const peer = pool ? findPeer(view, pool->name, peerName) : nullptr;
    setRows(peer ? peerDetailsOf(*peer) : QList<PeerDetail>());
}

QVariant DetailsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PeerDetail &row = rowAt(index.row());
    const QString &text = index.column() == Name ? row.name : row.value;
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::ToolTipRole)
        return plainToolTip(text);
    if (role == Qt::AccessibleTextRole)
        return index.column() == Name ? QString(row.name + ": "_L1 + row.value) : text;
    return {};
}

QVariant DetailsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= PeerDetail::ColumnCount)
        return {};
    return headerOf(section == Name ? tr("What") : tr("Value"), Qt::AlignLeft, role);
}

} // namespace qproxysql
