// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/tlsfiles.h"
#include "config/connectionconfig.h"

#include <optional>

namespace qproxysql {

/// Where an operator's tool gets the account for its own probes from. Never shows a password, and takes
/// none from a command line.
///
/// The user: \c user, else the option file's. The password: what \c passwordCommand prints, else the
/// environment's QPROXYSQL_PASSWORD, else the option file's, else none. Without a user there is no login,
/// unless the option file has a password: then the user is the one who runs the tool, as for other clients.
/// The TLS files: \c tls, else the option file's.
struct LoginSource
{
    QString user;
    QString passwordCommand; ///< for /bin/sh; the first line that it prints
    QString defaultsFile;    ///< path of a my.cnf
    TlsFiles tls{};
    /// An account without a password from anywhere is no login: somebody is to be asked for it.
    bool asksForPassword = false;

    struct Reading
    {
        std::optional<InnerLogin> login; ///< empty, without an error: there is none
        QString error;                   ///< what is wrong, of what, and what is allowed
        bool isUsageError = false;       ///< the command line contradicts itself
        bool lacksPassword = false;      ///< see asksForPassword
        QString user{};                  ///< of whom, then

        /// What may help when a server refuses \c login, for who uses a command line; empty: nothing.
        QString hint() const;
    };
    /// Blocks while the command runs.
    Reading read() const;
    /// Of \c user with a password that is known, for who reads it elsewhere. Reads the TLS files.
    Reading with(const QString &password) const;
    /// What may help when a server refuses a login with these connect options; empty: they ask for
    /// TLS.
    static QString tlsHint(const QString &options);

private:
    QString errorWithoutUser() const;
    QString passwordOfCommand(QString *error) const;
};

} // namespace qproxysql
