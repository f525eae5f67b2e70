// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace qproxysql::sandbox {

enum class ServerKind {
    MariaDb, ///< as it is installed
    MySql    ///< from the folder that $QPROXYSQL_MYSQL_ROOT names (scripts/mysql-root makes one)
};

/// The data folder with which every server starts: made once per user and version of the server, then
/// copied. It lies in $QPROXYSQL_SANDBOX_CACHE, else in the user's cache folder. Accounts: `root`
/// without password, `app` with the password `secret` and all rights on the schema `test`. Safe to use from
/// several processes at once.
class ServerTemplate
{
public:
    struct Programs
    {
        QString server;      ///< mariadbd, or what runs mysqld
        QStringList leading; ///< arguments that come before all others
        QString installer;   ///< mariadb-install-db
        QString version;     ///< what the server says
    };
    /// Finds the programs, also outside PATH. False: `error` names what is missing and the package.
    static bool findPrograms(ServerKind kind, Programs *programs, QString *error);

    /// Copies the template to `folder`, which must not exist yet; makes the template first where
    /// there is none. `owner` is the user who shall own the files (when we are root; empty: we).
    static bool copyTo(ServerKind kind, const QString &folder, const QString &owner, QString *error);

private:
    static bool giveTo(const QString &owner, const QString &folder, QString *error);
    static bool findMariaDb(Programs *programs, QString *error);
    static bool findMySql(Programs *programs, QString *error);
    static bool make(ServerKind kind, const Programs &programs, const QString &folder,
                     QString *error);
};

} // namespace qproxysql::sandbox
