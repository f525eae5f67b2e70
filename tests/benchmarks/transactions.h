// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QJsonArray>

namespace qproxysql::bench {

/// What it costs to record transactions (RETRY_TRANSACTIONS), and to commit with tokens (EXACTLY_ONCE): QPROXYSQL with
/// and without, paired. To be run on one processor.
QJsonArray compareTransactions(int rounds);

} // namespace qproxysql::bench
