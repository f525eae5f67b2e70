// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/loopbacksocket.h"
#include "sandbox/requestcounter.h"
#include "sandbox/wakepipe.h"

#include <QtCore/QStringList>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace qproxysql::sandbox {

/// What a relay does to the traffic beyond passing it on. Called in the relay's thread, under its mutex:
/// no call of the relay may be made from here.
class Interceptor
{
public:
    virtual ~Interceptor() = default;

    /// What the client is greeted with in place of \a packet, the server's first one.
    /// \a connection tells the connections apart; another one may have it later.
    virtual QByteArray greeting(const QByteArray &packet, const void *connection) = 0;

    /// The client's first packet, before the server gets it.
    virtual void login(QByteArray *) {}

    struct Verdict
    {
        QByteArray answer;    ///< packets; not empty: the request is not passed on to the server
        bool hangsUp = false; ///< the connection ends after that
    };
    virtual Verdict judge(const RequestCounter::Request &request, const void *connection) = 0;

    /// What the server answered, or a piece of it, before the client gets it.
    virtual void alter(const RequestCounter::Request &, const void *, QByteArray *) {}
};

/// A TCP relay on 127.0.0.1 in front of a server, in a thread of its own: counts requests and round
/// trips, and disturbs the traffic on demand.
///
///     Relay relay(servers[0].port());
///     db.setPort(relay.port());
///     ...
///     relay.resetCounts();
///     QVERIFY(query.exec("SELECT 1"));
///     QCOMPARE(relay.counts().roundTrips, 1);
///
/// What has an answer is counted before the client sees the answer, so counts() is exact when the call
/// has returned. What has none (closing a statement or a connection) is counted a moment later: QTRY_COMPARE.
/// When the server refuses, the relay accepts and hangs up. Thread-safe.
class Relay
{
public:
    /// Listens from now on; on a free port when `port` is 0.
    explicit Relay(quint16 serverPort, quint16 port = 0,
                   std::unique_ptr<Interceptor> interceptor = nullptr);
    ~Relay();
    Q_DISABLE_COPY_MOVE(Relay)

    bool isListening() const { return m_socket.isOpen(); }
    QString errorString() const { return m_socket.errorString(); }
    quint16 port() const { return m_socket.port(); }
    QString address() const { return QStringLiteral("127.0.0.1:%1").arg(port()); }

    /// Counts over all connections since the start or the last reset.
    RequestCounts counts() const;
    /// Counts for each connection since its start or the last reset, in the order in which they came.
    QList<RequestCounts> countsPerConnection() const;
    /// The texts of queries and prepares since the last reset (the last 10,000).
    QStringList statements() const;
    void resetCounts();
    /// How many connections are open now.
    int openConnections() const;

    /// Holds every piece of data back for this long, in each direction: a network with that latency (half
    /// the round trip time). Also for connections that are open. Exact to 0.1 ms on Linux, else to 1 ms.
    void setDelay(std::chrono::microseconds oneWay);
    /// Passes nothing on in either direction and accepts nobody, but keeps all connections; what was
    /// sent meanwhile arrives after thaw().
    void freeze();
    void thaw();
    /// Passes requests on and holds the answers back, until thaw().
    void holdAnswers();

    /// Stops listening, so that connecting is refused, and keeps what is connected: as ProxySQL does on
    /// PROXYSQL PAUSE. The port stays reserved.
    void pause();
    void resume();

    enum class Cut {
        Close, ///< an orderly end of the stream
        Reset, ///< RST
    };
    /// Ends all open connections, on both sides; has happened when it returns.
    void cutConnections(Cut cut = Cut::Close);

    /// Passes nothing on any more on the connections that are open now, and lets the kernel acknowledge
    /// nothing that their clients send: as a firewall that has forgotten them. New ones work. False where
    /// the system cannot do that (it is Linux's).
    bool forgetConnections();
    /// The connections that are open now are gone and their clients, which must be in this process, do
    /// not know: what they send next draws a RST. As when the host was started anew. False where that
    /// could not be done.
    bool loseConnections();

    enum class CutMoment {
        BeforeRequest, ///< the server never sees the request
        AfterAnswer,   ///< the server has executed and answered it, the client gets no answer
    };
    /// Cuts the connection on which the next query or prepare comes whose text contains `text`. Once;
    /// replaces what was armed before.
    void cutOnce(const QByteArray &text, CutMoment moment, Cut cut = Cut::Close);
    /// The same at the \a number th request of any kind from now on, over all connections; 1 is the next.
    void cutAt(int number, CutMoment moment, Cut cut = Cut::Close);
    bool isArmed() const; ///< no request has triggered the last cut yet

private:
    struct Connection;
    struct Flow;
    struct ArmedCut
    {
        QByteArray text;
        CutMoment moment;
        Cut cut;
        int countdown = 0; ///< cutAt()
    };
    using TimePoint = std::chrono::steady_clock::time_point;

    void run();
    void accept();
    void serve(Connection &connection, TimePoint now);
    bool readInto(Connection &connection, Flow &flow, TimePoint now);
    bool writeFrom(Flow &flow, TimePoint now);
    bool fromClient(Connection &connection, QByteArray *bytes);
    bool isTriggeredBy(const RequestCounter::Request &request);
    bool isIntercepted(Connection &connection, const RequestCounter::Request &request);
    bool fromServer(Connection &connection, QByteArray *bytes);
    bool isHeld(const Flow &flow) const;
    void end(Connection &connection, Cut cut);
    bool lose(Connection &connection);
    void change(const std::function<void()> &changeState);

    const quint16 m_serverPort;
    const std::unique_ptr<Interceptor> m_interceptor;
    LoopbackSocket m_socket;
    WakePipe m_wake;
    mutable std::mutex m_mutex; ///< for all below; never held in poll()
    std::condition_variable m_served;
    quint64 m_round = 0;
    bool m_stopping = false;
    bool m_frozen = false;
    bool m_answersHeld = false;
    std::chrono::microseconds m_delay{0};
    std::optional<Cut> m_cutAll;
    bool m_loseAll = false;
    bool m_hasLostAll = true;
    std::unique_ptr<ArmedCut> m_armed;
    std::vector<std::unique_ptr<Connection>> m_connections;
    QStringList m_statements;
    std::thread m_thread;
};

} // namespace qproxysql::sandbox
