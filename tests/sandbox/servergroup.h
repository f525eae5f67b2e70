// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/sandboxdirectory.h"
#include "sandbox/server.h"

#include <memory>
#include <vector>

namespace qproxysql::sandbox {

/// Some independent MariaDB servers on 127.0.0.1:
///
///     ServerGroup servers(3);
///     QVERIFY2(servers.start(), qPrintable(servers.errorString()));
///     db.setHostName(servers.hostList());          // 127.0.0.1:12345,127.0.0.1:12346,...
///     servers[0].kill();
///     QVERIFY(servers[0].start());
///
/// Log in as `app` with the password `secret` on the schema `test`, or as `root` without one. The
/// destructor kills the servers and removes their data; they also die when this process does. Data is not
/// replicated: use executeAsRoot() to make the same tables everywhere. Any thread, one at a time.
class ServerGroup
{
public:
    /// `flags` are for every server's command line, see Server::setFlags() for those of one.
    explicit ServerGroup(int count, const QStringList &flags = {},
                         const QString &folder = QString(), ServerKind kind = ServerKind::MariaDb);
    ~ServerGroup();
    Q_DISABLE_COPY_MOVE(ServerGroup)

    /// Starts those that do not run, side by side, then runs \a sql as root on each server.
    /// False: errorString(). About a second for three.
    bool start(const QString &sql = QString());
    QString errorString() const { return m_errorString; }

    int count() const { return int(m_servers.size()); }
    Server &operator[](int index) { return *m_servers.at(size_t(index)); }

    /// "127.0.0.1:p1,127.0.0.1:p2,...", as setHostName() of QPROXYSQL takes it.
    /// The one that is called so; the last when none is.
    Server &serverOf(const QString &address);
    QString hostList() const;
    /// The same request as root on each server that runs; false and errorString() at the first that fails.
    bool executeEverywhere(const QString &sql);

private:
    SandboxDirectory m_directory;
    std::vector<std::unique_ptr<Server>> m_servers;
    QString m_errorString;
};

} // namespace qproxysql::sandbox
