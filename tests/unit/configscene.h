// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/configresolver.h"

#include "inertdriver.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

namespace qproxysql::test {

inline QString s(const char *text)
{
    return QString::fromUtf8(text);
}

inline OpenRequest request(const char *host, const char *options = "", int port = -1)
{
    return {s("schema"), s("user"), s("secret"), s(host), port, s(options)};
}

inline QStringList peerNames(const ConnectionConfig &config)
{
    QStringList names;
    for (const PeerDefinition &peer : config.pool.peers)
        names.append(peer.address.name());
    return names;
}

inline void addConnection(const char *name, const char *host, int port = -1,
                          const char *options = "", const char *type = "QMYSQL")
{
    QSqlDatabase db = QSqlDatabase::addDatabase(s(type), s(name));
    db.setHostName(s(host));
    db.setPort(port);
    db.setConnectOptions(s(options));
}

/// A pool file, named connections and nothing else of the environment, anew for each test function.
class ConfigScene
{
protected:
    static void registerDrivers()
    {
        for (const char *driver : {"QMYSQL", "QMARIADB", "QOTHER"})
            registerInertDriver(s(driver));
    }

    void begin()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_defaultFile =
                writeFile("qproxysql.ini",
                          "[orders]\npeers=db7*2,db8:3307\ncheck_interval=5\nbalance=first\n"
                          "[stock]\npeers=db9\n");
        qputenv("QPROXYSQL_CONFIG", m_defaultFile.toUtf8());
        qunsetenv("QPROXYSQL_OPTIONS");
        m_error.clear();
    }

    void end() const
    {
        const QStringList names = QSqlDatabase::connectionNames();
        for (const QString &name : names)
            QSqlDatabase::removeDatabase(name);
        QCOMPARE(InertDriver::alive.load(), 0);
        QCOMPARE(InertDriver::opened.load(), 0);
    }

    QString writeFile(const char *name, const QByteArray &content) const
    {
        QFile file(m_folder->filePath(s(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    Expected<ConnectionConfig> resolve(const OpenRequest &openRequest)
    {
        auto config = ConfigResolver::resolve(openRequest);
        m_error = config.error();
        return config;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_defaultFile;
    QString m_error;
};

} // namespace qproxysql::test
