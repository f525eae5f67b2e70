// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/tlsfiles.h"
#include "config/connectionconfig.h"

#include <optional>

namespace qproxysql {

/// Where an operator's tool gets the account for its own probes. Never shows a password, and takes
/// none from a command line.
///
/// The user: \c user, else the option file's. The password: the output of \c passwordCommand, else
/// the environment's QPROXYSQL_PASSWORD, else the option file's, else none. Without a user there is
/// no login, unless the option file has a password: then the user is the current one, as in other
/// clients. The TLS files: \c tls, else the option file's.
struct LoginSource
{
    QString user;
    QString passwordCommand; ///< for /bin/sh; its first line of output is used
    QString defaultsFile;    ///< path of a my.cnf
    TlsFiles tls{};
    /// A user without a password from any source is no login: the tool asks for the password.
    bool asksForPassword = false;

    struct Reading
    {
        std::optional<InnerLogin> login{}; ///< empty without an error: none is configured
        QString error{};                   ///< the problem, its source, and what is allowed
        bool isUsageError = false;         ///< the command line contradicts itself
        bool lacksPassword = false;        ///< see asksForPassword
        QString user{};                    ///< the user whose password is missing

        /// Advice for command line users when a server refuses \c login; empty: none.
        QString hint() const;
    };
    /// Blocks while the command runs.
    Reading read() const;
    /// The login of \c user with a password that the caller has. Reads the TLS files.
    Reading with(const QString &password) const;
    /// Advice when a server refuses a login with these connect options; empty when they do not
    /// request TLS.
    static QString tlsHint(const QString &options);

private:
    QString errorWithoutUser() const;
    Expected<QString> passwordOfCommand() const;
};

} // namespace qproxysql
