// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/logging.h"

namespace qproxysql {

// Not Q_LOGGING_CATEGORY: its static would be destroyed at exit under a thread that still logs.
const QLoggingCategory &lcInner()
{
    static const auto *category = new QLoggingCategory("qproxysql.inner");
    return *category;
}

} // namespace qproxysql
