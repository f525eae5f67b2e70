// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/rootclient.h"

#include <QtCore/QtEndian>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace qproxysql::sandbox {

namespace {

// dev.mysql.com, "Client/Server Protocol": capability and status flags, packet headers.
constexpr quint32 LongPassword = 0x1, Protocol41 = 0x200, Transactions = 0x2000,
                  SecureConnection = 0x8000, MultiStatements = 0x10000, MultiResults = 0x20000,
                  PluginAuth = 0x80000;
constexpr quint16 MoreResultsExist = 0x8;
constexpr uchar OkPacket = 0x00, EofPacket = 0xfe, ErrorPacket = 0xff, AuthSwitch = 0xfe;
constexpr char Query = 0x03, Quit = 0x01;
constexpr char Utf8mb4GeneralCi = 45;

/// Reads the fields of one packet; past its end everything is 0 or empty.
class Reader
{
public:
    explicit Reader(const QByteArray &packet)
        : m_packet(packet)
    {
    }

    quint64 integer(int bytes)
    {
        quint64 value = 0;
        for (int i = 0; i < bytes && m_position < m_packet.size(); ++i)
            value |= quint64(uchar(m_packet.at(m_position++))) << (8 * i);
        return value;
    }
    void skip(qsizetype bytes) { m_position += bytes; }
    quint64 lengthEncoded()
    {
        const quint64 first = integer(1);
        switch (first) {
        case 0xfc:
            return integer(2);
        case 0xfd:
            return integer(3);
        case 0xfe:
            return integer(8);
        default:
            return first;
        }
    }
    QString textOrNull()
    {
        if (m_position < m_packet.size() && uchar(m_packet.at(m_position)) == 0xfb) {
            ++m_position;
            return QString();
        }
        const qsizetype length = qsizetype(lengthEncoded());
        const QByteArray bytes = m_packet.mid(m_position, length);
        m_position += length;
        return bytes.isEmpty() ? QStringLiteral("") : QString::fromUtf8(bytes);
    }

private:
    const QByteArray &m_packet;
    qsizetype m_position = 0;
};

bool isHeader(const QByteArray &packet, uchar header)
{
    return !packet.isEmpty() && uchar(packet.at(0)) == header;
}

bool isEof(const QByteArray &packet)
{
    return isHeader(packet, EofPacket) && packet.size() < 9;
}

} // namespace

RootClient::~RootClient()
{
    close();
}

bool RootClient::open(quint16 port, std::chrono::milliseconds timeout, const QString &user)
{
    forget(timeout);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return finishOpening(connectTo(reinterpret_cast<const sockaddr *>(&address), sizeof address,
                                   QStringLiteral("127.0.0.1:%1").arg(port)),
                         user);
}

bool RootClient::openSocket(const QString &path, std::chrono::milliseconds timeout)
{
    forget(timeout);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, path.toUtf8().constData(), sizeof address.sun_path);
    return finishOpening(connectTo(reinterpret_cast<const sockaddr *>(&address), sizeof address,
                                   path),
                         QStringLiteral("root"));
}

void RootClient::forget(std::chrono::milliseconds timeout)
{
    close();
    m_errorCode = 0;
    m_errorString.clear();
    m_hasTimedOut = false;
    m_timeout = timeout;
}

bool RootClient::finishOpening(bool isConnected, const QString &user)
{
    if (isConnected && logIn(user))
        return true;
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
    return false;
}

Answer RootClient::execute(const QString &sql)
{
    Answer answer;
    QByteArray packet;
    m_sequence = 0;
    bool more = send(Query + sql.toUtf8());
    answer.ok = more;
    while (answer.ok && more) {
        answer.ok = receive(packet);
        more = false;
        if (!answer.ok)
            break;
        if (isHeader(packet, ErrorPacket)) {
            answer.ok = failFromPacket(packet);
        } else if (isHeader(packet, OkPacket)) {
            Reader reader(packet);
            reader.integer(1);
            reader.lengthEncoded();
            reader.lengthEncoded();
            more = reader.integer(2) & MoreResultsExist;
        } else {
            answer.ok = readResultSet(packet, answer, more);
        }
    }
    if (!answer.ok) {
        answer.errorCode = m_errorCode;
        answer.errorString = m_errorString;
    }
    return answer;
}

void RootClient::close()
{
    if (m_descriptor < 0)
        return;
    m_sequence = 0;
    pollfd wait{m_descriptor, POLLIN, 0};
    if (send(QByteArray(1, Quit)))
        ::poll(&wait, 1, 100);
    ::close(std::exchange(m_descriptor, -1));
}

bool RootClient::connectTo(const sockaddr *address, size_t size, const QString &name)
{
    m_descriptor = ::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        return failFromSystem(QStringLiteral("socket"));
    timeval limit{};
    limit.tv_sec = m_timeout.count() / 1000;
    limit.tv_usec = (m_timeout.count() % 1000) * 1000;
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    const int on = 1;
    if (address->sa_family == AF_INET)
        ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(m_descriptor, address, socklen_t(size)) != 0)
        return failFromSystem(QStringLiteral("connect to %1").arg(name));
    return true;
}

bool RootClient::logIn(const QString &user)
{
    QByteArray packet;
    if (!receive(packet))
        return false;
    if (isHeader(packet, ErrorPacket))
        return failFromPacket(packet);
    // Protocol version, server version up to a zero byte, connection id.
    Reader greeting(packet);
    greeting.skip(packet.indexOf('\0') + 1);
    m_connectionId = greeting.integer(4);

    QByteArray login(32, '\0');
    qToLittleEndian<quint32>(LongPassword | Protocol41 | Transactions | SecureConnection
                                     | MultiStatements | MultiResults | PluginAuth,
                             login.data());
    qToLittleEndian<quint32>(0x1000000, login.data() + 4);
    login[8] = Utf8mb4GeneralCi;
    login += user.toUtf8() + '\0';
    login += '\0'; // no password: an empty answer to the challenge
    login += QByteArrayLiteral("mysql_native_password") + '\0';
    if (!send(login) || !receive(packet))
        return false;
    if (isHeader(packet, AuthSwitch) && (!send(QByteArray()) || !receive(packet)))
        return false;
    if (isHeader(packet, ErrorPacket))
        return failFromPacket(packet);
    return isHeader(packet, OkPacket) || fail(QStringLiteral("unexpected answer to the login"));
}

bool RootClient::readResultSet(const QByteArray &first, Answer &answer, bool &more)
{
    const quint64 columns = Reader(first).lengthEncoded();
    QByteArray packet;
    for (quint64 i = 0; i < columns + 1; ++i) { // the columns' descriptions and an EOF
        if (!receive(packet))
            return false;
    }
    answer.rows.clear();
    for (;;) {
        if (!receive(packet))
            return false;
        if (isHeader(packet, ErrorPacket))
            return failFromPacket(packet);
        if (isEof(packet)) {
            Reader reader(packet);
            reader.integer(3);
            more = reader.integer(2) & MoreResultsExist;
            return true;
        }
        Reader reader(packet);
        QStringList row;
        for (quint64 i = 0; i < columns; ++i)
            row += reader.textOrNull();
        answer.rows += row;
    }
}

bool RootClient::send(const QByteArray &payload)
{
    if (m_descriptor < 0)
        return fail(QStringLiteral("not connected"));
    QByteArray packet(4, '\0');
    qToLittleEndian<quint32>(quint32(payload.size()), packet.data());
    packet[3] = char(m_sequence++);
    packet += payload;
    qsizetype sent = 0;
    while (sent < packet.size()) {
        const ssize_t count = ::send(m_descriptor, packet.constData() + sent,
                                     size_t(packet.size() - sent), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return failFromSystem(QStringLiteral("send"));
        sent += count;
    }
    return true;
}

bool RootClient::receive(QByteArray &payload)
{
    uchar header[4];
    if (!readExactly(reinterpret_cast<char *>(header), sizeof header))
        return false;
    m_sequence = quint8(header[3] + 1);
    payload.resize(header[0] | header[1] << 8 | header[2] << 16);
    return readExactly(payload.data(), payload.size());
}

bool RootClient::readExactly(char *data, qsizetype size)
{
    while (size > 0) {
        const ssize_t count = ::recv(m_descriptor, data, size_t(size), 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count == 0)
            return fail(QStringLiteral("the server closed the connection"));
        if (count < 0)
            return failFromSystem(QStringLiteral("receive"));
        data += count;
        size -= count;
    }
    return true;
}

bool RootClient::fail(const QString &text, int code)
{
    m_errorString = text.isEmpty() ? QStringLiteral("error %1 without a text").arg(code) : text;
    m_errorCode = code;
    m_hasTimedOut = false;
    return false;
}

// Of the last system call. A time limit shows as EAGAIN, in connect() as EINPROGRESS.
bool RootClient::failFromSystem(const QString &what)
{
    if (errno != EAGAIN && errno != EINPROGRESS)
        return fail(what + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(errno)));
    fail(QStringLiteral("no answer within %1 s").arg(double(m_timeout.count()) / 1000));
    m_hasTimedOut = true;
    return false;
}

bool RootClient::failFromPacket(const QByteArray &packet)
{
    Reader reader(packet);
    reader.integer(1);
    const int code = int(reader.integer(2));
    QString text = QString::fromUtf8(packet.mid(3));
    if (text.startsWith(QLatin1Char('#')))
        text.remove(0, 6);
    return fail(text, code);
}

} // namespace qproxysql::sandbox
