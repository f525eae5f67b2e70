// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/logging.h"

namespace qproxysql {

/// Transactions that were replayed on another session, and those that could not be.
QPROXYSQL_LOGGING_CATEGORY(lcReplay, "qproxysql.replay")

} // namespace qproxysql
