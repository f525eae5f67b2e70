// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "history/historyrecord.h"

#include <QtCore/QList>

#include <array>
#include <vector>

namespace qproxysql {

/// A time that is kept, and the length of its steps.
struct HistorySpan
{
    enum Kind { FiveMinutes, Hour, Day, Count };

    const char *name; ///< as on a command line
    int step;         ///< s
    int steps;

    qint64 stepMs() const { return qint64(step) * 1000; }
    int length() const { return step * steps; } ///< s
};
inline constexpr std::array<HistorySpan, HistorySpan::Count> HistorySpans{
        {{"5m", 1, 300}, {"1h", 10, 360}, {"24h", 60, 1440}}};

/// The last 24 hours of one peer, in steps of 1 s, 10 s and 60 s; its size is fixed. Times are ms
/// since 1970 by the wall clock, since the history outlives processes. When that clock is set back,
/// what was recorded in the time that is now to come is hidden, and replaced when its turn comes.
/// One thread at a time.
class HistoryRing
{
public:
    static constexpr qsizetype Records = HistorySpans[0].steps + HistorySpans[1].steps
                                         + HistorySpans[2].steps;
    static constexpr qsizetype Bytes = Records * HistoryRecord::Bytes; ///< in a file
    /// A longer time without a poll is a gap.
    static constexpr std::chrono::seconds LongestPause{15};

    HistoryRing();

    /// Adds \a sample, which was taken at \a now and is valid since the one before, \a time ago by a
    /// clock that nobody sets. The first one, or one after a pause: 0.
    void note(const HistorySample &sample, qint64 now, HistoryRecord::Milliseconds time);

    /// The steps of that span until \a now, the newest last. One without an observation has its
    /// number and nothing else.
    QList<HistoryRecord> records(HistorySpan::Kind span, qint64 now) const;

    /// Adds what \a stored has and this one has not.
    void merge(const HistoryRing &stored, qint64 now);

    /// A run of bytes in a file of Bytes.
    struct Change
    {
        qsizetype offset;
        QByteArray bytes;
    };
    /// What has changed since the last call.
    QList<Change> takeChanges();
    void setAllChanged() { m_changed.assign(Records, true); } ///< e.g. after a failed write

    static HistoryRing fromBytes(QByteArrayView bytes); ///< leaves out torn records
    bool isEmpty() const;

private:
    HistoryRecord &slotOf(int span, quint32 step);
    void noteIn(int span, const HistorySample &sample, qint64 from, qint64 now);

    std::vector<HistoryRecord> m_records;
    std::vector<bool> m_changed;
    std::array<quint32, HistorySpan::Count> m_entered{}; ///< the newest step that was added to
    qint64 m_noted = 0;
};

} // namespace qproxysql
