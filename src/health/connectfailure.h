// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/serverfacts.h"

#include <QtSql/QSqlError>

namespace qproxysql {

/// Why a peer could not be opened.
struct ConnectFailure
{
    int code = 0;          ///< native error number; 0: none, see text
    QString text;          ///< database text of server or client library; no secrets
    QSqlError error;       ///< as the inner driver reported it, for the application
    bool timedOut = false; ///< the connect time-out elapsed
    bool isHostAlive =
            false; ///< of a probe without a word from the server: somebody refused or hung up
    ErrorClass errorClass = ErrorClass::None;
    GroupStanding standing = GroupStanding::Unknown; ///< that made it NotReady
};

} // namespace qproxysql
