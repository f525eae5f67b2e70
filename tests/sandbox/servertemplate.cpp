// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/servertemplate.h"

#include "sandbox/childprocess.h"
#include "sandbox/filelock.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryFile>

#include <map>
#include <mutex>
#include <pwd.h>
#include <unistd.h>

namespace qproxysql::sandbox {

static const char accountsSql[] =
        "CREATE DATABASE IF NOT EXISTS test;\n"
        "FLUSH PRIVILEGES;\n"
        "CREATE OR REPLACE USER 'root'@'127.0.0.1';\n"
        "GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;\n"
        "CREATE OR REPLACE USER 'app'@'%' IDENTIFIED BY 'secret';\n"
        "CREATE OR REPLACE USER 'app'@'localhost' IDENTIFIED BY 'secret';\n"
        "GRANT ALL PRIVILEGES ON test.* TO 'app'@'%';\n"
        "GRANT ALL PRIVILEGES ON test.* TO 'app'@'localhost';\n";

/// A statement a line, as mysqld reads them. `repl` is what members of a group copy each other's data as.
static const char mySqlAccounts[] = "CREATE DATABASE test;\n"
                                    "CREATE USER 'root'@'127.0.0.1';\n"
                                    "GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;\n"
                                    "CREATE USER 'app'@'%' IDENTIFIED BY 'secret';\n"
                                    "CREATE USER 'app'@'localhost' IDENTIFIED BY 'secret';\n"
                                    "GRANT ALL ON test.* TO 'app'@'%', 'app'@'localhost';\n"
                                    "CREATE USER 'repl'@'%' IDENTIFIED BY 'secret';\n"
                                    "GRANT REPLICATION SLAVE, CONNECTION_ADMIN, BACKUP_ADMIN, "
                                    "GROUP_REPLICATION_STREAM ON *.* TO "
                                    "'repl'@'%';\n";

static QString findProgram(const QStringList &names)
{
    for (const QString &name : names) {
        QString path = QStandardPaths::findExecutable(name);
        if (path.isEmpty())
            path = QStandardPaths::findExecutable(name, {QStringLiteral("/usr/sbin"),
                                                         QStringLiteral("/usr/local/sbin"),
                                                         QStringLiteral("/usr/libexec"),
                                                         QStringLiteral("/usr/local/bin"),
                                                         QStringLiteral("/opt/homebrew/bin"),
                                                         QStringLiteral("/usr/bin")});
        if (!path.isEmpty())
            return path;
    }
    return QString();
}

/// Not by QProcess: its child shares our memory until it executes, which the thread sanitizer takes for a fork of
/// this process and forbids to start threads ever after.
static bool run(const QString &program, const QStringList &arguments, QString *output)
{
    QTemporaryFile file;
    if (!file.open()) {
        *output = file.errorString();
        return false;
    }
    ChildProcess process;
    ChildProcess::Start start;
    start.program = program;
    start.arguments = arguments;
    start.outputFile = file.fileName();
    if (!process.start(start)) {
        *output = process.errorString();
        return false;
    }
    const bool ended = process.waitForEnd(std::chrono::minutes(2));
    *output = QString::fromLocal8Bit(file.readAll());
    return ended && process.exitStatus() == 0;
}

static QString cacheFolder()
{
    const QString configured = qEnvironmentVariable("QPROXYSQL_SANDBOX_CACHE");
    if (!configured.isEmpty())
        return QDir(configured).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
           + QStringLiteral("/qproxysql-sandbox");
}

static bool copyFolder(const QString &from, const QString &to, QString *error)
{
    if (!QDir().mkpath(to)) {
        *error = QStringLiteral("%1 cannot be made").arg(to);
        return false;
    }
    QDirIterator entries(from, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        entries.next();
        const QString target = to + entries.filePath().mid(from.size());
        const bool copied = entries.fileInfo().isDir() ? QDir().mkpath(target)
                                                       : QFile::copy(entries.filePath(), target);
        if (!copied) {
            *error = QStringLiteral("%1 cannot be copied to %2").arg(entries.filePath(), target);
            return false;
        }
    }
    return true;
}

bool ServerTemplate::findPrograms(ServerKind kind, Programs *programs, QString *error)
{
    static std::mutex *mutex = new std::mutex;
    static std::map<ServerKind, Programs> *found = new std::map<ServerKind, Programs>;
    const std::lock_guard guard(*mutex);
    if (const auto it = found->find(kind); it != found->end()) {
        *programs = it->second;
        return true;
    }
    if (!(kind == ServerKind::MySql ? findMySql(programs, error) : findMariaDb(programs, error)))
        return false;
    if (!run(programs->server,
             programs->leading
                     + QStringList{QStringLiteral("--no-defaults"), QStringLiteral("--version")},
             &programs->version)) {
        *error = programs->version;
        return false;
    }
    found->emplace(kind, *programs);
    return true;
}

bool ServerTemplate::findMariaDb(Programs *programs, QString *error)
{
    programs->server = findProgram({QStringLiteral("mariadbd"), QStringLiteral("mysqld")});
    programs->installer = findProgram(
            {QStringLiteral("mariadb-install-db"), QStringLiteral("mysql_install_db")});
    const auto missing = [error](const QString &name) {
        *error = QStringLiteral("%1 was not found: the sandbox needs MariaDB's server "
                                "(Debian: apt install mariadb-server).")
                         .arg(name);
        return false;
    };
    if (programs->server.isEmpty())
        return missing(QStringLiteral("mariadbd"));
    return !programs->installer.isEmpty() || missing(QStringLiteral("mariadb-install-db"));
}

// By the folder's own loader, so that it needs neither rights nor the libraries of this machine.
bool ServerTemplate::findMySql(Programs *programs, QString *error)
{
    const QString root = qEnvironmentVariable("QPROXYSQL_MYSQL_ROOT");
    const QString program = root + QStringLiteral("/usr/sbin/mysqld");
    const QStringList loaders = QDir(root + QStringLiteral("/usr/lib"))
                                        .entryList({QStringLiteral("*-linux-gnu*")}, QDir::Dirs);
    const QString libraries = root + QStringLiteral("/usr/lib/") + loaders.value(0);
    const QString loader =
            QDir(libraries).entryList({QStringLiteral("ld-linux*.so.*")}, QDir::Files).value(0);
    if (root.isEmpty() || !QFileInfo::exists(program) || loader.isEmpty()) {
        *error = QStringLiteral(
                         "QPROXYSQL_MYSQL_ROOT=%1 names no folder with MySQL's server and its "
                         "libraries: run scripts/mysql-root, which makes one.")
                         .arg(root);
        return false;
    }
    programs->server = libraries + QLatin1Char('/') + loader;
    programs->leading = {QStringLiteral("--library-path"), libraries, program};
    return true;
}

bool ServerTemplate::copyTo(ServerKind kind, const QString &folder, const QString &owner,
                            QString *error)
{
    Programs programs;
    if (!findPrograms(kind, &programs, error))
        return false;
    const QByteArray key = QCryptographicHash::hash(programs.version.toUtf8() + accountsSql
                                                            + mySqlAccounts,
                                                    QCryptographicHash::Sha1)
                                   .toHex()
                                   .left(12);
    const QString cache = cacheFolder();
    const QString made = cache + QStringLiteral("/data-") + QString::fromLatin1(key);
    QDir().mkpath(cache);
    FileLock lock;
    if (!lock.lock(cache + QStringLiteral("/lock"))) {
        *error = QStringLiteral("%1 cannot be written").arg(cache);
        return false;
    }
    if (!QFileInfo::exists(made) && !make(kind, programs, made, error))
        return false;
    lock.unlock();
    return copyFolder(made, folder, error)
           && (owner.isEmpty() || ::getuid() != 0 || giveTo(owner, folder, error));
}

bool ServerTemplate::giveTo(const QString &owner, const QString &folder, QString *error)
{
    if (owner.isEmpty() || ::getuid() != 0)
        return true;
    const passwd *entry = ::getpwnam(owner.toLocal8Bit().constData());
    if (!entry) {
        *error = QStringLiteral("There is no user %1 (Debian: apt install mariadb-server)")
                         .arg(owner);
        return false;
    }
    const uid_t user = entry->pw_uid;
    const gid_t group = entry->pw_gid;
    QDirIterator entries(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    bool given = ::chown(QFile::encodeName(folder).constData(), user, group) == 0;
    while (given && entries.hasNext())
        given = ::chown(QFile::encodeName(entries.next()).constData(), user, group) == 0;
    if (!given)
        *error = QStringLiteral("%1 cannot be given to %2").arg(folder, owner);
    return given;
}

bool ServerTemplate::make(ServerKind kind, const Programs &programs, const QString &folder,
                          QString *error)
{
    const bool isMySql = kind == ServerKind::MySql;
    const QString unfinished = folder + QStringLiteral("-unfinished");
    const QString data = unfinished + QStringLiteral("/data");
    QDir(unfinished).removeRecursively();
    QFile sql(unfinished + QStringLiteral("/accounts.sql"));
    if (!QDir().mkpath(unfinished) || !sql.open(QIODevice::WriteOnly)
        || sql.write(isMySql ? mySqlAccounts : accountsSql) < 0) {
        *error = QStringLiteral("%1 cannot be written").arg(unfinished);
        return false;
    }
    sql.close();

    QStringList arguments = programs.leading + QStringList{QStringLiteral("--no-defaults")};
    if (isMySql) {
        arguments += {QStringLiteral("--initialize-insecure"),
                      QStringLiteral("--basedir=%1/usr")
                              .arg(qEnvironmentVariable("QPROXYSQL_MYSQL_ROOT")),
                      QStringLiteral("--innodb-use-native-aio=OFF"),
                      QStringLiteral("--innodb-redo-log-capacity=16M"),
                      QStringLiteral("--init-file=") + sql.fileName()};
    } else {
        arguments += {QStringLiteral("--auth-root-authentication-method=normal"),
                      QStringLiteral("--skip-test-db"), QStringLiteral("--skip-name-resolve"),
                      // a machine whose own name cannot be resolved is no reason to give up
                      QStringLiteral("--force"), QStringLiteral("--innodb-log-file-size=4M"),
                      QStringLiteral("--extra-file=") + sql.fileName()};
    }
    arguments += QStringLiteral("--datadir=") + data;
    if (::getuid() == 0)
        arguments += QStringLiteral("--user=root");
    QString output;
    const QString program = isMySql ? programs.server : programs.installer;
    if (!run(program, arguments, &output)) {
        *error = QStringLiteral("%1 failed:\n%2").arg(program, output);
        return false;
    }
    QFile::remove(data + QStringLiteral("/auto.cnf")); // each copy gets an identity of its own
    // By rename: whoever finds the template finds a complete one.
    if (!QFile::rename(data, folder)) {
        *error = QStringLiteral("%1 cannot be made").arg(folder);
        return false;
    }
    QDir(unfinished).removeRecursively();
    return true;
}

} // namespace qproxysql::sandbox
