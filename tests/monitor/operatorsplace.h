// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

/// The drain directory of the operator, named by the environment, and his pool file.
class OperatorsPlace
{
public:
    /// False: a file or folder could not be created. \a pool: the one of the file; \a peers:
    /// "host:port,...".
    bool prepare(const QString &pool, const QString &peers) const
    {
        const QString state = filePath(QStringLiteral("state"));
        QFile file(poolFile());
        qputenv("QPROXYSQL_DIR", QFile::encodeName(state));
        return m_folder.isValid() && QDir().mkpath(state) && file.open(QIODevice::WriteOnly)
               && file.write(QStringLiteral("[%1]\npeers = %2\n").arg(pool, peers).toUtf8()) > 0;
    }
    QString filePath(const QString &name) const { return m_folder.filePath(name); }
    QString poolFile() const { return filePath(QStringLiteral("pools.ini")); }
    /// For qproxysql-ctl.
    QStringList forFleet(const QStringList &arguments,
                         const QString &user = QStringLiteral("root")) const
    {
        return arguments
               + QStringList{QStringLiteral("--control-schema"), QStringLiteral("qproxysql"),
                             QStringLiteral("--pool-file"),      poolFile(),
                             QStringLiteral("--user"),           user};
    }

private:
    QTemporaryDir m_folder;
};

/// This program started again as an application that answers each line until it reads "end".
class ChildApplication
{
public:
    explicit ChildApplication(const QStringList &arguments)
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(), arguments);
    }
    ~ChildApplication()
    {
        process.write("end\n");
        process.closeWriteChannel();
        if (!process.waitForFinished(10'000)) {
            process.kill();
            process.waitForFinished();
        }
    }
    Q_DISABLE_COPY_MOVE(ChildApplication)

    QString line() ///< the next line of output; empty after a minute
    {
        while (!process.canReadLine() && process.waitForReadyRead(60'000)) {
        }
        return QString::fromLocal8Bit(process.readLine()).trimmed();
    }
    QString ask(const char *command)
    {
        process.write(QByteArray(command) + '\n');
        return line();
    }

    QProcess process;
};
