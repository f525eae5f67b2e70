// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/displaystate.h"
#include "models/tablecell.h"

#include <array>

namespace qproxysql {

/// A peer as its row shows it. Value type.
struct PeerRow
{
    enum Column {
        Peer,
        State,
        Sessions,
        InUse,
        InTransaction,
        Share,
        Connect,
        Errors,
        Since,
        Trend,
        ServerSessions, ///< hidden by default from here on
        Weight,
        Limit,
        Version,
        Tls,
        LastError,
        NextCheck,
        DrainedBy,
        Reason,
        ColumnCount
    };
    static constexpr int DefaultColumns = Trend + 1;

    QString key; ///< host:port
    DisplayState state = DisplayState::NoData;
    bool isForgotten = false; ///< its drain, perhaps
    QString sentence;         ///< for screen readers
    QString quietState;       ///< without running counters
    QString toolTip;          ///< of the state
    std::array<TableCell, ColumnCount> cells;
    QList<TrendSample> trend;

    friend bool operator==(const PeerRow &, const PeerRow &) = default;
};

/// The rows of a pool, in its order.
QList<PeerRow> peerRowsOf(const PoolView &pool);
/// "db2:3306, draining, 7 of 41 sessions left, 2 in use": without running counters.
QString sentenceOf(const PeerView &peer, DisplayState state);

} // namespace qproxysql
