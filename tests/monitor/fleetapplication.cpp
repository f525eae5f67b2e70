// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fleetapplication.h"

#include "scopeddatabase.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

constexpr int Connections = 12;

void say(const QString &text)
{
    std::printf("%s\n", qPrintable(text));
    std::fflush(stdout);
}

bool opens(ScopedDatabase &database)
{
    QElapsedTimer timer;
    timer.start();
    for (bool hasSaid = false; !database.open(); hasSaid = true) {
        if (!hasSaid)
            say(u"failed "_s + database.error().text().simplified());
        if (timer.elapsed() > 30'000)
            return false;
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
    return true;
}

} // namespace

int runFleetApplication(const QString &hosts, const QString &options)
{
    QCoreApplication::setApplicationName(u"fleet-worker"_s);
    std::vector<std::unique_ptr<ScopedDatabase>> all;
    QStringList peers;
    for (int i = 0; i < Connections; ++i) {
        all.push_back(
                std::make_unique<ScopedDatabase>(hosts, u"POOL=orders;MAX_IDLE=0;CONTROL=fleet"_s
                                                                + options));
        if (!opens(*all.back()))
            return 2;
        peers.append(all.back()->currentPeer());
    }
    peers.removeDuplicates();
    say(u"ready "_s + peers.join(u' '));
    for (std::string line; std::getline(std::cin, line) && line != "end";) {
        peers.clear();
        for (const auto &one : all) {
            QSqlError error;
            const bool isOk = one->value(u"SELECT 1"_s, &error).isValid();
            peers.append(isOk ? one->currentPeer() : error.text().simplified());
        }
        peers.removeDuplicates();
        say(peers.join(u' '));
    }
    return 0;
}

FleetApplication::FleetApplication(const QString &hosts, const QString &options,
                                   const QString &folder)
    : m_folder(folder.isEmpty() ? m_own.path() : folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QPROXYSQL_DIR"_s, m_folder);
    m_process.setProcessEnvironment(environment);
    m_process.start(QCoreApplication::applicationFilePath(), {u"--application"_s, hosts, options});
}

FleetApplication::~FleetApplication()
{
    m_process.write("end\n");
    m_process.closeWriteChannel();
    if (!m_isReady || !m_process.waitForFinished(10'000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

QString FleetApplication::folder() const
{
    return m_folder;
}

QString FleetApplication::line()
{
    QElapsedTimer waited;
    waited.start();
    while (!m_process.canReadLine() && waited.elapsed() < 60'000
           && m_process.state() != QProcess::NotRunning)
        m_process.waitForReadyRead(1000);
    const QString line = QString::fromLocal8Bit(m_process.readLine()).trimmed();
    m_isReady = m_isReady || line.startsWith("ready "_L1);
    return line;
}

QString FleetApplication::ask(const char *command)
{
    m_process.write(QByteArray(command) + '\n');
    return line();
}

QString FleetApplication::log()
{
    m_process.waitForReadyRead(0);
    m_log += QString::fromLocal8Bit(m_process.readAllStandardError());
    return m_log;
}
