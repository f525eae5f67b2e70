// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "history/historyrecord.h"

#include <QtCore/QList>

#include <array>

namespace qproxysql {

/// What is drawn of a history.
enum class HistoryValue {
    Sessions,   ///< mean
    Statements, ///< a second, mean
    ConnectMs,  ///< longest
    Errors,     ///< sum
    Moves       ///< sum
};
inline constexpr std::array HistoryValues{HistoryValue::Sessions, HistoryValue::Statements,
                                          HistoryValue::ConnectMs, HistoryValue::Errors,
                                          HistoryValue::Moves};

constexpr bool isCount(HistoryValue value)
{
    return value == HistoryValue::Errors || value == HistoryValue::Moves;
}

/// Nothing: not known.
std::optional<double> valueOf(const HistoryRecord &record, HistoryValue value);

/// One record for each \a factor consecutive \a records; its step is that many times as long. The
/// borders do not depend on the first one, so that nothing flickers from one second to the next.
QList<HistoryRecord> summaryOf(const QList<HistoryRecord> &records, int factor);

} // namespace qproxysql
