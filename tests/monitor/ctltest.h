// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ctlrun.h"
#include "drain/drainfile.h"
#include "report/reportfolder.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <csignal>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace qproxysql;
using namespace Qt::StringLiterals;

// No server listens on port 1.
constexpr auto Pools = "[orders]\npeers = 127.0.0.1:1, 127.0.0.1:2\nconnect_timeout = 1\n"
                       "[single]\npeers = 127.0.0.1:3\n";

class CtlTest : public QObject
{
protected:
    void setUp()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        QFile file(poolFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(Pools);
        qputenv("QPROXYSQL_DIR", QFile::encodeName(directory()));
    }
    QString directory() const { return m_folder->filePath(u"state"_s); }
    /// The system reports the user who called listen() as the listener.
    bool listenAs(uid_t user, const QString &process, QLocalServer *server)
    {
        const ReportFolder folder(directory());
        if (!folder.prepare())
            return false;
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray path = QFile::encodeName(folder.socketFile(process));
        if (socket < 0 || size_t(path.size()) >= sizeof address.sun_path)
            return false;
        std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
        const bool isBound = ::bind(socket, reinterpret_cast<sockaddr *>(&address), sizeof address)
                             == 0;
        const uid_t self = ::geteuid();
        const bool isThem = ::seteuid(user) == 0;
        const bool isListening = ::listen(socket, 8) == 0;
        return ::seteuid(self) == 0 && isBound && isThem && isListening && server->listen(socket);
    }

    QString poolFile() const { return m_folder->filePath(u"pools.ini"_s); }
    QStringList withPools(const QStringList &arguments) const
    {
        return arguments + QStringList{u"--pool-file"_s, poolFile()};
    }
    Service serviceOf(const QString &peer) const
    {
        const DrainFile::Reading reading = DrainFile(directory()).read();
        const DrainRequest *newest = nullptr;
        for (const DrainRequest &entry : reading.document.entries) {
            if (entry.isOf(peer, {}) && (!newest || entry.generation > newest->generation))
                newest = &entry;
        }
        return newest ? newest->service : Service::InService;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};
