// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchconnection.h"
#include "work.h"

#include <memory>

namespace qproxysql::bench {

/// The row through QtSql; \a connection is open and lives longer.
std::unique_ptr<Work> makeQtWork(const WorkRow &row, BenchConnection &connection);

} // namespace qproxysql::bench
