// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "history/historyvalue.h"

namespace qproxysql {

std::optional<double> valueOf(const HistoryRecord &record, HistoryValue value)
{
    switch (value) {
    case HistoryValue::Sessions:
        return record.sessions();
    case HistoryValue::Statements:
        return record.statements();
    case HistoryValue::ConnectMs:
        return record.connectMs();
    case HistoryValue::Errors:
        return record.isObserved() ? std::optional<double>(record.errors) : std::nullopt;
    case HistoryValue::Moves:
        break;
    }
    return record.areMovesKnown ? std::optional<double>(record.moves) : std::nullopt;
}

QList<HistoryRecord> summaryOf(const QList<HistoryRecord> &records, int factor)
{
    if (factor == 1)
        return records;
    QList<HistoryRecord> all;
    for (const HistoryRecord &record : records) {
        const quint32 step = record.step / quint32(factor);
        if (all.isEmpty() || all.constLast().step != step)
            all.append(HistoryRecord{.step = step});
        all.last().add(record);
        all.last().step = step;
    }
    return all;
}

} // namespace qproxysql
