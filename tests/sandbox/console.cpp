// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/console.h"

#include <QtCore/QElapsedTimer>

namespace qproxysql::sandbox {

Console::Console(ServerGroup *servers, QTextStream &out)
    : m_hosts(servers->hostList())
    , m_out(out)
{
    for (int i = 0; i < servers->count(); ++i)
        m_servers.push_back(&(*servers)[i]);
}

Console::Console(GaleraCluster *cluster, QTextStream &out)
    : m_cluster(cluster)
    , m_hosts(cluster->hostList())
    , m_out(out)
{
    for (int i = 0; i < cluster->count(); ++i)
        m_servers.push_back(&(*cluster)[i]);
}

QString Console::commandHelp()
{
    return QStringLiteral("kill N       end it at once (kill -9)\n"
                          "term N       shut it down orderly\n"
                          "start N      start it again, same port, same data\n"
                          "restart N    term and start\n"
                          "freeze N     stop it without ending it: it accepts and never answers\n"
                          "thaw N       let it go on\n"
                          "isolate N    cut a Galera node off from the others\n"
                          "rejoin N     let it back\n"
                          "sql TEXT     execute TEXT as root on every server that runs\n"
                          "list         show all\n"
                          "quit         end all and remove their data\n"
                          "N is a server's number or name.\n");
}

void Console::list()
{
    for (Server *server : m_servers) {
        m_out << server->name() << ' ' << server->address() << ' ';
        if (!server->isRunning())
            m_out << "stopped ";
        else
            m_out << server->pid() << ' ';
        m_out << server->socketPath() << (server->isFrozen() ? " frozen" : "") << '\n';
    }
    m_out.flush();
}

void Console::hint()
{
    m_out << "# Hosts for QPROXYSQL: " << m_hosts << '\n'
          << "# User app, password secret, schema test; root has no password. From a shell:\n"
          << "#   mariadb --host=127.0.0.1 --port=" << m_servers.front()->port()
          << " --user=app --password=secret test\n"
          << "# Commands: kill, term, start, restart, freeze, thaw, isolate, rejoin N; sql TEXT; "
             "list; help; "
             "quit\n";
    m_out.flush();
}

bool Console::execute(const QString &line)
{
    const QStringList words = line.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return true;
    const QString verb = words.first();
    if (verb == QLatin1String("quit"))
        return false;
    if (verb == QLatin1String("list") || verb == QLatin1String("help")) {
        if (verb == QLatin1String("list"))
            list();
        else
            m_out << commandHelp();
        m_out.flush();
        return true;
    }
    int index = -1;
    QString error;
    Server *server = find(words.value(1), &index);
    if (verb == QLatin1String("sql")) {
        if (executeEverywhere(line.trimmed().mid(verb.size()), &error))
            m_out << "ok: sql\n";
        else
            m_out << "error: " << error << '\n';
    } else if (!server) {
        m_out << "error: there is no server \"" << words.value(1) << "\" (" << verb << " 1.."
              << m_servers.size() << ", or a name; help shows all commands)\n";
    } else {
        QElapsedTimer timer;
        timer.start();
        if (apply(verb, *server, index, &error))
            m_out << "ok: " << verb << ' ' << server->name() << " (" << timer.elapsed() << " ms)\n";
        else
            m_out << "error: " << error << '\n';
    }
    m_out.flush();
    return true;
}

Server *Console::find(const QString &name, int *index)
{
    for (size_t i = 0; i < m_servers.size(); ++i) {
        if (name == QString::number(i + 1) || name == m_servers[i]->name()) {
            *index = int(i);
            return m_servers[i];
        }
    }
    return nullptr;
}

bool Console::executeEverywhere(const QString &sql, QString *error)
{
    for (Server *server : m_servers) {
        if (!server->isRunning())
            continue;
        const Answer answer = server->executeAsRoot(sql);
        if (!answer) {
            *error = QStringLiteral("%1: %2 %3")
                             .arg(server->name())
                             .arg(answer.errorCode)
                             .arg(answer.errorString);
            return false;
        }
    }
    return true;
}

bool Console::apply(const QString &verb, Server &server, int index, QString *error)
{
    const bool galera = verb == QLatin1String("isolate") || verb == QLatin1String("rejoin");
    bool done = false;
    if (galera && !m_cluster) {
        *error = QStringLiteral("%1 needs a Galera cluster (start --galera)").arg(verb);
        return false;
    }
    if (verb == QLatin1String("kill")) {
        server.kill();
        return true;
    }
    if (verb == QLatin1String("term"))
        done = server.terminate();
    else if (verb == QLatin1String("start"))
        done = server.start();
    else if (verb == QLatin1String("restart"))
        done = server.restart();
    else if (verb == QLatin1String("freeze"))
        done = server.freeze();
    else if (verb == QLatin1String("thaw"))
        done = server.thaw();
    else if (verb == QLatin1String("isolate"))
        done = m_cluster->isolate(index);
    else if (verb == QLatin1String("rejoin"))
        done = m_cluster->rejoin(index);
    else
        *error = QStringLiteral("there is no command \"%1\"").arg(verb);
    if (!done && error->isEmpty())
        *error = galera ? m_cluster->errorString() : server.errorString();
    return done;
}

} // namespace qproxysql::sandbox
