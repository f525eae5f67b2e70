// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QJsonArray>

#include <chrono>

namespace qproxysql::bench {

/// `SELECT 1` from eight threads over three servers: QPROXYSQL on the servers themselves, QMYSQL
/// through HAProxy (when it is installed) and QMYSQL straight on one server. By turns.
QJsonArray compareThroughput(std::chrono::milliseconds perTurn, int turns);

} // namespace qproxysql::bench
