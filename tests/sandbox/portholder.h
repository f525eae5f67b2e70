// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/loopbacksocket.h"

namespace qproxysql::sandbox {

/// Holds a port of 127.0.0.1 without listening: connections are refused and no server can take it. For
/// free ports; one that a server has just left may not be had for a minute.
class PortHolder
{
public:
    /// A free port when `port` is 0.
    explicit PortHolder(quint16 port = 0) { m_socket.bind(port, true); }

    bool isHolding() const { return m_socket.isOpen(); }
    QString errorString() const { return m_socket.errorString(); }
    quint16 port() const { return m_socket.port(); }
    QString address() const { return QStringLiteral("127.0.0.1:%1").arg(port()); }
    /// Gives the port free.
    void release() { m_socket.close(); }

private:
    LoopbackSocket m_socket;
};

} // namespace qproxysql::sandbox
