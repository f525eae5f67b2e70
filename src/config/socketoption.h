// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectoptions.h"
#include "config/pooldefinition.h"

namespace qproxysql {

/// QMYSQL's option UNIX_SOCKET, which names a peer. As in the client library, it applies to
/// localhost only, where the port has no effect.
class SocketOption
{
public:
    /// \a option: ConnectOptions::socket(); nullptr changes nothing.
    explicit SocketOption(const InnerOption *option)
        : m_option(option)
    {
    }

    /// Fails if the path is invalid or \a address is another socket.
    Expected<void> applyTo(PeerAddress *address) const;
    /// The same for the peers of a host name. Fails if there are several.
    Expected<void> applyTo(QList<PeerDefinition> *peers, const QString &host) const;

    /// Fails if the option is given, because \a pool of a file has its own peers.
    Expected<void> checkBeside(const PoolDefinition &pool) const;

private:
    QString describe() const; ///< "UNIX_SOCKET=/run/a.sock (connect options)"

    const InnerOption *m_option;
};

} // namespace qproxysql
