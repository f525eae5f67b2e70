// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"

namespace qproxysql {

/// What QSqlDriver::open() was called with. port is -1 when the application set none.
struct OpenRequest
{
    QString database;
    QString user;
    QString password;
    QString host;
    int port = -1;
    QString connectOptions;
};

/// Reads the three ways to name peers (host list, named connections, pool file) and the options of
/// every source into one ConnectionConfig. Precedence: connect options, environment
/// QPROXYSQL_OPTIONS, pool file, defaults.
///
/// Named connections are read through QSqlDatabase::cloneDatabase() in the calling thread, which
/// must be the one that called open(); never call this from a driver's constructor or destructor
/// (QtSql's registry lock is not recursive).
class ConfigResolver
{
public:
    /// The error names option, value and what is allowed; it never shows a password.
    static Expected<ConnectionConfig> resolve(const OpenRequest &request);
};

} // namespace qproxysql
