// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

#include <QtCore/QHashFunctions>
#include <QtCore/QStringList>

namespace qproxysql {

/// Where a peer listens: a host and a port, or a Unix socket of this machine. Its text, "host:port"
/// ("[2001:db8::1]:3306" for IPv6) or "localhost:/run/a.sock", is the peer's name in every log, error,
/// report and command.
struct PeerAddress
{
    static constexpr quint16 DefaultPort = 3306;

    QString host; ///< lower case, without brackets; never empty ("localhost" when nothing was given)
    quint16 port = DefaultPort; ///< 0 with a socket
    QString socket{}; ///< absolute path, or '@' and an abstract name (Linux); empty: by TCP

    bool isSocket() const { return !socket.isEmpty(); }

    /// "host:port" or "localhost:/path"; an IPv6 host in brackets.
    QString name() const;

    /// Reads "host", "host:port", "[v6]", "[v6]:port" or "localhost:/path". The error is a sentence
    /// naming the text and what is allowed. A host with ',' ';' or '=' is refused: Connector/C would read
    /// it as a host list or a connection string. IPv6 is brought to its canonical text; a path is taken
    /// as it is written.
    static Expected<PeerAddress> parse(QStringView text, quint16 defaultPort = DefaultPort);

    /// As parse(), but an IPv6 address may also stand without brackets: \a host comes from a
    /// QSqlDatabase, where the port has a field of its own. An empty host is "localhost".
    static Expected<PeerAddress> fromHostField(QStringView host, quint16 defaultPort);

    /// The peer behind the option UNIX_SOCKET of QMYSQL. A path that is not absolute, is longer than
    /// the system allows (107 bytes on Linux) or has characters other than letters, digits, spaces and
    /// / . _ - + : @ = # ~ is refused as by parse(), and so is every path where there are no such
    /// sockets (Windows).
    static Expected<PeerAddress> fromSocket(QStringView path);

    /// True when \a text is written as a socket of this machine, well or badly.
    static bool isSocketName(QStringView text);

    friend bool operator==(const PeerAddress &, const PeerAddress &) = default;
    friend size_t qHash(const PeerAddress &address, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, address.host, address.port, address.socket);
    }
};

/// \a name of a peer, or what a server calls itself, as such names are compared: in lower case, but the
/// case of a path (what follows ":/" or ":@") counts.
QString foldedPeerName(const QString &name);
/// True when \a name is one of \a names so.
bool containsPeerName(const QStringList &names, const QString &name);

} // namespace qproxysql
