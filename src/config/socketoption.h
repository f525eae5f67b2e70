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

    /// Fails when the path cannot be a peer, or \a address is another socket.
    Expected<void> applyTo(PeerAddress *address) const;
    /// The same for the peers of a host name; several and a socket are an error.
    Expected<void> applyTo(QList<PeerDefinition> *peers, const QString &host) const;

    /// Fails when there is such an option: \a pool of a file has peers of its own.
    Expected<void> checkBeside(const PoolDefinition &pool) const;

private:
    QString describe() const; ///< "UNIX_SOCKET=/run/a.sock (connect options)"

    const InnerOption *m_option;
};

} // namespace qproxysql
