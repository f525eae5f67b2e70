// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/logging.h"

namespace qproxysql {

/// Drain requests and reports, and why they cannot be read or sent.
QPROXYSQL_LOGGING_CATEGORY(lcControl, "qproxysql.control")

} // namespace qproxysql
