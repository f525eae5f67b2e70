// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/blackhole.h"

#include <poll.h>
#include <unistd.h>

namespace qproxysql::sandbox {

BlackHole::BlackHole(quint16 port)
{
    if (!m_socket.bind(port) || !m_socket.listen(0)) {
        m_errorString = m_socket.errorString();
        return;
    }
    for (int i = 0; i < 16; ++i) {
        const int descriptor = LoopbackSocket::startConnecting(m_socket.port());
        if (descriptor < 0)
            continue;
        m_fillers.push_back(descriptor);
        pollfd wait{descriptor, POLLOUT, 0};
        if (::poll(&wait, 1, 100) == 0) {
            m_swallowing = true;
            return;
        }
    }
    m_errorString = QStringLiteral("this system answers although the queue is full");
}

BlackHole::~BlackHole()
{
    for (const int descriptor : m_fillers)
        ::close(descriptor);
}

} // namespace qproxysql::sandbox
