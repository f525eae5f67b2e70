// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/probe.h"

#include "sandbox/blackhole.h"
#include "sandbox/listeners.h"
#include "sandbox/portholder.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A Unix socket whose queue is full, as that of a frozen server after a while.
class FullQueue
{
public:
    explicit FullQueue(const QString &path)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, path.toLocal8Bit().constData(), sizeof address.sun_path);
        const auto *generic = reinterpret_cast<const sockaddr *>(&address);
        m_descriptors.push_back(::socket(AF_UNIX, SOCK_STREAM, 0));
        bool isOk = ::bind(m_descriptors[0], generic, sizeof address) == 0
                    && ::listen(m_descriptors[0], 0) == 0;
        while (isOk) {
            m_descriptors.push_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0));
            isOk = ::connect(m_descriptors.back(), generic, sizeof address) == 0;
        }
    }
    ~FullQueue()
    {
        for (const int descriptor : m_descriptors)
            ::close(descriptor);
    }
    Q_DISABLE_COPY_MOVE(FullQueue)

private:
    std::vector<int> m_descriptors;
};

} // namespace

/// What a probe that fails tells of the peer's host: sessions there are left alone while it lives.
class tst_Probe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refused()
    {
        const PortHolder holder;
        QVERIFY(holder.isHolding());
        const ConnectFailure failure = probe(u"127.0.0.1"_s, holder.port());
        QCOMPARE(failure.errorClass, ErrorClass::Down);
        QVERIFY2(failure.isHostAlive, qPrintable(failure.text));
    }

    void hungUp()
    {
        const HangUpListener listener;
        const ConnectFailure failure = probe(u"127.0.0.1"_s, listener.port());
        QCOMPARE(failure.errorClass, ErrorClass::Down);
        QVERIFY2(failure.isHostAlive, qPrintable(failure.text));
        QCOMPARE(listener.contacts(), 1);
    }

    // The client library says the same as of a host that refuses.
    void unreachable()
    {
        const ConnectFailure failure = probe(u"255.255.255.255"_s, 3306);
        QCOMPARE(failure.errorClass, ErrorClass::Down);
        QVERIFY2(!failure.isHostAlive, qPrintable(failure.text));
    }

    void silent()
    {
        const SilentListener listener;
        const ConnectFailure failure = probe(u"127.0.0.1"_s, listener.port());
        QVERIFY2(failure.timedOut && !failure.isHostAlive, qPrintable(failure.text));
    }

    void swallowed()
    {
        const BlackHole hole;
        QVERIFY2(hole.isSwallowing(), qPrintable(hole.errorString()));
        const ConnectFailure failure = probe(u"127.0.0.1"_s, hole.port());
        QVERIFY2(failure.timedOut && !failure.isHostAlive, qPrintable(failure.text));
    }

    void serversOwnWord()
    {
        const RejectingListener listener(1040, u"Too many connections"_s);
        QVERIFY(!probe(u"127.0.0.1"_s, listener.port()).isHostAlive);
    }

    void unixSocket()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"s"_s);
        ConnectFailure failure = probe(u"localhost"_s, 0, path);
        QCOMPARE(failure.errorClass, ErrorClass::Down);
        QVERIFY2(failure.isHostAlive, qPrintable(failure.text));
        const FullQueue queue(path);
        failure = probe(u"localhost"_s, 0, path);
        QCOMPARE(failure.errorClass, ErrorClass::Down);
        QVERIFY2(!failure.isHostAlive, qPrintable(failure.text));
    }

private:
    static ConnectFailure probe(const QString &host, quint16 port, const QString &socket = {})
    {
        FullConnectRequest request;
        request.peer = {host, port, socket};
        request.login = {u"app"_s, u"secret"_s, u"test"_s, {}};
        request.driver = u"QMYSQL"_s;
        request.connectTimeout = 1s;
        const ProbeOutcome outcome = qproxysql::probe(request);
        Q_ASSERT(!outcome);
        return outcome.error();
    }
};

QTEST_GUILESS_MAIN(tst_Probe)
#include "tst_probe.moc"
