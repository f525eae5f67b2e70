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
    bool asksForQmysql = false; ///< through the alias: see ConnectOptions::parseAsQmysql()
};

/// Combines peers (host list, named connections or pool file) and the options of every source.
/// Precedence: connect options, environment QPROXYSQL_OPTIONS, pool file, defaults. The environment's
/// QPROXYSQL_POOL, a pool of a pool file, replaces all that the request says about peers.
///
/// Call it only in the thread that called open(), never from a driver's constructor or destructor:
/// see NamedConnections.
class ConfigResolver
{
public:
    /// The error names the option, its value and what is allowed; it never shows a password.
    static Expected<ConnectionConfig> resolve(const OpenRequest &request);
};

} // namespace qproxysql
