// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "commits/committable.h"
#include "connect/fullconnect.h"
#include "pool/clock.h"

namespace qproxysql {

/// Removes tokens that are older than KeptFor, on one server, portion by portion, over a session of its own.
///
/// A row is removed when both its token, by the clocks of its client and of this machine, and its column at, by the
/// clocks of servers, are that old: one wrong clock removes nothing that may still be asked for. Nothing that a
/// COMMIT needs is locked: rows are read without locks and then deleted by their keys, under READ COMMITTED. So
/// several turns at once only disturb each other; a row of the table, which counts for TurnLength, keeps them apart,
/// also on the nodes of a cluster. A conflict ends the turn.
///
/// One thread at a time. The functions block on the server.
class CleaningTurn
{
public:
    static constexpr std::chrono::hours KeptFor{7 * 24};
    static constexpr int Portion = 1000; ///< rows
    static constexpr std::chrono::minutes TurnLength{5};
    static QString sessionSql(); ///< INIT_SQL of its session

    CleaningTurn(std::unique_ptr<InnerConnection> connection, CommitTable table);

    /// Removes a portion. False: the turn has ended, because nothing is left, its time is over, another turn is
    /// under way, or an error.
    bool step();
    void end();              ///< lets other turns begin; without it they wait for TurnLength
    bool isTimeOver() const; ///< there may be more
    qint64 removed() const { return m_removed; }
    void giveAway() { m_connection->giveAway(); } ///< no thread owns it until the next call

private:
    bool removePortion();
    bool takeTurn();
    bool run(const QString &sql);

    const std::unique_ptr<InnerConnection> m_connection;
    const CommitTable m_table;
    const Clock::time_point m_end;
    QString m_last; ///< the token that was read last, as a literal
    bool m_hasTurn = false;
    qint64 m_removed = 0;
};

} // namespace qproxysql
