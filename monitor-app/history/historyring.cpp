// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "history/historyring.h"

#include <algorithm>
#include <tuple>

namespace qproxysql {

namespace {

constexpr qsizetype firstOf(int span)
{
    qsizetype first = 0;
    for (int i = 0; i < span; ++i)
        first += HistorySpans[size_t(i)].steps;
    return first;
}

const HistorySpan &spanAt(int span)
{
    return HistorySpans[size_t(span)];
}

} // namespace

HistoryRing::HistoryRing()
    : m_records(Records)
    , m_changed(Records)
{
}

/// The record of that step. What an older step has left there is dropped, and so is what was
/// recorded in this step before the clock was set back.
HistoryRecord &HistoryRing::slotOf(int span, quint32 step)
{
    const qsizetype at = firstOf(span) + step % quint32(spanAt(span).steps);
    HistoryRecord &record = m_records[size_t(at)];
    quint32 &entered = m_entered[size_t(span)];
    // The first one after the start goes on where another process has ended.
    if (record.step != step || (entered != 0 && entered < step)) {
        record = {};
        record.step = step;
    }
    entered = std::max(entered, step);
    m_changed[size_t(at)] = true;
    return record;
}

void HistoryRing::note(const HistorySample &sample, qint64 now, HistoryRecord::Milliseconds time)
{
    const bool isSetBack = now < m_noted;
    for (int span = 0; isSetBack && span < HistorySpan::Count; ++span) {
        const quint32 step = quint32(now / spanAt(span).stepMs());
        if (step < m_entered[size_t(span)])
            m_entered[size_t(span)] = step - 1;
    }
    m_noted = now;
    const bool isFirst = isSetBack || time > LongestPause || time.count() <= 0;
    const qint64 from = now - (isFirst ? 0 : time.count());
    for (int span = 0; span < HistorySpan::Count; ++span)
        noteIn(span, sample, from, now);
}

void HistoryRing::noteIn(int span, const HistorySample &sample, qint64 from, qint64 now)
{
    const qint64 length = spanAt(span).stepMs();
    for (qint64 step = from / length; step <= now / length; ++step) {
        const qint64 part = std::min(now, (step + 1) * length) - std::max(from, step * length);
        HistoryRecord &record = slotOf(span, quint32(step));
        record.addState(sample, HistoryRecord::Milliseconds(std::max<qint64>(1, part)));
        if (step == now / length)
            record.addEvents(sample);
    }
}

QList<HistoryRecord> HistoryRing::records(HistorySpan::Kind span, qint64 now) const
{
    const quint32 steps = quint32(spanAt(span).steps);
    const quint32 last = quint32(now / spanAt(span).stepMs());
    QList<HistoryRecord> all;
    all.reserve(steps);
    for (quint32 step = last - steps + 1; step != last + 1; ++step) {
        const HistoryRecord &record = m_records[size_t(firstOf(span) + step % steps)];
        all.append(record.step == step ? record : HistoryRecord{.step = step});
    }
    return all;
}

void HistoryRing::merge(const HistoryRing &stored, qint64 now)
{
    for (int span = 0; span < HistorySpan::Count; ++span) {
        const quint32 last = quint32(now / spanAt(span).stepMs());
        // A step that is still to come was recorded with another clock.
        const auto rank = [last](const HistoryRecord &record) {
            return std::tuple(!record.isEmpty(), record.step <= last, record.step,
                              record.sessionsFor);
        };
        const qsizetype end = firstOf(span + 1);
        for (qsizetype i = firstOf(span); i < end; ++i) {
            const HistoryRecord &other = stored.m_records[size_t(i)];
            if (other.isEmpty() || rank(m_records[size_t(i)]) >= rank(other))
                continue;
            m_records[size_t(i)] = other;
        }
    }
}

QList<HistoryRing::Change> HistoryRing::takeChanges()
{
    QList<Change> changes;
    for (size_t i = 0; i < m_records.size(); ++i) {
        if (!m_changed[i])
            continue;
        const bool isNext = i > 0 && m_changed[i - 1] && !changes.isEmpty();
        if (!isNext)
            changes.append(Change{qsizetype(i) * HistoryRecord::Bytes, {}});
        QByteArray &bytes = changes.last().bytes;
        bytes.resize(bytes.size() + HistoryRecord::Bytes);
        m_records[i].write(bytes.data() + bytes.size() - HistoryRecord::Bytes);
    }
    m_changed.assign(Records, false);
    return changes;
}

HistoryRing HistoryRing::fromBytes(QByteArrayView bytes)
{
    HistoryRing ring;
    for (int span = 0; span < HistorySpan::Count; ++span) {
        for (qsizetype i = 0; i < spanAt(span).steps; ++i) {
            const qsizetype at = firstOf(span) + i;
            const auto record = HistoryRecord::read(
                    bytes.sliced(at * HistoryRecord::Bytes, HistoryRecord::Bytes));
            if (record && record->step % quint32(spanAt(span).steps) == quint32(i))
                ring.m_records[size_t(at)] = *record;
        }
    }
    return ring;
}

bool HistoryRing::isEmpty() const
{
    return std::ranges::all_of(m_records, &HistoryRecord::isEmpty);
}

} // namespace qproxysql
