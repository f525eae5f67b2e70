// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "control/controller.h"
#include "control/drainlook.h"
#include "control/drainsides.h"
#include "control/fleetledger.h"
#include "control/obeyedwish.h"
#include "control/peersearch.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QSysInfo>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr std::chrono::milliseconds WriteConnectTimeout = 3s;
/// More than a wait for a lock takes.
constexpr auto WriteReadTimeout = "MYSQL_OPT_READ_TIMEOUT=6"_L1;

} // namespace

QString Controller::operatorName()
{
    QString user;
#ifdef Q_OS_UNIX
    // Not the environment's USER, which anybody sets; of somebody who used sudo that is all there
    // is.
    if (const struct passwd *const entry = ::getpwuid(::getuid()))
        user = QString::fromLocal8Bit(entry->pw_name);
    else // as in a container, whose users may have numbers alone
        user = u"uid %1"_s.arg(::getuid());
    const QString behind = qEnvironmentVariable("SUDO_USER");
    if (::getuid() == 0 && !behind.isEmpty())
        user = behind;
#else
    user = qEnvironmentVariable("USERNAME");
#endif
    return user + u'@' + QSysInfo::machineHostName();
}

void Controller::wish(const Wish &wish)
{
    const PeerSearch peer(m_view, wish.peer);
    const auto tell = [this, wish](const DrainFile::Outcome &outcome) {
        QMetaObject::invokeMethod(
                this, [this, wish, outcome] { Q_EMIT wished(wish, outcome); }, Qt::QueuedConnection);
    };
    if (peer.isFound()) {
        write(peer, wish.service, wish.reason, guardOf(wish.service, wish.force), tell);
        return;
    }
    DrainFile::Outcome outcome;
    outcome.refusal = DrainRefusal{DrainRefusal::BadRequest, peer.error()};
    tell(outcome);
}

DrainFile::Outcome Controller::drain(const PeerSearch &peer, const QString &reason, bool force)
{
    return writeNow(peer, Service::Draining, reason, force);
}

DrainFile::Outcome Controller::resume(const PeerSearch &peer, const QString &reason)
{
    return writeNow(peer, Service::InService, reason, true);
}

DrainFile::Guard Controller::guardOf(Service service, bool force) const
{
    if (force || service == Service::InService)
        return {};
    return [standings = m_view.standings()](const DrainChange &change) {
        return lastHealthyPeerRefusal(change, standings);
    };
}

DrainFile::Outcome Controller::writeNow(const PeerSearch &peer, Service service,
                                        const QString &reason, bool force)
{
    std::optional<DrainFile::Outcome> outcome;
    QEventLoop loop;
    write(peer, service, reason, guardOf(service, force), [&](const DrainFile::Outcome &done) {
        outcome = done;
        loop.quit();
    });
    if (!outcome)
        loop.exec();
    return *outcome;
}

void Controller::write(const PeerSearch &peer, Service service, const QString &reason,
                       const DrainFile::Guard &guard, const FleetWriter::Done &done)
{
    if (m_settings.isReadOnly) {
        done({DrainRefusal{DrainRefusal::ReadOnly,
                           QCoreApplication::translate("QProxySqlCtl",
                                                       "read-only: %1 is left as it is. Run it "
                                                       "without --read-only")
                                   .arg(peer.address().name())},
              {}});
        return;
    }
    DrainWish wish;
    wish.peer = peer.address().name();
    wish.identities = peer.identities();
    // As the pool is written: entries are compared letter by letter.
    wish.pool = m_settings.pool.isEmpty() ? QString() : peer.pools().value(0, m_settings.pool);
    wish.service = service;
    wish.reason = reason;
    wish.requestedBy = operatorName();
    const DrainSides sides(drainEvidence(m_view, peer, false));
    if (service == Service::Draining && sides.canSee())
        wish.sessions = sides.sessions;
    if (!m_settings.controlSchema.isEmpty()) {
        writeToFleet(peer, wish, guard, done);
        return;
    }
    wish.expectedGeneration = DrainChange::of(m_directory.document.entries, wish, 1).knownGeneration;
    wish.newestObeyed = newestGeneration(m_view.entries);
    noteObeyed(peer, ObeyedWish::Followers::Local, &wish);
    const auto writeHere = [folder = m_settings.folder, wish, guard] {
        return DrainFile(folder).write(wish, guard);
    };
    m_writer.start(writeHere, done); // it may wait for others
}

void Controller::noteObeyed(const PeerSearch &peer, ObeyedWish::Followers followers,
                            DrainWish *wish) const
{
    const ObeyedWish obeyed = ObeyedWish::of(m_view, peer, wish->service,
                                             wish->expectedGeneration.value_or(0), followers);
    wish->newestObeyed = std::max(wish->newestObeyed, obeyed.newest);
    wish->isDisobeyed = !obeyed.others.isEmpty();
}

void Controller::writeToFleet(const PeerSearch &peer, const DrainWish &wish,
                              const DrainFile::Guard &guard, const FleetWriter::Done &done)
{
    FleetWrite write;
    write.schema = m_settings.controlSchema;
    write.wish = wish;
    if (!dropSocketNames(&write.wish.peer, &write.wish.identities)) {
        done({DrainRefusal{
                      DrainRefusal::BadRequest,
                      QCoreApplication::translate(
                              "QProxySqlCtl",
                              "%1 is another server on each machine, and what its server calls "
                              "itself is not known here: connect to it first (--user)")
                              .arg(wish.peer)},
              {}});
        return;
    }
    for (const PoolView &pool : std::as_const(m_view.pools)) {
        if (peer.pools().contains(pool.name))
            write.known = newestEntries(write.known, FleetSurvey::current(pool, m_probes));
    }
    write.wish.expectedGeneration = DrainChange::of(write.known, wish, 1).knownGeneration;
    noteObeyed(peer, ObeyedWish::Followers::Fleet, &write.wish);
    // Applications obey what they have read although the row is gone.
    write.others = newestEntries(m_directory.document.entries, m_fleet.entriesOf(peer.pools()));
    write.guard = guard;
    if (!m_login.login) {
        DrainFile::Outcome outcome;
        outcome.refusal =
                DrainRefusal{DrainRefusal::BadRequest,
                             QCoreApplication::translate("QProxySqlCtl",
                                                         "the fleet's drain directory needs a "
                                                         "login: give --user")};
        done(outcome);
        return;
    }
    QSet<PeerAddress> asked;
    for (const PoolView &pool : std::as_const(m_view.pools)) {
        if (!peer.pools().contains(pool.name))
            continue;
        for (const PeerView &server : pool.peers) {
            if (asked.contains(server.address))
                continue;
            asked.insert(server.address);
            if (!mayLogInTo(server)) {
                write.unreachable.append(
                        QCoreApplication::translate("QProxySqlCtl",
                                                    "%1: only applications of other users name it")
                                .arg(server.address.name()));
                continue;
            }
            if (server.probe && !server.probe->isUp()) {
                write.unreachable.append(server.address.name() + u": "_s + server.probe->message());
                continue;
            }
            FullConnectRequest request = requestFor(pool, server);
            request.login.options += u';' + WriteReadTimeout;
            request.connectTimeout = std::min(request.connectTimeout, WriteConnectTimeout);
            request.initSql = FleetLedger::sessionSql();
            write.servers.append(request);
        }
    }
    // In every operator's tool the same: whoever is first on the first server is first.
    std::ranges::sort(write.servers, {},
                      [](const FullConnectRequest &request) { return request.peer.name(); });
    m_writer.start(write, done);
}

} // namespace qproxysql
