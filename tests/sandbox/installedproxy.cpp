// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/installedproxy.h"

#include "sandbox/rootclient.h"
#include "sandbox/servertemplate.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>

#include <thread>

namespace qproxysql::sandbox {

using namespace std::chrono_literals;

static constexpr auto StartTimeout = 20s;

static const char routerSection[] = "[DEFAULT]\n"
                                    "logging_folder=%1\n"
                                    "runtime_folder=%1\n"
                                    "data_folder=%1\n"
                                    "config_folder=%1\n"
                                    "plugin_folder=%2/usr/lib/mysqlrouter/plugin\n"
                                    "connect_timeout=2\n"
                                    "[logger]\n"
                                    "level=INFO\n"
                                    "[routing:main]\n"
                                    "bind_address=127.0.0.1\n"
                                    "bind_port=%3\n"
                                    "destinations=%4\n"
                                    "routing_strategy=round-robin\n"
                                    "protocol=classic\n";
static const char sharingSection[] = "connection_sharing=1\n"
                                     "connection_sharing_delay=0\n"
                                     "client_ssl_mode=DISABLED\n"
                                     "server_ssl_mode=DISABLED\n"
                                     "[connection_pool]\n"
                                     "max_idle_server_connections=32\n";
static const char haProxySection[] = "defaults\n"
                                     "  mode tcp\n"
                                     "  timeout connect 2s\n"
                                     "  timeout client 600s\n"
                                     "  timeout server 600s\n"
                                     "listen mysql\n"
                                     "  bind 127.0.0.1:%1\n"
                                     "  balance roundrobin\n";

static QString mySqlRoot()
{
    return qEnvironmentVariable("QPROXYSQL_MYSQL_ROOT");
}

InstalledProxy::InstalledProxy(Make make, const QStringList &servers)
    : m_make(make)
    , m_servers(servers)
{
}

QByteArray InstalledProxy::configuration() const
{
    if (m_make == Make::HaProxy) {
        QString text = QString::fromLatin1(haProxySection).arg(port());
        for (qsizetype i = 0; i < m_servers.size(); ++i)
            text += QStringLiteral("  server s%1 %2 check inter 500ms\n").arg(i).arg(m_servers.at(i));
        return text.toUtf8();
    }
    QString text = QString::fromLatin1(routerSection)
                           .arg(m_folder.path(), mySqlRoot(), QString::number(port()),
                                m_servers.join(QLatin1Char(',')));
    if (m_make == Make::SharingRouter)
        text += QLatin1String(sharingSection);
    return text.toUtf8();
}

// By the folder's own loader, as its servers.
bool InstalledProxy::prepare(ChildProcess::Start *start)
{
    const QString file = m_folder.filePath(QStringLiteral("proxy.conf"));
    QFile written(file);
    if (!m_port.isValid() || !written.open(QIODevice::WriteOnly)
        || written.write(configuration()) < 0)
        return fail(QStringLiteral("its configuration cannot be written"));
    start->outputFile = m_folder.filePath(QStringLiteral("output"));
    if (m_make == Make::HaProxy) {
        start->program = QStandardPaths::findExecutable(QStringLiteral("haproxy"),
                                                        {QStringLiteral("/usr/sbin"),
                                                         QStringLiteral("/usr/local/sbin")});
        start->arguments = {QStringLiteral("-f"), file, QStringLiteral("-db")};
        return !start->program.isEmpty()
               || fail(QStringLiteral("haproxy was not found (Debian: apt install haproxy)"));
    }
    ServerTemplate::Programs programs;
    QString error;
    if (!ServerTemplate::findPrograms(ServerKind::MySql, &programs, &error))
        return fail(error);
    const QString program = mySqlRoot() + QStringLiteral("/usr/bin/mysqlrouter");
    if (!QFileInfo::exists(program)) {
        return fail(QStringLiteral("%1 was not found: run scripts/mysql-root on a new folder")
                            .arg(program));
    }
    const QString libraries = programs.leading.value(1) + QLatin1Char(':') + mySqlRoot()
                              + QStringLiteral("/usr/lib/mysql-router");
    start->program = programs.server;
    start->arguments = {QStringLiteral("--library-path"), libraries, program, QStringLiteral("-c"),
                        file};
    return true;
}

bool InstalledProxy::start()
{
    m_errorString.clear();
    ChildProcess::Start start;
    if (!prepare(&start))
        return false;
    if (!m_process.start(start))
        return fail(m_process.errorString());
    const auto deadline = std::chrono::steady_clock::now() + StartTimeout;
    while (std::chrono::steady_clock::now() < deadline) {
        if (!m_process.isRunning())
            return fail(QStringLiteral("it ended while starting"));
        RootClient client;
        if (client.open(port(), 2s))
            return true;
        std::this_thread::sleep_for(10ms);
    }
    return fail(QStringLiteral("no server answers through it"));
}

bool InstalledProxy::fail(const QString &text)
{
    QFile output(m_folder.filePath(QStringLiteral("output")));
    m_errorString = text;
    if (output.open(QIODevice::ReadOnly))
        m_errorString += QLatin1Char('\n') + QString::fromUtf8(output.readAll().right(2000));
    return false;
}

} // namespace qproxysql::sandbox
