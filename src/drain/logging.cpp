// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/logging.h"

namespace qproxysql {

// Not Q_LOGGING_CATEGORY: its static is destroyed at exit, while another thread may still log.
const QLoggingCategory &lcControl()
{
    static const auto *category = new QLoggingCategory("qproxysql.control");
    return *category;
}

} // namespace qproxysql
