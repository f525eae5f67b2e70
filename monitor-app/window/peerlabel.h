// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// The short name of a peer on a button. Pure.
struct PeerLabel
{
    /// "db2" of "db2:3306"; "db2:3307" and IP addresses are unchanged.
    static QString shortName(const QString &peer)
    {
        const QString port = QStringLiteral(":3306");
        return peer.endsWith(port) ? peer.chopped(port.size()) : peer;
    }
    /// For a tool bar: the end of a long name, where names differ.
    static QString briefName(const QString &name)
    {
        constexpr qsizetype Longest = 16;
        return name.size() <= Longest ? name : QChar(0x2026) + name.right(Longest - 1);
    }
};

} // namespace qproxysql
