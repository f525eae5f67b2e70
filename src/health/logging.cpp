// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/logging.h"

namespace qproxysql {

// Not Q_LOGGING_CATEGORY: its static would be destroyed at exit under a thread that still logs.
const QLoggingCategory &lcHealth()
{
    static const auto *category = new QLoggingCategory("qproxysql.health");
    return *category;
}

} // namespace qproxysql
