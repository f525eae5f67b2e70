// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/logging.h"

namespace qproxysql {

// Not Q_LOGGING_CATEGORY: its static would be destroyed at exit under a thread that still logs.
const QLoggingCategory &lcConfig()
{
    static const auto *category = new QLoggingCategory("qproxysql.config");
    return *category;
}

} // namespace qproxysql
