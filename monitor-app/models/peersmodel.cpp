// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/peersmodel.h"

#include "models/columnalignment.h"
#include "models/peerdetails.h"
#include "models/plaintooltip.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// Numbers are aligned to the end of the line, text to its beginning.
Qt::Alignment alignmentOf(int column)
{
    constexpr int Others[] = {PeerRow::Peer,      PeerRow::State, PeerRow::Trend,
                              PeerRow::Version,   PeerRow::Tls,   PeerRow::LastError,
                              PeerRow::DrainedBy, PeerRow::Reason};
    return std::ranges::find(Others, column) == std::end(Others) ? Qt::AlignRight : Qt::AlignLeft;
}

} // namespace

PeersModel::PeersModel(QString poolName, QObject *parent)
    : KeyedTable(parent)
    , m_poolName(std::move(poolName))
{
}

void PeersModel::setView(const ClusterView &view)
{
    const PoolView *const pool = findPool(view, m_poolName);
    setRows(pool ? peerRowsOf(*pool) : QList<PeerRow>());
}

QVariant PeersModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PeerRow &row = rowAt(index.row());
    const TableCell &cell = row.cells[size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::TextAlignmentRole:
        return cellAlignment(alignmentOf(index.column()));
    case Qt::ToolTipRole:
        return index.column() == State && !row.toolTip.isEmpty()
                       ? QVariant(plainToolTip(row.toolTip))
                       : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == Peer    ? row.sentence
               : index.column() == State ? row.quietState
                                         : cell.text;
    case NameRole:
        return row.key;
    case StateRole:
        return int(row.state);
    case SortRole:
        return cell.sort;
    case ProblemRole:
        return isProblem(row.state) || row.isForgotten;
    case TrendRole:
        return QVariant::fromValue(row.trend);
    default:
        return {};
    }
}

QVariant PeersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    // The text, and the full text if it was shortened.
    const QStringList texts[ColumnCount] =
            {{tr("Peer"), tr("Host and port, as configured")},
             {tr("State"), tr("What is observed, and what operators want")},
             {tr("Sess."), tr("Sessions that applications report")},
             {tr("In use"), tr("Sessions that are held by an open connection")},
             {tr("In tx"), tr("Sessions with an open transaction")},
             {tr("Share"), tr("Of all sessions of the pool")},
             {tr("Connect"), tr("How long our own last connection took")},
             {tr("Err 5m"), tr("Errors seen in the last five minutes")},
             {tr("Since"), tr("How long the state has been as it is, as seen from here")},
             {tr("Sessions, last 5 min"),
              tr("Sessions over five minutes; an x where it was not reached")},
             {tr("Server"), tr("Sessions in the server's own list")},
             {tr("Weight"), tr("Weight in the pool file")},
             {tr("Limit"), tr("Sessions that the server allows")},
             {tr("Version"), tr("What the server calls itself")},
             {tr("TLS"), tr("Whether our own connection is encrypted")},
             {tr("Last error"), tr("What was seen last, here or by an application")},
             {tr("Next check"), tr("When the first application rechecks it")},
             {tr("Drained by"), tr("Who asked for the drain")},
             {tr("Reason"), tr("Why it is drained")}};
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return texts[section].constLast();
    return headerOf(texts[section].constFirst(),
                    section == Trend ? Qt::AlignRight : alignmentOf(section), role);
}

} // namespace qproxysql
