// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/childprocess.h"
#include "sandbox/portreservation.h"
#include "sandbox/rootclient.h"
#include "sandbox/servertemplate.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>
#include <set>

namespace qproxysql::sandbox {

/// One row of a server's process list.
struct ProcessListEntry
{
    quint64 id = 0;
    QString user;
    QString host; ///< the client's host:port
    QString schema;
    QString command; ///< "Sleep", "Query", ...
    int seconds = 0;
    QString statement;
};

/// A real MariaDB or MySQL server on 127.0.0.1, with data of its own that is thrown away at the end.
///
/// Made by ServerGroup or GaleraCluster. Any thread, one at a time. All calls block until what they say is
/// true; none takes longer than 60 s. Functions that return bool set errorString(), which ends with the last
/// lines of the server's error log.
class Server
{
public:
    struct Setup
    {
        QString name;      ///< for messages and folders
        QString folder;    ///< holds data, socket, log; made at the first start
        QStringList flags; ///< for the server program, after ours: the last of a kind wins
        QString user;      ///< as whom it runs when we are root; empty: root
        int serverId = 1;
        ServerKind kind = ServerKind::MariaDb;
        bool waitForGalera = false; ///< started means wsrep_ready
    };
    explicit Server(Setup setup);
    ~Server();
    Q_DISABLE_COPY_MOVE(Server)

    QString name() const { return m_setup.name; }
    /// Fixed for the life of this object from its first start on.
    quint16 port() const { return m_port.port(); }
    /// "127.0.0.1:PORT", as peers are named.
    QString address() const;
    QString socketPath() const;
    QString dataFolder() const;
    QString logFile() const;
    /// 0 while it does not run.
    qint64 pid() const { return m_process.pid(); }
    bool isRunning() { return m_process.isRunning(); }
    bool isFrozen() const { return m_process.isFrozen(); }
    QString errorString() const { return m_errorString; }

    /// Flags for the next start, {port} in them is its port; with "--skip-networking" it is reached by its
    /// socket alone; e.g. "--max-connections=5", "--thread-handling=pool-of-threads".
    void setFlags(const QStringList &flags) { m_setup.flags = flags; }
    QStringList flags() const { return m_setup.flags; }

    /// Returns once it answers queries. `onceFlags` count for this start only.
    bool start(const QStringList &onceFlags = {});
    /// kill -9; afterwards its port refuses.
    void kill();
    /// An orderly shutdown (SIGTERM), thawed first; waits for its end.
    bool terminate();
    /// SIGSTOP: connections are accepted (by the system) and nothing is ever answered.
    bool freeze();
    /// SIGCONT.
    bool thaw();
    /// terminate() and start(): same port, same data.
    bool restart();

    /// One request as root over a connection of its own, not through any driver under test. A server that
    /// runs, is not frozen by us and says nothing for answerTimeout() is given up: from then on this fails at
    /// once and tells what was seen, until the server is started, killed, frozen or thawed.
    Answer executeAsRoot(const QString &sql);
    std::chrono::milliseconds answerTimeout() const { return m_answerTimeout; }
    void setAnswerTimeout(std::chrono::milliseconds timeout) { m_answerTimeout = timeout; }
    /// Everybody's sessions but those of this object; of one user when given.
    QList<ProcessListEntry> processList(const QString &user = QString());
    /// Number of entries of processList(); -1 when the server does not answer.
    int connectionCount(const QString &user = QStringLiteral("app"));
    /// KILLs the user's sessions, also those that come while it does; false, with errorString(), when some
    /// are left after 5 s or the server does not answer.
    bool killSessions(const QString &user = QStringLiteral("app"));
    /// A value of SHOW GLOBAL STATUS, e.g. "Aborted_clients"; -1 when the server does not answer.
    qint64 statusValue(const QString &name);
    /// The last lines of the error log.
    QString logTail(int lines = 20) const;

private:
    enum class Outcome { Ready, PortTaken, Failed };

    QString temporaryFolder() const;
    bool prepareData();
    QStringList commandLine(const QStringList &onceFlags) const;
    Outcome startOnce(const QStringList &onceFlags);
    Outcome waitUntilReady(qint64 logStart);
    std::optional<QList<ProcessListEntry>> sessions(const QString &user);
    bool connect(RootClient &client, std::chrono::milliseconds timeout) const;
    bool isOurs(RootClient &client, QString *why);
    void giveUp(const QString &why);
    bool fail(const QString &text);

    Setup m_setup;
    PortReservation m_port;
    ChildProcess m_process;
    std::set<quint64> m_ownConnections; ///< a session ends a moment after its good-bye
    QString m_errorString;
    std::chrono::milliseconds m_answerTimeout = std::chrono::seconds(10);
    bool m_isMeantToRun = false;
    QString m_givenUp; ///< why; empty: it is asked
    bool m_everStarted = false;
};

} // namespace qproxysql::sandbox
