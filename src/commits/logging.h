// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/logging.h"

namespace qproxysql {

/// COMMITs whose fate was found out, and what stands in the way of tokens.
QPROXYSQL_LOGGING_CATEGORY(lcCommits, "qproxysql.commits")

} // namespace qproxysql
