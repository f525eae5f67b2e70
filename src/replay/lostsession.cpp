// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/lostsession.h"

#include "replay/logging.h"

#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

#include <algorithm>
#include <map>
#include <thread>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

/// A line of SHOW PROCESSLIST.
struct Thread
{
    QString user;
    QString host; ///< without the port
    QString port;
};

// information_schema.PROCESSLIST needs a temporary table, with which MariaDB 10.11 was seen to crash.
std::map<ulong, Thread> threadsOf(PeerSession &session, ulong first, ulong second)
{
    std::map<ulong, Thread> threads;
    QSqlQuery query(session.driver()->createResult());
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SHOW PROCESSLIST")))
        return threads;
    const QSqlRecord columns = query.record();
    const int user = columns.indexOf(QStringLiteral("User"));
    const int host = columns.indexOf(QStringLiteral("Host"));
    while (query.next()) {
        const auto id = ulong(query.value(0).toULongLong());
        if (id != first && id != second)
            continue;
        const QString from = query.value(host).toString();
        const auto colon = from.lastIndexOf(u':');
        threads[id] = {query.value(user).toString(), from.left(colon), from.mid(colon + 1)};
    }
    return threads;
}

bool hasRunFor(PeerSession &session, std::chrono::steady_clock::duration time)
{
    QSqlQuery query(session.driver()->createResult());
    return query.exec(QStringLiteral("SHOW GLOBAL STATUS LIKE 'Uptime'")) && query.next()
           && std::chrono::seconds(query.value(1).toLongLong()) > time;
}

} // namespace

LostSession LostSession::of(const PeerSession &session)
{
    return {session.facts().identities, session.serverThreadId(), session.localPort(),
            session.openedAt()};
}

void LostSession::endOn(PeerSession &fresh, QDeadlineTimer deadline) const
{
    const ServerFacts &facts = fresh.facts();
    const bool isSameServer = std::ranges::any_of(facts.identities, [this](const QString &name) {
        return identities.contains(name);
    });
    if (!isSameServer || facts.isThroughProxy || localPort == 0)
        return;
    const ulong ownId = fresh.serverThreadId();
    const auto isThere = [&] {
        const std::map<ulong, Thread> threads = threadsOf(fresh, threadId, ownId);
        const auto lost = threads.find(threadId);
        const auto own = threads.find(ownId);
        return lost != threads.end() && own != threads.end() && threadId != ownId
               && lost->second.port == QString::number(localPort)
               && own->second.user == lost->second.user && own->second.host == lost->second.host;
    };
    if (!isThere() || !hasRunFor(fresh, std::chrono::steady_clock::now() - openedAt))
        return;
    qCInfo(lcReplay).noquote() << "peer" << fresh.peerName() << "still has the lost session"
                               << threadId << "which is ended there";
    QSqlQuery kill(fresh.driver()->createResult());
    bool isLeft = kill.exec(QStringLiteral("KILL %1").arg(threadId));
    for (auto pause = 10ms; isLeft && !deadline.hasExpired(); pause = std::min(2 * pause, 200ms)) {
        isLeft = isThere();
        if (isLeft)
            std::this_thread::sleep_for(pause);
    }
}

} // namespace qproxysql
