// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QJsonArray>

namespace qproxysql::bench {

/// What it costs to record transactions: QPROXYSQL with RETRY_TRANSACTIONS=1 and with 0, paired. To be run on
/// one processor.
QJsonArray compareTransactions(int rounds);

} // namespace qproxysql::bench
