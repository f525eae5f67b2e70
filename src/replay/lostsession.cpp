// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/lostsession.h"

#include "replay/logging.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

#include <algorithm>
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

std::optional<Thread> threadOf(PeerSession &session, ulong id)
{
    QSqlQuery query(session.driver()->createResult());
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SHOW PROCESSLIST")))
        return std::nullopt;
    const QSqlRecord columns = query.record();
    const int user = columns.indexOf(QStringLiteral("User"));
    const int host = columns.indexOf(QStringLiteral("Host"));
    while (query.next()) {
        if (query.value(0).toULongLong() != id)
            continue;
        const QString from = query.value(host).toString();
        const auto colon = from.lastIndexOf(u':');
        return Thread{query.value(user).toString(), from.left(colon), from.mid(colon + 1)};
    }
    return std::nullopt;
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

void LostSession::endOn(PeerSession &fresh, std::chrono::milliseconds patience) const
{
    const ServerFacts &facts = fresh.facts();
    const bool isSameServer = std::ranges::any_of(facts.identities, [this](const QString &name) {
        return identities.contains(name);
    });
    if (!isSameServer || facts.isThroughProxy || localPort == 0)
        return;
    const auto isThere = [&] {
        const auto lost = threadOf(fresh, threadId);
        if (!lost || lost->port != QString::number(localPort))
            return false;
        const auto own = threadOf(fresh, fresh.serverThreadId());
        return own && own->user == lost->user && own->host == lost->host;
    };
    if (!isThere() || !hasRunFor(fresh, std::chrono::steady_clock::now() - openedAt))
        return;
    qCInfo(lcReplay).noquote() << "peer" << fresh.peerName() << "still has the lost session"
                               << threadId << "which is ended there";
    QSqlQuery(fresh.driver()->createResult()).exec(QStringLiteral("KILL %1").arg(threadId));
    for (const QDeadlineTimer deadline(patience); isThere() && !deadline.hasExpired();)
        std::this_thread::sleep_for(10ms);
}

} // namespace qproxysql
