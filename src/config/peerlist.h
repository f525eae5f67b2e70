// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"

namespace qproxysql {

/// Parses lists of peers: "db1,db2:3307,localhost:/run/a.sock" in QSqlDatabase::setHostName(), with
/// weights ("db1*3, db2") in a pool file.
class PeerList
{
public:
    enum class Weights { Refused, Allowed };

    /// The peers in the order written; never empty. The error names entry and reason: the entry is
    /// invalid or empty, or it repeats a peer.
    static Expected<QList<PeerDefinition>> parse(QStringView text, quint16 defaultPort,
                                                 Weights weights);

    /// As parse() without weights, for the host name of a QSqlDatabase: an empty text is localhost,
    /// and a single IPv6 address needs no brackets.
    static Expected<QList<PeerDefinition>> fromHostField(QStringView text, quint16 defaultPort);

    /// Fails if \a text may contain a password, as "user:password@host" does. The error does not
    /// repeat the text. Call it before other errors quote the text.
    static Expected<void> checkForPassword(QStringView text);
};

} // namespace qproxysql
