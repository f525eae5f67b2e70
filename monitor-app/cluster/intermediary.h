// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/peeraddress.h"

#include <QtCore/QString>

namespace qproxysql {

class InnerConnection;

/// A proxy or tunnel between us and the server that answers. The process list read through it is
/// that of one server and may lack the sessions that the peer serves.
struct Intermediary
{
    /// "ProxySQL", "MySQL Router", "MaxScale", "unknown": the peer is itself a proxy. Empty: no
    /// proxy was recognised, but \c objection may report a tunnel, a port mapping or a proxy that
    /// only forwards bytes.
    QString proxy;
    QString objection; ///< why the server's list is not the peer's, a sentence; empty: it is

    /// One connection as we know it and as the server lists it.
    struct Ends
    {
        quint32 greetedId = 0;     ///< 0: not known
        quint16 localPort = 0;     ///< 0: not known, or not TCP
        quint16 askedPort = 0;     ///< 0: not TCP
        quint64 listedId = 0;      ///< 0: not reported
        QString listedHost;        ///< host:port, as listed
        quint16 listeningPort = 0; ///< the server's own; 0: not known
    };
    static Intermediary between(const Ends &ends);

    /// Queries \a connection. Blocks for two round trips; use a worker thread.
    static Intermediary find(const InnerConnection &connection, const PeerAddress &peer,
                             const QString &version);
};

} // namespace qproxysql
