// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/logging.h"

namespace qproxysql {

/// Statements that are run again on another peer.
QPROXYSQL_LOGGING_CATEGORY(lcSession, "qproxysql.session")

} // namespace qproxysql
