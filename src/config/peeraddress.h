// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QHashFunctions>
#include <QtCore/QString>

#include <optional>

namespace qproxysql {

/// Where a peer listens. Its text, "host:port" ("[2001:db8::1]:3306" for IPv6), is the peer's name
/// in every log, error, report and command.
struct PeerAddress
{
    static constexpr quint16 DefaultPort = 3306;

    QString host; ///< lower case, without brackets; never empty ("localhost" when nothing was given)
    quint16 port = DefaultPort;

    /// "host:port"; an IPv6 host in brackets.
    QString name() const;

    /// Reads "host", "host:port", "[v6]" or "[v6]:port". Returns nothing and sets \a error to a
    /// sentence naming the text and what is allowed when it cannot be a peer. A host with ',' ';' or
    /// '=' is refused: Connector/C would read it as a host list or a connection string. IPv6 is
    /// brought to its canonical text.
    static std::optional<PeerAddress> parse(QStringView text, quint16 defaultPort, QString *error);

    /// As parse(), but an IPv6 address may also stand without brackets: \a host comes from a
    /// QSqlDatabase, where the port has a field of its own. An empty host is "localhost".
    static std::optional<PeerAddress> fromHostField(QStringView host, quint16 defaultPort,
                                                    QString *error);

    friend bool operator==(const PeerAddress &, const PeerAddress &) = default;
    friend size_t qHash(const PeerAddress &address, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, address.host, address.port);
    }
};

} // namespace qproxysql
