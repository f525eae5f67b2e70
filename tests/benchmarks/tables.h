// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

namespace qproxysql::bench {

/// Figures as text on standard output.
void printTables(const QJsonObject &all);
void printComparison(const QJsonArray &cells);
/// Says on standard error what is over its limit.
bool keepsLimits(const QJsonObject &all);

} // namespace qproxysql::bench
