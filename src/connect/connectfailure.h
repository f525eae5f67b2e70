// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/serverfacts.h"

#include <QtSql/QSqlError>

namespace qproxysql {

/// Why a peer could not be opened.
struct ConnectFailure
{
    int code = 0;          ///< native error number; 0 if there is none
    QString text;          ///< from server or client library; no secrets
    QSqlError error;       ///< as the inner driver reported it, for the application
    bool timedOut = false; ///< the connect time-out elapsed
    /// The server did not answer a probe, but its host did: it refused or closed the connection.
    bool isHostAlive = false;
    ErrorClass errorClass = ErrorClass::None;
    GroupStanding standing = GroupStanding::Unknown; ///< set if it made the peer NotReady
};

} // namespace qproxysql
