// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/server.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QThread>

#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace qproxysql::sandbox {

using namespace std::chrono_literals;

static constexpr auto StartTimeout = 60s;
static constexpr auto StopTimeout = 60s;

Server::Server(Setup setup)
    : m_setup(std::move(setup))
{
}

Server::~Server() = default;

QString Server::address() const
{
    return QStringLiteral("127.0.0.1:%1").arg(port());
}

QString Server::socketPath() const
{
    return m_setup.folder + QStringLiteral("/sock");
}

QString Server::dataFolder() const
{
    return m_setup.folder + QStringLiteral("/data");
}

// Each server has its own: one that starts removes all temporary tables that it finds in it.
QString Server::temporaryFolder() const
{
    return m_setup.folder + QStringLiteral("/tmp");
}

QString Server::logFile() const
{
    return m_setup.folder + QStringLiteral("/error.log");
}

bool Server::start(const QStringList &onceFlags)
{
    if (isRunning())
        return fail(QStringLiteral("it runs already"));
    m_errorString.clear();
    if (!prepareData())
        return false;
    for (int attempt = 0; attempt < 10; ++attempt) {
        // Who has once been started keeps its port: clients know it by that.
        if (!m_everStarted || !m_port.isValid())
            m_port = PortReservation::take();
        if (!m_port.isValid())
            return fail(QStringLiteral("there is no free port"));
        const Outcome outcome = startOnce(onceFlags);
        if (outcome == Outcome::Ready) {
            m_everStarted = true;
            m_isMeantToRun = true;
            return true;
        }
        m_process.kill();
        if (outcome == Outcome::Failed || m_everStarted)
            return false;
    }
    return false;
}

void Server::kill()
{
    m_givenUp.clear();
    m_isMeantToRun = false;
    m_process.kill();
}

bool Server::terminate()
{
    if (!isRunning())
        return fail(QStringLiteral("it does not run"));
    m_isMeantToRun = false;
    if (isFrozen())
        m_process.thaw();
    m_process.terminate();
    return m_process.waitForEnd(StopTimeout)
           || fail(QStringLiteral("it does not end within a minute of SIGTERM"));
}

bool Server::freeze()
{
    m_givenUp.clear();
    return m_process.freeze() || fail(QStringLiteral("it does not run"));
}

bool Server::thaw()
{
    m_givenUp.clear();
    return m_process.thaw() || fail(QStringLiteral("it does not run"));
}

bool Server::restart()
{
    return (!isRunning() || terminate()) && start();
}

Answer Server::executeAsRoot(const QString &sql)
{
    Answer answer;
    answer.errorString = m_givenUp;
    if (!m_givenUp.isEmpty())
        return answer;
    RootClient client;
    if (connect(client, m_answerTimeout)) {
        m_ownConnections.insert(client.connectionId());
        answer = client.execute(sql);
    } else {
        answer.errorCode = client.errorCode();
        answer.errorString = client.errorString();
    }
    if (!answer && client.hasTimedOut() && isRunning() && !isFrozen()) {
        giveUp(answer.errorString);
        answer.errorString = m_givenUp;
    } else if (!answer && m_isMeantToRun && !isRunning()) {
        fail(QStringLiteral("%1: the server has ended by itself").arg(answer.errorString));
        answer.errorString = m_errorString;
    }
    return answer;
}

// Linux's word for what the process does is worth having: "T (stopped)" was somebody else's signal.
void Server::giveUp(const QString &why)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid()));
    QString seen;
    if (status.open(QIODevice::ReadOnly)) {
        const QStringList lines = QString::fromUtf8(status.readAll()).split(QLatin1Char('\n'));
        seen = lines.filter(QRegularExpression(QStringLiteral("^(State|Threads):")))
                       .join(QStringLiteral(", "))
                       .simplified();
    }
    fail(QStringLiteral(
                 "%1 to a request as root although it runs (process %2; %3). It hangs and is "
                 "not asked any more.")
                 .arg(why)
                 .arg(pid())
                 .arg(seen));
    m_givenUp = m_errorString;
}

// information_schema.processlist needs a temporary table: MariaDB 10.11 was seen to crash on one.
static const QString processListSql = QStringLiteral("SHOW FULL PROCESSLIST");

std::optional<QList<ProcessListEntry>> Server::sessions(const QString &user)
{
    const Answer answer = executeAsRoot(processListSql);
    if (!answer)
        return std::nullopt;
    QList<ProcessListEntry> entries;
    for (const QStringList &row : answer.rows) {
        const quint64 id = row.at(0).toULongLong();
        const bool isOurs = row.at(1) == u"system user" || row.at(4) == u"Daemon"
                            || m_ownConnections.contains(id);
        if (!isOurs && (user.isEmpty() || row.at(1) == user))
            entries.append(
                    {id, row.at(1), row.at(2), row.at(3), row.at(4), row.at(5).toInt(), row.at(7)});
    }
    return entries;
}

QList<ProcessListEntry> Server::processList(const QString &user)
{
    return sessions(user).value_or(QList<ProcessListEntry>());
}

int Server::connectionCount(const QString &user)
{
    const auto entries = sessions(user);
    return entries ? int(entries->size()) : -1;
}

bool Server::killSessions(const QString &user)
{
    QElapsedTimer timer;
    timer.start();
    for (;;) {
        const auto entries = sessions(user);
        if (!entries)
            return fail(QStringLiteral("the server does not tell its sessions"));
        if (entries->isEmpty())
            return true;
        if (timer.hasExpired(5000))
            return fail(
                    QStringLiteral("%1 sessions of %2 outlive KILL").arg(entries->size()).arg(user));
        for (const ProcessListEntry &entry : *entries)
            executeAsRoot(QStringLiteral("KILL %1").arg(entry.id));
        QThread::msleep(10);
    }
}

qint64 Server::statusValue(const QString &name)
{
    const Answer answer = executeAsRoot(QStringLiteral("SHOW GLOBAL STATUS LIKE '%1'").arg(name));
    return answer.rows.isEmpty() ? -1 : answer.rows.constFirst().at(1).toLongLong();
}

QString Server::logTail(int lines) const
{
    QFile file(logFile());
    if (!file.open(QIODevice::ReadOnly))
        return QStringLiteral("(no error log)");
    file.seek(std::max<qint64>(0, file.size() - 16'384));
    const QStringList all = QString::fromUtf8(file.readAll()).trimmed().split(QLatin1Char('\n'));
    return all.mid(std::max<qsizetype>(0, all.size() - lines)).join(QLatin1Char('\n'));
}

bool Server::prepareData()
{
    const bool hasData = QFileInfo::exists(dataFolder());
    QString error;
    if (!QDir().mkpath(temporaryFolder())
        || !(hasData || ServerTemplate::copyTo(m_setup.kind, dataFolder(), m_setup.user, &error)))
        return fail(error);
    if (::getuid() != 0 || m_setup.user.isEmpty())
        return true;
    for (const QString &folder : {m_setup.folder, temporaryFolder()})
        ::chmod(QFile::encodeName(folder).constData(), 0777);
    return true;
}

// What makes a server small and quick to start. A MySQL server that is killed loses nothing it has
// acknowledged, since that is what tests of groups count.
static QStringList flagsOf(ServerKind kind)
{
    if (kind == ServerKind::MariaDb)
        // MariaDB 11.4 makes a certificate by itself, and relays read plain connections only.
        return {QStringLiteral("--skip-ssl"),
                QStringLiteral("--skip-log-bin"),
                QStringLiteral("--performance-schema=OFF"),
                QStringLiteral("--innodb-buffer-pool-size=8M"),
                QStringLiteral("--innodb-log-file-size=4M"),
                QStringLiteral("--innodb-flush-log-at-trx-commit=0")};
    const QString root = qEnvironmentVariable("QPROXYSQL_MYSQL_ROOT");
    return {QStringLiteral("--basedir=%1/usr").arg(root),
            QStringLiteral("--plugin-dir=%1/usr/lib/mysql/plugin").arg(root),
            QStringLiteral("--mysqlx=OFF"),
            QStringLiteral("--secure-file-priv=NULL"),
            QStringLiteral("--innodb-use-native-aio=OFF"),
            QStringLiteral("--innodb-buffer-pool-size=32M"),
            QStringLiteral("--innodb-redo-log-capacity=16M"),
            QStringLiteral("--innodb-doublewrite=OFF"),
            QStringLiteral("--innodb-flush-log-at-trx-commit=2"),
            QStringLiteral("--sync-binlog=0")};
}

QStringList Server::commandLine(const QStringList &onceFlags) const
{
    QStringList arguments{QStringLiteral("--no-defaults"),
                          QStringLiteral("--datadir=") + dataFolder(),
                          QStringLiteral("--port=%1").arg(port()),
                          QStringLiteral("--socket=") + socketPath(),
                          QStringLiteral("--pid-file=%1/pid").arg(m_setup.folder),
                          QStringLiteral("--tmpdir=") + temporaryFolder(),
                          QStringLiteral("--server-id=%1").arg(m_setup.serverId),
                          QStringLiteral("--bind-address=127.0.0.1"),
                          QStringLiteral("--skip-name-resolve"),
                          QStringLiteral("--log-error=") + logFile()};
    arguments += flagsOf(m_setup.kind);
    if (::getuid() == 0 && m_setup.user.isEmpty())
        arguments += QStringLiteral("--user=root");
    arguments += m_setup.flags + onceFlags;
    arguments.replaceInStrings(QStringLiteral("{port}"), QString::number(port()));
    return arguments;
}

Server::Outcome Server::startOnce(const QStringList &onceFlags)
{
    ServerTemplate::Programs programs;
    QString error;
    if (!ServerTemplate::findPrograms(m_setup.kind, &programs, &error)) {
        fail(error);
        return Outcome::Failed;
    }
    m_ownConnections.clear();
    m_givenUp.clear();
    const qint64 logStart = QFileInfo(logFile()).size();
    ChildProcess::Start start;
    start.program = programs.server;
    start.arguments = programs.leading + commandLine(onceFlags);
    start.outputFile = logFile();
    start.user = m_setup.user;
    if (!m_process.start(start)) {
        fail(m_process.errorString());
        return Outcome::Failed;
    }
    return waitUntilReady(logStart);
}

Server::Outcome Server::waitUntilReady(qint64 logStart)
{
    const auto deadline = std::chrono::steady_clock::now() + StartTimeout;
    QString why;
    while (std::chrono::steady_clock::now() < deadline) {
        if (!isRunning()) {
            QFile log(logFile());
            const bool taken = log.open(QIODevice::ReadOnly) && log.seek(logStart)
                               && log.readAll().contains("Address already in use");
            fail(QStringLiteral("it ended while starting (%1)").arg(m_process.exitStatus()));
            return taken ? Outcome::PortTaken : Outcome::Failed;
        }
        RootClient client;
        const bool isOpen = connect(client, 5s);
        m_ownConnections.insert(client.connectionId());
        if (isOpen && isOurs(client, &why))
            return Outcome::Ready;
        if (why.isEmpty())
            why = client.errorString();
        std::this_thread::sleep_for(5ms);
    }
    fail(QStringLiteral("it does not answer within a minute: %1").arg(why));
    return Outcome::Failed;
}

bool Server::connect(RootClient &client, std::chrono::milliseconds timeout) const
{
    return m_setup.flags.contains(QLatin1String("--skip-networking"))
                   ? client.openSocket(socketPath(), timeout)
                   : client.open(port(), timeout);
}

bool Server::isOurs(RootClient &client, QString *why)
{
    const QString folder = QDir(client.execute(QStringLiteral("SELECT @@datadir")).value()).path();
    if (QFileInfo(folder).canonicalFilePath() != QFileInfo(dataFolder()).canonicalFilePath()) {
        *why = QStringLiteral("another server answers on port %1").arg(port());
        return false;
    }
    if (!m_setup.waitForGalera)
        return true;
    const QList<QStringList> rows =
            client.execute(QStringLiteral("SHOW GLOBAL STATUS LIKE 'wsrep_ready'")).rows;
    *why = QStringLiteral("wsrep_ready is not ON");
    return !rows.isEmpty() && rows.constFirst().at(1) == QLatin1String("ON");
}

bool Server::fail(const QString &text)
{
    m_errorString = QStringLiteral("%1: %2").arg(m_setup.name, text);
    if (QFileInfo::exists(logFile()))
        m_errorString += QStringLiteral("\nEnd of its error log:\n") + logTail();
    return false;
}

} // namespace qproxysql::sandbox
