// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

namespace qproxysql {

/// The settings of a QSqlDatabase. Holds a password: never log it.
struct NamedConnection
{
    QString name;
    QString driver;
    QString host;
    int port = -1; ///< -1: none was set
    QString user;
    QString password;
    QString database;
    QString options;
};

/// Reads connections that the application registered by name, whatever thread they belong to.
/// QSqlDatabase::database() refuses connections of other threads, but cloneDatabase() by name does
/// not. So it makes a clone under a temporary name, reads it, and removes it without opening it.
///
/// Call it only in the thread that called open(), never from a driver's constructor or destructor:
/// QtSql holds its registry lock there, which is not recursive. Callers must not hold locks of ours
/// either: removeDatabase() runs our destructors, which take them, under that lock.
class NamedConnections
{
public:
    /// Fails if there is no connection \a name or its driver could not be loaded.
    static Expected<NamedConnection> read(const QString &name);
};

} // namespace qproxysql
