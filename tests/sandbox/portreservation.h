// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/filelock.h"

namespace qproxysql::sandbox {

/// A TCP port of 127.0.0.1 that no other sandbox of this user takes while this object lives, also
/// while nothing listens there: a server that was killed finds its port free when it comes back.
///
/// The port lies below the range from which the system gives ports to outgoing connections, so that no
/// client takes it either. It is not bound. Not thread-safe.
class PortReservation
{
public:
    /// Finds and reserves a free port; isValid() tells whether there was one.
    static PortReservation take();

    bool isValid() const { return m_port != 0; }
    quint16 port() const { return m_port; }

private:
    FileLock m_lock;
    quint16 m_port = 0;
};

} // namespace qproxysql::sandbox
