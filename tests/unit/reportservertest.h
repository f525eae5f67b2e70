// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "../driver/reporter/collecting.h"

#include "report/reportserver.h"
#include "verdict/reportreader.h"

#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>
#include <QtTest/QtTest>

#include <functional>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

#ifdef QPROXYSQL_SANITIZED
constexpr int Slowness = 4;
#else
constexpr int Slowness = 1;
#endif

inline ProcessIdentity identity(const QString &id)
{
    return {id, u"shop"_s, QSysInfo::machineHostName(), QCoreApplication::applicationPid(), u"u"_s};
}

inline ProcessReport reportOf(const QString &id, int peers = 3)
{
    ProcessReport report;
    report.process = identity(id);
    report.pools = {{u"orders"_s, Control::Local, {}}};
    for (int i = 0; i < peers; ++i) {
        PeerReport peer;
        peer.address = {u"db%1"_s.arg(i), 3306};
        peer.sessions = i;
        report.pools[0].peers.append(peer);
    }
    return report;
}

/// Report servers in a thread of their own, as in an application.
class ServerThread
{
public:
    explicit ServerThread(const QString &folder)
        : m_folder(folder)
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
    }
    ~ServerThread()
    {
        run([this] { m_servers.clear(); });
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(ServerThread)

    /// One that probes a peer for \a time when it is asked to.
    QString addProber(const QString &id, std::chrono::milliseconds time)
    {
        QString error;
        run([&] {
            auto until = std::make_shared<QDeadlineTimer>(0);
            const auto source = [id, until] {
                ProcessReport report = reportOf(id, 1);
                report.pools[0].peers[0].isChecking = !until->hasExpired();
                report.pools[0].peers[0].connectAge = until->hasExpired() ? 0 : 400;
                return report;
            };
            auto server = std::make_unique<ReportServer>(
                    m_folder, identity(id), source, 5s,
                    ReportConversation::Probes{[this, until, time] {
                                                   ++m_rounds;
                                                   until->setRemainingTime(time);
                                               },
                                               [until] { return !until->hasExpired(); }});
            const Expected<void> listening = server->listen();
            error = listening.error();
            if (listening)
                m_servers.push_back(std::move(server));
        });
        return error;
    }
    int rounds() const { return m_rounds; }
    QString add(const QString &id, int peers = 3, std::chrono::milliseconds patience = 5s)
    {
        QString error;
        run([&] {
            auto server = std::make_unique<ReportServer>(
                    m_folder, identity(id), [id, peers] { return reportOf(id, peers); }, patience);
            const Expected<void> listening = server->listen();
            error = listening.error();
            if (listening)
                m_servers.push_back(std::move(server));
        });
        return error;
    }
    void removeAll()
    {
        run([this] { m_servers.clear(); });
    }

private:
    void run(const std::function<void()> &job)
    {
        QMetaObject::invokeMethod(&m_context, job, Qt::BlockingQueuedConnection);
    }

    const QString m_folder;
    std::atomic<int> m_rounds{0};
    QThread m_thread;
    QObject m_context;
    std::vector<std::unique_ptr<ReportServer>> m_servers;
};

/// A reader by hand.
class HandReader
{
public:
    explicit HandReader(const QString &file, const QByteArray &request = {})
    {
        m_socket.connectToServer(file);
        m_socket.write(request);
        m_socket.flush();
    }
    /// The next line; what there is when none comes.
    QByteArray line()
    {
        QElapsedTimer timer;
        timer.start();
        while (!m_socket.canReadLine() && timer.elapsed() < 10'000
               && m_socket.waitForReadyRead(int(10'000 - timer.elapsed()))) {
        }
        return m_socket.readLine();
    }
    bool isHungUpOn(int within = 10'000)
    {
        return m_socket.state() == QLocalSocket::UnconnectedState
               || m_socket.waitForDisconnected(within);
    }
    QLocalSocket &socket() { return m_socket; }

private:
    QLocalSocket m_socket;
};

inline ReportAnswer onlyAnswer(const QString &folder, std::chrono::milliseconds deadline = 500ms,
                               bool probes = false)
{
    ReportReader reader(folder, deadline);
    if (probes)
        reader.setProbers(
                [](const QStringList &ids) { return QSet<QString>(ids.begin(), ids.end()); });
    QString error;
    const QList<ReportAnswer> answers = collectNow(reader, &error);
    if (!error.isEmpty() || answers.size() != 1) {
        qWarning("%d answers, error \"%s\"", int(answers.size()), qPrintable(error));
        return {};
    }
    return answers.constFirst();
}

inline uint modeOf(const QString &file)
{
    struct stat found = {};
    return ::lstat(QFile::encodeName(file).constData(), &found) == 0 ? found.st_mode & 07777 : 0;
}

inline sockaddr_un addressOf(const QString &file)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, QFile::encodeName(file).constData(), sizeof(address.sun_path));
    return address;
}

/// The descriptor; -1: failed.
inline int connectTo(const QString &file)
{
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const sockaddr_un address = addressOf(file);
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0)
        return descriptor;
    ::close(descriptor);
    return -1;
}

/// A socket file that nobody listens on any more, as a crash leaves it.
inline bool leaveSocket(const QString &file)
{
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const sockaddr_un address = addressOf(file);
    const bool isBound = ::bind(descriptor, reinterpret_cast<const sockaddr *>(&address),
                                sizeof(address))
                         == 0;
    ::close(descriptor);
    return isBound;
}

/// Reports on their way from one process to another, and what can happen to them.
class ReportServerTest : public QObject
{
protected:
    void setUp()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_folder = m_dir->path() + u"/state"_s;
    }
    QString socketOf(const QString &id) const { return ReportFolder(m_folder).socketFile(id); }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
};
