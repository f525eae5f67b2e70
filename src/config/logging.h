// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.config": what is read, ignored or broken in pool files.
inline const QLoggingCategory &lcConfig()
{
    // Not Q_LOGGING_CATEGORY: its static would be destroyed at exit under a thread that still logs.
    static const auto *category = new QLoggingCategory("qproxysql.config");
    return *category;
}

} // namespace qproxysql
