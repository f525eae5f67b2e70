// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/packetloss.h"

#include <QtCore/QtGlobal>

#ifdef Q_OS_LINUX
#include <array>
#include <chrono>
#include <cstring>
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <thread>
#endif
#include <sys/socket.h>
#include <unistd.h>

namespace qproxysql::sandbox {

#ifdef Q_OS_LINUX

using namespace std::chrono_literals;

namespace {

constexpr int MostDescriptors = 65536;

bool isSame(const sockaddr_in &one, const sockaddr_in &other)
{
    return one.sin_family == other.sin_family && one.sin_port == other.sin_port
           && one.sin_addr.s_addr == other.sin_addr.s_addr;
}

int otherEndOf(int descriptor)
{
    sockaddr_in wanted{};
    socklen_t size = sizeof wanted;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr *>(&wanted), &size) != 0)
        return -1;
    for (int candidate = 0; candidate < MostDescriptors; ++candidate) {
        sockaddr_in address{};
        size = sizeof address;
        if (::getsockname(candidate, reinterpret_cast<sockaddr *>(&address), &size) == 0
            && isSame(address, wanted))
            return candidate;
    }
    return -1;
}

bool hasOtherEnd(int descriptor)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    return ::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0
           && info.tcpi_state == TCP_ESTABLISHED;
}

quint32 droppedBy(int descriptor)
{
    std::array<quint32, SK_MEMINFO_VARS> values{};
    socklen_t size = sizeof values;
    ::getsockopt(descriptor, SOL_SOCKET, SO_MEMINFO, values.data(), &size);
    return values[SK_MEMINFO_DROPS];
}

} // namespace

bool dropIncoming(int descriptor)
{
    sock_filter dropAll = BPF_STMT(BPF_RET | BPF_K, 0);
    const sock_fprog program{1, &dropAll};
    return ::setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

// The RST of a close is dropped at the other end.
bool closeUnnoticed(int descriptor)
{
    if (!hasOtherEnd(descriptor)) {
        ::close(descriptor);
        return true;
    }
    const int otherEnd = otherEndOf(descriptor);
    const quint32 before = otherEnd < 0 ? 0 : droppedBy(otherEnd);
    const linger abort{1, 0};
    const bool isReady = otherEnd >= 0 && dropIncoming(otherEnd)
                         && ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &abort, sizeof abort)
                                    == 0;
    ::close(descriptor);
    if (!isReady)
        return false;
    bool isDone = false;
    for (int round = 0; round < 1000 && !isDone; ++round) {
        isDone = droppedBy(otherEnd) > before;
        if (!isDone)
            std::this_thread::sleep_for(1ms);
    }
    const int unused = 0;
    return ::setsockopt(otherEnd, SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof unused) == 0
           && isDone;
}

#else

bool dropIncoming(int)
{
    return false;
}

bool closeUnnoticed(int descriptor)
{
    ::close(descriptor);
    return false;
}

#endif

} // namespace qproxysql::sandbox
