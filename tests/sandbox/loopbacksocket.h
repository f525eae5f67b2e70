// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/portreservation.h"

#include <QtCore/QString>

namespace qproxysql::sandbox {

/// A TCP socket bound to 127.0.0.1. Closed by its destructor. Not thread-safe.
class LoopbackSocket
{
public:
    LoopbackSocket() = default;
    ~LoopbackSocket();
    Q_DISABLE_COPY_MOVE(LoopbackSocket)

    /// Binds to `port`, or to a reserved free one when it is 0.
    /// `alone`: no other socket may bind there although this one does not listen; that fails while connections
    /// of the port's last owner are being forgotten (TIME_WAIT).
    bool bind(quint16 port, bool alone = false);
    bool listen(int backlog);
    /// A non-blocking descriptor of the next waiting connection, or -1. The caller closes it.
    int accept();
    void close();

    bool isOpen() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; }
    quint16 port() const { return m_port; }
    QString errorString() const { return m_errorString; }

    /// A non-blocking connection to 127.0.0.1:port that is being made, or -1. The caller closes it.
    static int startConnecting(quint16 port);

private:
    bool failWithErrno(const char *what);

    PortReservation m_reservation;
    int m_descriptor = -1;
    quint16 m_port = 0;
    QString m_errorString;
};

} // namespace qproxysql::sandbox
