// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "idleapplication.h"

#include "scopeddatabase.h"

#include <QtCore/QCoreApplication>

#include <atomic>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

void writeLine(const QString &text)
{
    std::printf("%s\n", qPrintable(text));
    std::fflush(stdout);
}

void waitForEnd()
{
    for (std::string line; std::getline(std::cin, line) && line != "end";) {
    }
}

} // namespace

int runIdleApplication(const QString &hosts)
{
    QCoreApplication::setApplicationName(u"reporting"_s);
    std::vector<std::unique_ptr<ScopedDatabase>> connections;
    QSet<QString> peers;
    while (peers.size() < hosts.split(u',').size() && connections.size() < 100) {
        connections.push_back(std::make_unique<ScopedDatabase>(hosts, u"POOL=orders;MAX_IDLE=0"_s));
        if (!connections.back()->open()) {
            writeLine(connections.back()->error().text());
            return 2;
        }
        peers.insert(connections.back()->currentPeer());
    }
    writeLine(u"ready"_s);
    waitForEnd();
    return 0;
}

int runBusyApplication(const QString &server, const QString &hosts)
{
    QCoreApplication::setApplicationName(u"working"_s);
    auto db = std::make_unique<ScopedDatabase>(hosts, u"POOL=orders;MAX_IDLE=0"_s);
    bool isOpen = db->open();
    for (int i = 0; isOpen && db->currentPeer() != server && i < 100; ++i) {
        db->get().close();
        isOpen = db->open();
    }
    if (!isOpen || db->currentPeer() != server) {
        writeLine(db->error().text());
        return 2;
    }
    writeLine(u"ready"_s);
    std::atomic<bool> isOver{false};
    std::thread reader([&isOver] {
        waitForEnd();
        isOver = true;
    });
    while (!isOver)
        (void) db->value(u"SELECT SLEEP(0.02)"_s, nullptr);
    reader.join();
    db.reset();
    return 0;
}
