// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// How a peer is called on a button. Pure.
struct PeerLabel
{
    /// "db2" of "db2:3306", "db2:3307" as it is, and an address as it is.
    static QString shortName(const QString &peer)
    {
        const QString port = QStringLiteral(":3306");
        return peer.endsWith(port) ? peer.chopped(port.size()) : peer;
    }
};

} // namespace qproxysql
