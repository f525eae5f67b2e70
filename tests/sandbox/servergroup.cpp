// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/servergroup.h"

#include <algorithm>
#include <thread>

namespace qproxysql::sandbox {

ServerGroup::ServerGroup(int count, const QStringList &flags, const QString &folder, ServerKind kind)
    : m_directory(folder)
{
    for (int i = 0; i < count; ++i) {
        Server::Setup setup;
        setup.name = QStringLiteral("server%1").arg(i + 1);
        setup.folder = m_directory.filePath(QString::number(i));
        setup.flags = flags;
        setup.serverId = i + 1;
        setup.kind = kind;
        m_servers.push_back(std::make_unique<Server>(setup));
    }
}

ServerGroup::~ServerGroup() = default;

bool ServerGroup::start(const QString &sql)
{
    m_errorString.clear();
    if (!m_directory.isValid()) {
        m_errorString = QStringLiteral("No folder for the servers' data can be made or locked");
        return false;
    }
    std::vector<Server *> stopped;
    for (const std::unique_ptr<Server> &server : m_servers) {
        if (!server->isRunning())
            stopped.push_back(server.get());
    }
    std::vector<std::thread> starters;
    for (Server *server : stopped)
        starters.emplace_back([server] { server->start(); });
    for (std::thread &starter : starters)
        starter.join();
    for (Server *server : stopped) {
        if (!server->isRunning()) {
            m_errorString = server->errorString();
            return false;
        }
    }
    return sql.isEmpty() || executeEverywhere(sql);
}

Server &ServerGroup::serverOf(const QString &address)
{
    const auto found = std::ranges::find_if(m_servers, [&address](const auto &server) {
        return server->address() == address;
    });
    return found == m_servers.end() ? *m_servers.back() : **found;
}

QString ServerGroup::hostList() const
{
    QStringList addresses;
    for (const std::unique_ptr<Server> &server : m_servers)
        addresses += server->address();
    return addresses.join(QLatin1Char(','));
}

bool ServerGroup::executeEverywhere(const QString &sql)
{
    for (const std::unique_ptr<Server> &server : m_servers) {
        if (!server->isRunning())
            continue;
        const Answer answer = server->executeAsRoot(sql);
        if (!answer) {
            m_errorString = QStringLiteral("%1: %2 %3")
                                    .arg(server->name())
                                    .arg(answer.errorCode)
                                    .arg(answer.errorString);
            return false;
        }
    }
    return true;
}

} // namespace qproxysql::sandbox
