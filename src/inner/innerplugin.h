// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Finds out whether an inner driver (QMYSQL, QMARIADB) can be had, and why not.
class InnerPlugin
{
public:
    /// True when QtSql can make drivers of that name. Otherwise false and \a error names the file
    /// that was tried (or the folders searched), Qt's loader text and the package to install.
    /// Thread-safe; loads the plugin. May take QtSql's registry lock and so must not be called from
    /// a driver's constructor or destructor.
    static bool isAvailable(const QString &driverName, QString *error);

    /// The plugin's file, through which the client library's symbols are resolved; empty for a
    /// driver that was registered in the process (tests) or linked statically, or cannot be had.
    static QString fileOf(const QString &driverName);
};

} // namespace qproxysql
