// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlapplication.h"

#include "connectionthreads.h"

#include <QtCore/QCoreApplication>

#include <cstdio>
#include <iostream>
#include <string>

using namespace Qt::StringLiterals;

namespace {

void writeLine(const QString &text)
{
    std::printf("%s\n", qPrintable(text));
    std::fflush(stdout);
}

QString outcome(const ConnectionThreads &threads)
{
    return threads.failures() == 0
                   ? u"0 failed"_s
                   : u"%1 failed: %2"_s.arg(threads.failures()).arg(threads.firstFailure());
}

} // namespace

int runCtlApplication(const QString &hosts)
{
    QCoreApplication::setApplicationName(u"billing-worker"_s);
    const QString options = u"POOL=orders;MAX_IDLE=0"_s;
    ScopedDatabase transaction(hosts, options);
    if (!transaction.open() || !transaction.get().transaction()
        || QSqlQuery(transaction.get()).exec(u"REPLACE INTO numbers VALUES (1000, 1)"_s) == false) {
        writeLine(transaction.error().text());
        return 2;
    }
    ConnectionThreads threads(40, hosts, options);
    if (!threads.areOpen()) {
        writeLine(threads.firstFailure());
        return 2;
    }
    writeLine(u"ready "_s + transaction.currentPeer());
    for (std::string line; std::getline(std::cin, line) && line != "end";) {
        if (line == "work") {
            threads.work();
            writeLine(outcome(threads));
        } else if (line == "commit") {
            const bool isOk = transaction.get().commit();
            writeLine(isOk ? u"committed"_s : transaction.error().text());
        } else if (line == "peers") {
            QStringList peers;
            for (const auto &[peer, count] : threads.peers())
                peers.append(peer);
            writeLine(peers.join(u' '));
        }
    }
    return 0;
}

int runSpellingApplication(const QString &port, const QString &socket, const QString &other)
{
    QCoreApplication::setApplicationName(u"other-spelling"_s);
    QSqlDatabase first = QSqlDatabase::addDatabase(u"QMYSQL"_s, u"local"_s);
    first.setHostName(u"localhost"_s);
    first.setPort(port.toInt());
    first.setConnectOptions(u"UNIX_SOCKET="_s + socket);
    QSqlDatabase second = QSqlDatabase::addDatabase(u"QMYSQL"_s, u"other"_s);
    second.setHostName(other.section(u':', 0, 0));
    second.setPort(other.section(u':', 1).toInt());
    ScopedDatabase db({}, u"PEERS=local,other;POOL=spelling;MAX_IDLE=0;BALANCE=first"_s);
    if (!db.open()) {
        writeLine(db.error().text());
        return 2;
    }
    writeLine(u"ready "_s + db.currentPeer());
    for (std::string line; std::getline(std::cin, line) && line != "end";) {
        QSqlError error;
        const bool isOk = db.value(u"SELECT 1"_s, &error).isValid();
        writeLine(isOk ? db.currentPeer() : error.text());
    }
    return 0;
}
