// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.pool": one line for each change of a peer's state.
inline const QLoggingCategory &lcPool()
{
    // Not Q_LOGGING_CATEGORY, whose static is destroyed at exit while other threads may still log.
    static const auto *category = new QLoggingCategory("qproxysql.pool");
    return *category;
}

} // namespace qproxysql
