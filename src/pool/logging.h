// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/logging.h"

namespace qproxysql {

/// One line for each change of a peer's state.
QPROXYSQL_LOGGING_CATEGORY(lcPool, "qproxysql.pool")

} // namespace qproxysql
