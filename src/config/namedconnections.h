// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

namespace qproxysql {

/// The settings of a QSqlDatabase, as its owner set them. Holds a password: never log it.
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

/// Reads connections that the application registered under names, in whatever thread they belong
/// to. QSqlDatabase::database() would refuse those of other threads; cloneDatabase() by name does
/// not, so a clone is made under a name of our own for as long as the reading takes. It is never
/// opened, and connectionNames() is afterwards as before.
///
/// Only in the thread that called open(), never from a driver's constructor or destructor: QtSql
/// holds its registry lock there, which is not recursive. For the same reason no lock of ours may be
/// held: removeDatabase() takes the locks of our destructors while it holds that one.
class NamedConnections
{
public:
    /// The error says, with the name, that there is no such connection or its driver could not be loaded.
    static Expected<NamedConnection> read(const QString &name);
};

} // namespace qproxysql
