// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"

namespace qproxysql {

/// The one grammar in which several peers are written: "db1,db2:3307,localhost:/run/a.sock" in
/// QSqlDatabase::setHostName(), the same with weights ("db1*3, db2") in a pool file.
class PeerList
{
public:
    enum class Weights { Refused, Allowed };

    /// The peers in the order written; never empty. The error names entry and reason: an entry that
    /// cannot be a peer, an empty entry, or the same peer twice.
    static Expected<QList<PeerDefinition>> parse(QStringView text, quint16 defaultPort,
                                                 Weights weights);

    /// The host field of a QSqlDatabase: as above without weights, but empty means localhost and a
    /// single IPv6 address needs no brackets.
    static Expected<QList<PeerDefinition>> fromHostField(QStringView text, quint16 defaultPort);

    /// Fails, without repeating \a text, when that may hold a password, as "user:password@host" does,
    /// which is often tried. For texts that are quoted in other errors.
    static Expected<void> checkForPassword(QStringView text);
};

} // namespace qproxysql
