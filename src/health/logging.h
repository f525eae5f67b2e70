// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.health": what needs a person, and what probes are doing.
inline const QLoggingCategory &lcHealth()
{
    // Not Q_LOGGING_CATEGORY: its static would be destroyed at exit under a thread that still logs.
    static const auto *category = new QLoggingCategory("qproxysql.health");
    return *category;
}

} // namespace qproxysql
