// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>

#include <array>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace qproxysql::test {

/// Two connected sockets: client() stands for a session's, server() for its peer's.
class ConnectedPair
{
public:
    /// \a family: AF_INET (loopback) or AF_UNIX.
    explicit ConnectedPair(int family) { m_isGood = family == AF_UNIX ? makeUnix() : makeTcp(); }
    ~ConnectedPair()
    {
        closeClient();
        closeServer();
    }
    Q_DISABLE_COPY_MOVE(ConnectedPair)

    bool isGood() const { return m_isGood; }
    int client() const { return m_client; }
    int server() const { return m_server; }
    void closeClient()
    {
        if (m_client >= 0)
            ::close(std::exchange(m_client, -1));
    }
    void closeServer()
    {
        if (m_server >= 0)
            ::close(std::exchange(m_server, -1));
    }

    /// Everything the peer was sent, up to the end of the stream.
    QByteArray receivedByServer() const
    {
        QByteArray all;
        std::array<char, 512> buffer;
        ssize_t got = 0;
        while ((got = ::recv(m_server, buffer.data(), buffer.size(), 0)) > 0)
            all.append(buffer.data(), got);
        return all;
    }

private:
    bool makeUnix()
    {
        std::array<int, 2> sockets{-1, -1};
        const bool isGood = ::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data()) == 0;
        m_client = sockets[0];
        m_server = sockets[1];
        return isGood;
    }
    bool makeTcp()
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        auto *const generic = reinterpret_cast<sockaddr *>(&address);
        bool isGood = ::bind(listener, generic, size) == 0 && ::listen(listener, 1) == 0
                      && ::getsockname(listener, generic, &size) == 0;
        m_client = ::socket(AF_INET, SOCK_STREAM, 0);
        isGood = isGood && ::connect(m_client, generic, size) == 0;
        m_server = ::accept(listener, nullptr, nullptr);
        ::close(listener);
        return isGood && m_server >= 0;
    }

    int m_client = -1;
    int m_server = -1;
    bool m_isGood = false;
};

class TcpPair : public ConnectedPair
{
public:
    TcpPair()
        : ConnectedPair(AF_INET)
    {
    }
};

} // namespace qproxysql::test
