// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/loopbacksocket.h"

#include <vector>

namespace qproxysql::sandbox {

/// A port on which connecting never ends, neither well nor badly, as when packets are lost on the way:
/// it listens, and its queue of connections to be accepted is full (Linux then drops what comes).
/// Needs no rights.
class BlackHole
{
public:
    explicit BlackHole(quint16 port = 0);
    ~BlackHole();
    Q_DISABLE_COPY_MOVE(BlackHole)

    /// False when the port could not be had or the system does not drop; errorString() tells.
    bool isSwallowing() const { return m_swallowing; }
    QString errorString() const { return m_errorString; }
    quint16 port() const { return m_socket.port(); }
    QString address() const { return QStringLiteral("127.0.0.1:%1").arg(port()); }

private:
    LoopbackSocket m_socket;
    std::vector<int> m_fillers;
    bool m_swallowing = false;
    QString m_errorString;
};

} // namespace qproxysql::sandbox
