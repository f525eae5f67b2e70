// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/wakepipe.h"

#include <fcntl.h>
#include <unistd.h>

namespace qproxysql::sandbox {

WakePipe::WakePipe()
{
    if (::pipe(m_descriptors) != 0)
        qFatal("sandbox: no pipe can be made");
    for (const int descriptor : m_descriptors) {
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
    }
}

WakePipe::~WakePipe()
{
    for (const int descriptor : m_descriptors)
        ::close(descriptor);
}

void WakePipe::wake()
{
    [[maybe_unused]] const ssize_t written = ::write(m_descriptors[1], "", 1);
}

void WakePipe::drain()
{
    char buffer[64];
    while (::read(m_descriptors[0], buffer, sizeof buffer) > 0) {
    }
}

} // namespace qproxysql::sandbox
