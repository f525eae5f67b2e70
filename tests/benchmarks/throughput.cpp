// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "throughput.h"

#include "benchconnection.h"
#include "sandbox/servergroup.h"

#include <QtCore/QFile>
#include <QtCore/QJsonObject>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlQuery>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace qproxysql::bench {

namespace {

constexpr int Threads = 8;

struct Way
{
    QString name;
    QString driver;
    QString hosts;
    int port = -1;
    std::vector<double> perSecond;
};

/// HAProxy in TCP mode before the servers, as one would set it up instead.
class Haproxy
{
public:
    bool start(sandbox::ServerGroup &servers)
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("haproxy"),
                                                               {QStringLiteral("/usr/sbin"),
                                                                QStringLiteral("/usr/local/sbin")});
        if (program.isEmpty())
            return false;
        QString text = QStringLiteral("defaults\n  mode tcp\n  timeout connect 3s\n"
                                      "  timeout client 60s\n  timeout server 60s\n"
                                      "listen mysql\n  bind 127.0.0.1:%1\n  balance roundrobin\n")
                               .arg(m_port.port());
        for (int i = 0; i < servers.count(); ++i)
            text += QStringLiteral("  server s%1 %2 check\n").arg(i).arg(servers[i].address());
        QFile file(m_folder.filePath(QStringLiteral("haproxy.cfg")));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
            return false;
        file.close();
        if (!m_process.start({program,
                              {QStringLiteral("-f"), file.fileName(), QStringLiteral("-db")},
                              m_folder.filePath(QStringLiteral("log")),
                              {},
                              {}}))
            return false;
        for (int i = 0; i < 100; ++i) {
            sandbox::RootClient client;
            if (client.open(m_port.port(), std::chrono::seconds(1)))
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return false;
    }
    int port() const { return m_port.port(); }

private:
    QTemporaryDir m_folder;
    sandbox::PortReservation m_port = sandbox::PortReservation::take();
    sandbox::ChildProcess m_process;
};

double run(const Way &way, std::chrono::milliseconds length)
{
    std::atomic<int> ready{0};
    std::atomic<bool> go{false}, stop{false};
    std::atomic<qint64> done{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < Threads; ++i) {
        threads.emplace_back([&] {
            BenchConnection connection(way.driver, way.hosts, way.port);
            connection.open();
            QSqlQuery query(connection.db());
            ++ready;
            go.wait(false);
            qint64 count = 0;
            while (!stop.load(std::memory_order_relaxed)) {
                if (!query.exec(QStringLiteral("SELECT 1")))
                    qFatal("%s", qPrintable(query.lastError().text()));
                ++count;
            }
            done += count;
        });
    }
    while (ready < Threads)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const auto start = std::chrono::steady_clock::now();
    go = true;
    go.notify_all();
    std::this_thread::sleep_for(length);
    stop = true;
    for (std::thread &thread : threads)
        thread.join();
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    return double(done.load()) / seconds.count();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

} // namespace

QJsonArray compareThroughput(std::chrono::milliseconds perTurn, int turns)
{
    sandbox::ServerGroup servers(3);
    if (!servers.start())
        qFatal("%s", qPrintable(servers.errorString()));
    std::vector<Way> ways{{QStringLiteral("QMYSQL, one server"),
                           QStringLiteral("QMYSQL"),
                           QStringLiteral("127.0.0.1"),
                           servers[0].port(),
                           {}},
                          {QStringLiteral("QPROXYSQL, three servers"),
                           QStringLiteral("QPROXYSQL"),
                           servers.hostList(),
                           -1,
                           {}}};
    Haproxy haproxy;
    if (haproxy.start(servers))
        ways.push_back({QStringLiteral("QMYSQL through HAProxy, three servers"),
                        QStringLiteral("QMYSQL"),
                        QStringLiteral("127.0.0.1"),
                        haproxy.port(),
                        {}});
    for (int turn = 0; turn < turns; ++turn) {
        for (Way &way : ways)
            way.perSecond.push_back(run(way, perTurn));
    }
    QJsonArray figures;
    for (const Way &way : ways)
        figures.append(QJsonObject{{QStringLiteral("way"), way.name},
                                   {QStringLiteral("threads"), Threads},
                                   {QStringLiteral("perSecond"), median(way.perSecond)}});
    return figures;
}

} // namespace qproxysql::bench
