// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/loopbacksocket.h"
#include "sandbox/wakepipe.h"

#include <QtCore/QByteArray>

#include <atomic>
#include <thread>
#include <vector>

namespace qproxysql::sandbox {

/// Something that listens on 127.0.0.1 where a client expects a server, in a thread of its own, and
/// counts who comes. Listens from construction until stop() or destruction; then its port refuses again.
/// Construct it with the port of a Server that was killed to stand in its place.
class FaultyListener
{
public:
    virtual ~FaultyListener() = default;
    Q_DISABLE_COPY_MOVE(FaultyListener)

    /// False when the port could not be had; errorString() tells why.
    bool isListening() const { return m_socket.isOpen(); }
    QString errorString() const { return m_socket.errorString(); }
    quint16 port() const { return m_socket.port(); }
    QString address() const { return QStringLiteral("127.0.0.1:%1").arg(port()); }
    /// Connections accepted so far. Any thread.
    int contacts() const { return m_contacts; }
    void stop();

protected:
    /// What happens to a connection: nothing, or a farewell (possibly empty) and its end.
    enum class Manner { KeepSilent, HangUp };
    FaultyListener(quint16 port, Manner manner, const QByteArray &farewell = QByteArray());

private:
    void run();

    const Manner m_manner;
    const QByteArray m_farewell;
    LoopbackSocket m_socket;
    WakePipe m_wake;
    std::atomic<int> m_contacts = 0;
    std::atomic<bool> m_stopping = false;
    std::vector<int> m_kept; ///< the thread's until it has ended
    std::thread m_thread;
};

/// Accepts and closes at once, as a proxy does whose servers are all gone.
class HangUpListener final : public FaultyListener
{
public:
    explicit HangUpListener(quint16 port = 0)
        : FaultyListener(port, Manner::HangUp)
    {
    }
    ~HangUpListener() override { stop(); }
};

/// Accepts and never greets, as a server does that hangs. Connections stay open until stop().
class SilentListener final : public FaultyListener
{
public:
    explicit SilentListener(quint16 port = 0)
        : FaultyListener(port, Manner::KeepSilent)
    {
    }
    ~SilentListener() override { stop(); }
};

/// Accepts, and says an error in place of the greeting: 1040 "Too many connections", 1129 "Host
/// ... is blocked", 1130 "Host ... is not allowed to connect".
class RejectingListener final : public FaultyListener
{
public:
    RejectingListener(int errorCode, const QString &text, quint16 port = 0)
        : FaultyListener(port, Manner::HangUp, errorPacket(errorCode, text))
    {
    }
    ~RejectingListener() override { stop(); }

private:
    static QByteArray errorPacket(int errorCode, const QString &text);
};

} // namespace qproxysql::sandbox
