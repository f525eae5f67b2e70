// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "reportinglives.h"
#include "collecting.h"

#include "scopeddatabase.h"

#include <QtCore/QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

using namespace Qt::StringLiterals;

namespace qproxysql::reporting {

namespace {

void say(const QString &text)
{
    std::printf("%s\n", qPrintable(text));
    std::fflush(stdout);
}

/// Blocks: the supervisor reports while the application does not run an event loop.
void waitForLine()
{
    std::string line;
    std::getline(std::cin, line);
}

bool openAndWait(const QString &hosts, const QString &options)
{
    ScopedDatabase one(hosts, options);
    ScopedDatabase two(hosts, options);
    if (!one.open() || !two.open()) {
        say(one.error().text() + two.error().text());
        return false;
    }
    say(u"ready"_s);
    waitForLine();
    return true;
}

/// Needs no connection, and must not even load the plugin.
int readReports(const QString &folder)
{
    ReportReader reader(folder, std::chrono::seconds(10));
    QString error;
    const QList<ReportAnswer> answers = collectNow(reader, &error);
    int sessions = 0;
    for (const ReportAnswer &answer : answers) {
        for (const PoolReport &pool : answer.report.pools) {
            for (const PeerReport &peer : pool.peers)
                sessions += peer.sessions;
        }
    }
    say(u"%1 processes, %2 sessions%3"_s.arg(answers.size()).arg(sessions).arg(error));
    return 0;
}

} // namespace

int live(int argc, char **argv, const QString &life, const QString &where)
{
    {
        QCoreApplication application(argc, argv);
        QCoreApplication::setApplicationName(u"life "_s + life);
        if (life == "read"_L1)
            return readReports(where);
        if (life == "exit"_L1) {
            QSqlDatabase left = QSqlDatabase::addDatabase(u"QPROXYSQL"_s, u"left"_s);
            left.setHostName(where);
            left.setUserName(u"app"_s);
            left.setPassword(u"secret"_s);
            if (!left.open())
                return 2;
            say(u"ready"_s);
            waitForLine();
            std::exit(0); // with the connection open, and the application alive
        }
        if (!openAndWait(where, life == "off"_L1 ? u"CONTROL=off"_s : QString()))
            return 2;
        if (life != "twice"_L1)
            return 0;
    }
    say(u"between"_s);
    waitForLine();
    QCoreApplication second(argc, argv);
    QCoreApplication::setApplicationName(u"second"_s);
    return openAndWait(where, {}) ? 0 : 2;
}

} // namespace qproxysql::reporting
