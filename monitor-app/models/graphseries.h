// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "history/historyring.h"
#include "history/historyvalue.h"

namespace qproxysql {

/// One graph: a value of a peer's history over a span, and its texts. Value type.
struct GraphSeries
{
    struct Point
    {
        qint64 from = 0; ///< ms since 1970
        std::optional<double> value;
        bool isNotReached = false; ///< the peer, at least once

        friend bool operator==(const Point &, const Point &) = default;
    };

    HistoryValue value = HistoryValue::Sessions;
    HistorySpan::Kind span = HistorySpan::FiveMinutes;
    qint64 now = 0;
    qint64 length = 1000; ///< ms of each point
    QList<Point> points;  ///< the newest last

    /// Counts have 24 to 48 points, other values as many as are kept, or \a mostPoints.
    static GraphSeries of(const HistoryRing &ring, HistoryValue value, HistorySpan::Kind span,
                          qint64 now, int mostPoints);

    qint64 spanMs() const { return qint64(HistorySpans[span].length()) * 1000; }
    qint64 begin() const { return now - spanMs(); }
    double top() const;                 ///< a round number, which no value exceeds; above 0
    const Point *at(qint64 time) const; ///< nullptr: none

    QString title() const; ///< with the unit
    /// Of the point at \a cursor; without one the newest, or the sum of a count.
    QString text(std::optional<qint64> cursor) const;
    /// For a screen reader: the value at the cursor, and the range of all.
    QString description(std::optional<qint64> cursor) const;

    static QString number(double value);
    static QString spanText(HistorySpan::Kind span); ///< "5 min"
};

} // namespace qproxysql
