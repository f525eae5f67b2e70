// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/peeraddress.h"

#include <QtCore/QString>

namespace qproxysql {

class InnerConnection;

/// What stands between us and the server that answers, if anything does. The list of sessions that is
/// read through it is that of one server, and need not hold those whom the peer serves.
struct Intermediary
{
    /// "ProxySQL", "MySQL Router", "MaxScale", "unknown": the peer is itself a proxy. Empty: it is none
    /// that would show, but \c objection may tell of a tunnel, a port mapping or a proxy that only
    /// passes bytes on.
    QString proxy;
    QString objection; ///< why the server's list is not the peer's, a sentence; empty: it is

    /// One connection, as we know it and as the server shows it in its list.
    struct Ends
    {
        quint32 greetedId = 0;     ///< 0: not known
        quint16 localPort = 0;     ///< 0: not known, or no TCP
        quint16 askedPort = 0;     ///< 0: no TCP
        quint64 listedId = 0;      ///< 0: the server did not say
        QString listedHost;        ///< host:port, as listed
        quint16 listeningPort = 0; ///< the server's own; 0: not known
    };
    static Intermediary between(const Ends &ends);

    /// Asks over \a connection. Blocks for two round trips; on a worker thread.
    static Intermediary find(const InnerConnection &connection, const PeerAddress &peer,
                             const QString &version);
};

} // namespace qproxysql
