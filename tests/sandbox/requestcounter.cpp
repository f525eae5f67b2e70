// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/requestcounter.h"

#include <QtCore/QtEndian>

#include <algorithm>

namespace qproxysql::sandbox {

static constexpr qsizetype KeptOfPacket = 64 * 1024;

static bool hasNoAnswer(Command command)
{
    return command == Command::Quit || command == Command::StmtClose
           || command == Command::StmtSendLongData;
}

static bool hidesWhatFollows(const QByteArray &login)
{
    constexpr quint32 Compress = 0x20, Ssl = 0x800;
    if (login.size() < 4)
        return false;
    const quint32 flags = qFromLittleEndian<quint32>(login.constData());
    return (flags & Compress) || ((flags & Ssl) && login.size() == 32);
}

int RequestCounts::total() const
{
    int sum = 0;
    for (const int count : requests)
        sum += count;
    return sum;
}

RequestCounts &RequestCounts::operator+=(const RequestCounts &other)
{
    connections += other.connections;
    logins += other.logins;
    loginPackets += other.loginPackets;
    loginRoundTrips += other.loginRoundTrips;
    for (auto it = other.requests.cbegin(); it != other.requests.cend(); ++it)
        requests[it.key()] += it.value();
    roundTrips += other.roundTrips;
    bytesToServer += other.bytesToServer;
    bytesToClient += other.bytesToClient;
    return *this;
}

QList<RequestCounter::Request> RequestCounter::sentByClient(const QByteArray &bytes)
{
    QList<Request> begun;
    m_counts.bytesToServer += bytes.size();
    if (m_opaque)
        return begun;
    m_fromClient.append(bytes);
    quint8 sequence = 0;
    QByteArray payload;
    while (!m_opaque && m_fromClient.next(&sequence, &payload)) {
        if (!m_loggedIn) {
            ++m_counts.loginPackets;
            m_awaitsAnswer = true;
            m_opaque = m_counts.loginPackets == 1 && hidesWhatFollows(payload);
        } else if (sequence == 0 && !payload.isEmpty()) {
            const Command command{quint8(payload.at(0))};
            ++m_counts.requests[command];
            if (!hasNoAnswer(command))
                m_awaitsAnswer = true;
            const bool isText = command == Command::Query || command == Command::StmtPrepare;
            begun.append({command, isText ? payload.mid(1) : QByteArray()});
        }
    }
    return begun;
}

void RequestCounter::sentByServer(const QByteArray &bytes)
{
    m_counts.bytesToClient += bytes.size();
    if (m_opaque || bytes.isEmpty())
        return;
    if (m_awaitsAnswer) {
        m_awaitsAnswer = false;
        ++(m_loggedIn ? m_counts.roundTrips : m_counts.loginRoundTrips);
    }
    if (m_loggedIn)
        return;
    m_fromServer.append(bytes);
    quint8 sequence = 0;
    QByteArray payload;
    while (!m_loggedIn && m_fromServer.next(&sequence, &payload)) {
        m_loggedIn = m_greeted && !payload.isEmpty() && payload.at(0) == '\0';
        m_greeted = true;
    }
    m_counts.logins += m_loggedIn;
}

bool RequestCounter::Packets::next(quint8 *sequence, QByteArray *payload)
{
    const qsizetype skipped = qsizetype(std::min<qint64>(m_toSkip, m_buffer.size()));
    m_buffer.remove(0, skipped);
    m_toSkip -= skipped;
    if (m_toSkip > 0 || m_buffer.size() < 4)
        return false;
    const auto byte = [this](int i) { return qsizetype(uchar(m_buffer.at(i))); };
    const qsizetype length = byte(0) | byte(1) << 8 | byte(2) << 16;
    const qsizetype kept = std::min(length, KeptOfPacket);
    if (m_buffer.size() < 4 + kept)
        return false;
    *sequence = quint8(m_buffer.at(3));
    *payload = m_buffer.mid(4, kept);
    m_buffer.remove(0, 4 + kept);
    m_toSkip = length - kept;
    return true;
}

} // namespace qproxysql::sandbox
