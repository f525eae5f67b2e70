// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectoptions.h"
#include "config/pooldefinition.h"

namespace qproxysql {

/// The option UNIX_SOCKET of QMYSQL as the name of a peer. As for the client library: with another host
/// than localhost it has no effect, and with localhost the port has none.
class SocketOption
{
public:
    /// \a option: ConnectOptions::socket(); nullptr changes nothing.
    explicit SocketOption(const InnerOption *option)
        : m_option(option)
    {
    }

    /// False, with \a error: the path cannot be a peer, or \a address is another socket.
    bool applyTo(PeerAddress *address, QString *error) const;
    /// The same for the peers of a host name; several and a socket are an error.
    bool applyTo(QList<PeerDefinition> *peers, const QString &host, QString *error) const;

    /// False, with \a error, when there is such an option: \a pool of a file has peers of its own.
    bool mayStandBeside(const PoolDefinition &pool, QString *error) const;

private:
    QString describe() const; ///< "UNIX_SOCKET=/run/a.sock (connect options)"

    const InnerOption *m_option;
};

} // namespace qproxysql
