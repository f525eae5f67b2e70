// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.config": pool files and connect options.
inline const QLoggingCategory &lcConfig()
{
    // Not Q_LOGGING_CATEGORY, whose static is destroyed at exit while other threads may still log.
    static const auto *category = new QLoggingCategory("qproxysql.config");
    return *category;
}

} // namespace qproxysql
