// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/logging.h"

namespace qproxysql {

/// Probes, and problems that an operator has to fix.
QPROXYSQL_LOGGING_CATEGORY(lcHealth, "qproxysql.health")

} // namespace qproxysql
