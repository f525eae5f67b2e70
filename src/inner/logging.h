// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.inner": trouble with threads and inner drivers.
inline const QLoggingCategory &lcInner()
{
    // Not Q_LOGGING_CATEGORY: its static would be destroyed at exit under a thread that still logs.
    static const auto *category = new QLoggingCategory("qproxysql.inner");
    return *category;
}

} // namespace qproxysql
