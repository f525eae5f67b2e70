// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/logging.h"

namespace qproxysql {

/// Which results are used: ours or the inner driver's.
QPROXYSQL_LOGGING_CATEGORY(lcResults, "qproxysql.results")

} // namespace qproxysql
