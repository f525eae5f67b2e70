// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.health": probes, and problems that an operator has to fix.
inline const QLoggingCategory &lcHealth()
{
    // Not Q_LOGGING_CATEGORY, whose static is destroyed at exit while other threads may still log.
    static const auto *category = new QLoggingCategory("qproxysql.health");
    return *category;
}

} // namespace qproxysql
