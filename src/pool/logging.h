// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.pool": every change of a peer's state, one line each.
inline const QLoggingCategory &lcPool()
{
    // Not Q_LOGGING_CATEGORY: its static would be destroyed at exit under a thread that still logs.
    static const auto *category = new QLoggingCategory("qproxysql.pool");
    return *category;
}

} // namespace qproxysql
