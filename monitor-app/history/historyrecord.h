// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArrayView>

#include <chrono>
#include <optional>

namespace qproxysql {

/// What one poll has found about a peer. Value type.
struct HistorySample
{
    std::optional<double> sessions;
    std::optional<double> statements; ///< a second
    std::optional<double> connectMs;
    int errors = 0;           ///< new since the poll before
    std::optional<int> moves; ///< the same
    bool isNotReached = false;
};

/// What was observed of a peer during one step of its history. Sessions and statements are means
/// over the time for which they were known, the connect time is the longest, errors and moves are
/// sums. Value type.
struct HistoryRecord
{
    static constexpr qsizetype Bytes = 32; ///< in a file
    using Milliseconds = std::chrono::milliseconds;

    quint32 step = 0; ///< time since 1970 in lengths of the step; 0: nothing was observed
    quint32 errors = 0;
    quint32 moves = 0;
    float sessionsMean = 0;
    float statementsMean = 0;    ///< a second
    float longestConnectMs = -1; ///< negative: not known
    quint32 sessionsFor = 0;     ///< ms for which it was known; 0: never
    quint32 statementsFor = 0;   ///< the same
    bool isNotReached = false;   ///< at least once
    bool areMovesKnown = false;

    bool isEmpty() const { return step == 0; }
    bool isObserved() const
    {
        return sessionsFor || statementsFor || longestConnectMs >= 0 || errors || isNotReached;
    }
    std::optional<double> sessions() const;
    std::optional<double> statements() const; ///< a second
    std::optional<double> connectMs() const;

    /// Adds what is valid for \a time: everything but errors and moves, which are events.
    void addState(const HistorySample &sample, Milliseconds time);
    void addEvents(const HistorySample &sample);
    /// Adds the record of another step, for a summary of both.
    void add(const HistoryRecord &other);

    void write(char *to) const; ///< Bytes
    /// Nothing: never written, torn or damaged.
    static std::optional<HistoryRecord> read(QByteArrayView from);

    friend bool operator==(const HistoryRecord &, const HistoryRecord &) = default;
};

} // namespace qproxysql
