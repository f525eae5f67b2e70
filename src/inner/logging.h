// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.inner": problems with threads and inner drivers.
inline const QLoggingCategory &lcInner()
{
    // Not Q_LOGGING_CATEGORY, whose static is destroyed at exit while other threads may still log.
    static const auto *category = new QLoggingCategory("qproxysql.inner");
    return *category;
}

} // namespace qproxysql
