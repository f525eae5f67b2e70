// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/listeners.h"

#include <QtCore/QtEndian>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace qproxysql::sandbox {

FaultyListener::FaultyListener(quint16 port, Manner manner, const QByteArray &farewell)
    : m_manner(manner)
    , m_farewell(farewell)
{
    if (m_socket.bind(port) && m_socket.listen(128))
        m_thread = std::thread([this] { run(); });
}

void FaultyListener::stop()
{
    if (!m_thread.joinable())
        return;
    m_stopping = true;
    m_wake.wake();
    m_thread.join();
    for (const int descriptor : m_kept)
        ::close(descriptor);
    m_kept.clear();
    m_socket.close();
}

void FaultyListener::run()
{
    while (!m_stopping) {
        pollfd waits[2]{{m_socket.descriptor(), POLLIN, 0}, {m_wake.descriptor(), POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0)
            continue;
        const int descriptor = m_socket.accept();
        if (descriptor < 0)
            continue;
        ++m_contacts;
        if (m_manner == Manner::KeepSilent) {
            m_kept.push_back(descriptor);
            continue;
        }
        if (!m_farewell.isEmpty())
            ::send(descriptor, m_farewell.constData(), size_t(m_farewell.size()), MSG_NOSIGNAL);
        ::close(descriptor);
    }
}

QByteArray RejectingListener::errorPacket(int errorCode, const QString &text)
{
    QByteArray packet(7, '\0');
    packet[4] = char(0xff);
    qToLittleEndian<quint16>(quint16(errorCode), packet.data() + 5);
    packet += text.toUtf8();
    qToLittleEndian<quint16>(quint16(packet.size() - 4), packet.data());
    return packet;
}

} // namespace qproxysql::sandbox
