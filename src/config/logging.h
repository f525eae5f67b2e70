// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Defines the logging category \a name. Unlike that of Q_LOGGING_CATEGORY it is not destroyed at
/// exit, when other threads may still log.
#define QPROXYSQL_LOGGING_CATEGORY(function, name) \
    inline const QLoggingCategory &function() \
    { \
        static const auto *const category = new QLoggingCategory(name); \
        return *category; \
    }

/// Pool files and connect options.
QPROXYSQL_LOGGING_CATEGORY(lcConfig, "qproxysql.config")

} // namespace qproxysql
