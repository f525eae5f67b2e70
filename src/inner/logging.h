// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/logging.h"

namespace qproxysql {

/// Problems with threads and inner drivers.
QPROXYSQL_LOGGING_CATEGORY(lcInner, "qproxysql.inner")

} // namespace qproxysql
