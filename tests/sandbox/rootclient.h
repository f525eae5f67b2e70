// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>

struct sockaddr;

namespace qproxysql::sandbox {

/// What a server answered to one request.
struct Answer
{
    bool ok = false;
    int errorCode = 0;       ///< the server's error number; 0 when there is none (see errorString)
    QString errorString;     ///< never empty after a failure
    QList<QStringList> rows; ///< of the last result set; NULL is a null QString

    explicit operator bool() const { return ok; }
    /// First column of the first row; empty when there is no row.
    QString value() const { return rows.isEmpty() ? QString() : rows.constFirst().value(0); }
};

/// A minimal MySQL client of the sandbox's own: one connection, one request, text results. It shares
/// nothing with the driver under test nor with the client library of that driver, which it therefore cannot
/// disturb. Blocking, without an event loop; every object in one thread at a time.
class RootClient
{
public:
    RootClient() = default;
    ~RootClient();
    Q_DISABLE_COPY_MOVE(RootClient)

    /// Logs in on 127.0.0.1 as a user without password. False: errorString(), errorCode() (0 when
    /// there was no answer from a server). No call of this object waits longer than its timeout for a packet.
    bool open(quint16 port, std::chrono::milliseconds timeout = std::chrono::seconds(10),
              const QString &user = QStringLiteral("root"));
    /// The same as root by the server's Unix socket.
    bool openSocket(const QString &path,
                    std::chrono::milliseconds timeout = std::chrono::seconds(10));
    /// One request, possibly of several statements.
    Answer execute(const QString &sql);
    /// Says good-bye to the server, so that it counts no aborted client, and waits for its end of the connection.
    void close();

    /// The server's number for this connection, as in its process list.
    quint64 connectionId() const { return m_connectionId; }
    int errorCode() const { return m_errorCode; }
    QString errorString() const { return m_errorString; }
    /// True when the last failure was that nothing came within the timeout.
    bool hasTimedOut() const { return m_hasTimedOut; }

private:
    void forget(std::chrono::milliseconds timeout);
    bool connectTo(const sockaddr *address, size_t size, const QString &name);
    bool finishOpening(bool isConnected, const QString &user);
    bool logIn(const QString &user);
    bool send(const QByteArray &payload);
    bool receive(QByteArray &payload);
    bool readExactly(char *data, qsizetype size);
    bool fail(const QString &text, int code = 0);
    bool failFromPacket(const QByteArray &packet);
    bool readResultSet(const QByteArray &first, Answer &answer, bool &more);

    bool failFromSystem(const QString &what);

    int m_descriptor = -1;
    std::chrono::milliseconds m_timeout{0};
    quint8 m_sequence = 0;
    quint64 m_connectionId = 0;
    int m_errorCode = 0;
    QString m_errorString;
    bool m_hasTimedOut = false;
};

} // namespace qproxysql::sandbox
