// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QMap>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace qproxysql::sandbox {

/// The first byte of a request (dev.mysql.com, "Client/Server Protocol", command phase).
enum class Command : quint8 {
    Quit = 0x01,
    InitDb = 0x02,
    Query = 0x03,
    Statistics = 0x09,
    Ping = 0x0e,
    ChangeUser = 0x11,
    StmtPrepare = 0x16,
    StmtExecute = 0x17,
    StmtSendLongData = 0x18,
    StmtClose = 0x19,
    StmtReset = 0x1a,
    SetOption = 0x1b,
    StmtFetch = 0x1c,
    ResetConnection = 0x1f,
};

/// What a relay has seen on one connection or on all.
struct RequestCounts
{
    int connections = 0;         ///< accepted
    int logins = 0;              ///< that reached the command phase
    int loginPackets = 0;        ///< from the client, before the server said OK
    int loginRoundTrips = 0;     ///< times that the server answered those; the greeting is not one
    QMap<Command, int> requests; ///< from the client after login, by command
    int roundTrips = 0; ///< times that the server answered what was asked since its last answer
    qint64 bytesToServer = 0;
    qint64 bytesToClient = 0;

    int of(Command command) const { return requests.value(command); }
    int total() const;
    RequestCounts &operator+=(const RequestCounts &other);
};

/// Follows the two streams of one connection, packet by packet. Understands plain connections only: after a
/// switch to TLS or compression it counts bytes and nothing else. Not thread-safe.
class RequestCounter
{
public:
    RequestCounter() { m_counts.connections = 1; }

    /// The requests that begin in this piece of the stream to the server, in order.
    struct Request
    {
        Command command;
        QByteArray text; ///< of Query and StmtPrepare, as far as it came with the piece
    };
    QList<Request> sentByClient(const QByteArray &bytes);
    void sentByServer(const QByteArray &bytes);

    const RequestCounts &counts() const { return m_counts; }
    void reset() { m_counts = RequestCounts(); }
    bool isLoggedIn() const { return m_loggedIn; }

private:
    /// Cuts a stream into packets; keeps what is incomplete.
    class Packets
    {
    public:
        void append(const QByteArray &bytes) { m_buffer += bytes; }
        /// Payload's first bytes (at most 64 KiB) of the next packet whose header has come.
        bool next(quint8 *sequence, QByteArray *payload);

    private:
        QByteArray m_buffer;
        qint64 m_toSkip = 0;
    };

    Packets m_fromClient;
    Packets m_fromServer;
    RequestCounts m_counts;
    bool m_greeted = false;
    bool m_loggedIn = false;
    bool m_opaque = false;
    bool m_awaitsAnswer = false;
};

} // namespace qproxysql::sandbox
