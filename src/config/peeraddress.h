// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

#include <QtCore/QHashFunctions>
#include <QtCore/QStringList>

namespace qproxysql {

/// The address of a peer: a host and a port, or a Unix socket of this machine. Logs, errors,
/// reports and commands name the peer by its text, "host:port" ("[2001:db8::1]:3306" for IPv6) or
/// "localhost:/run/a.sock".
struct PeerAddress
{
    static constexpr quint16 DefaultPort = 3306;

    QString host; ///< lower case, without brackets; never empty ("localhost" by default)
    quint16 port = DefaultPort; ///< 0 with a socket
    QString socket{}; ///< absolute path, or '@' and an abstract name (Linux); empty for TCP

    bool isSocket() const { return !socket.isEmpty(); }

    /// "host:port" or "localhost:/path"; an IPv6 host in brackets.
    QString name() const;

    /// Parses "host", "host:port", "[v6]", "[v6]:port" or "localhost:/path". The error is a
    /// sentence that names the text and what is allowed. A host with ',' ';' or '=' is refused
    /// because Connector/C would read it as a host list or a connection string. IPv6 addresses
    /// become canonical; paths are left as they are.
    static Expected<PeerAddress> parse(QStringView text, quint16 defaultPort = DefaultPort);

    /// As parse(), for the host name of a QSqlDatabase, which has a separate port: an IPv6 address
    /// needs no brackets. An empty host is "localhost".
    static Expected<PeerAddress> fromHostField(QStringView host, quint16 defaultPort);

    /// The address of a Unix socket, as from QMYSQL's option UNIX_SOCKET. As parse() it refuses a
    /// path that is not absolute, is longer than the system allows (107 bytes on Linux) or has
    /// characters other than letters, digits, spaces and / . _ - + : @ = # ~, and on Windows any
    /// path.
    static Expected<PeerAddress> fromSocket(QStringView path);

    /// True if \a text has the form of a socket address, valid or not.
    static bool isSocketName(QStringView text);

    friend bool operator==(const PeerAddress &, const PeerAddress &) = default;
    friend size_t qHash(const PeerAddress &address, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, address.host, address.port, address.socket);
    }
};

/// \a name of a peer, or identity of a server, in the form in which names are compared: in lower
/// case except for a path (after ":/" or ":@").
QString foldedPeerName(const QString &name);
/// True if one of \a names is equal to \a name when both are folded.
bool containsPeerName(const QStringList &names, const QString &name);

} // namespace qproxysql
