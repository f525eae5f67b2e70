// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/galeracluster.h"
#include "sandbox/servergroup.h"

#include <QtCore/QTextStream>

namespace qproxysql::sandbox {

/// Carries out the commands of the program qproxysql-sandbox on its servers and says what came of them. One thread.
class Console
{
public:
    Console(ServerGroup *servers, QTextStream &out);
    Console(GaleraCluster *cluster, QTextStream &out);

    /// One line a server: name host:port pid socket.
    void list();
    /// How to use them.
    void hint();
    /// False when the command was to quit.
    bool execute(const QString &line);

    static QString commandHelp();

private:
    Server *find(const QString &name, int *index);
    bool executeEverywhere(const QString &sql, QString *error);
    bool apply(const QString &verb, Server &server, int index, QString *error);

    std::vector<Server *> m_servers;
    GaleraCluster *m_cluster = nullptr;
    QString m_hosts;
    QTextStream &m_out;
};

} // namespace qproxysql::sandbox
