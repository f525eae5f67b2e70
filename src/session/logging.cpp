// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/logging.h"

namespace qproxysql {

// Not Q_LOGGING_CATEGORY: its static is destroyed at exit, while another thread may still log.
const QLoggingCategory &lcSession()
{
    static const auto *category = new QLoggingCategory("qproxysql.session");
    return *category;
}

} // namespace qproxysql
