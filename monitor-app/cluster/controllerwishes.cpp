// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/controller.h"
#include "cluster/drainlook.h"
#include "cluster/evidencegathering.h"
#include "cluster/fleetledger.h"
#include "cluster/obeyedwish.h"
#include "cluster/peersearch.h"
#include "verdict/drainsides.h"

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
        carryOut(peer, wish, tell);
        return;
    }
    DrainFile::Outcome outcome;
    outcome.refusal = DrainRefusal{DrainRefusal::BadRequest, peer.error()};
    tell(outcome);
}

DrainFile::Outcome Controller::drain(const PeerSearch &peer, const QString &reason, bool force)
{
    return writeNow(peer, {peer.address().name(), Service::Draining, reason, force});
}

DrainFile::Outcome Controller::resume(const PeerSearch &peer, const QString &reason)
{
    return writeNow(peer, {peer.address().name(), Service::InService, reason, false});
}

const ClusterView &Controller::proveNow(Depth depth)
{
    if (EvidenceGathering::isAllProven(m_view))
        return m_view;
    QEventLoop loop;
    new EvidenceGathering(*this, depth, &EvidenceGathering::isAllProven, [&loop] { loop.quit(); });
    loop.exec();
    return m_view;
}

DrainFile::Guard Controller::guardOf(const Wish &wish) const
{
    if (wish.force || wish.service == Service::InService)
        return {};
    return [standings = m_view.standings()](const DrainChange &change) {
        return lastHealthyPeerRefusal(change, standings);
    };
}

DrainFile::Outcome Controller::writeNow(const PeerSearch &peer, const Wish &wish)
{
    std::optional<DrainFile::Outcome> outcome;
    QEventLoop loop;
    carryOut(peer, wish, [&](const DrainFile::Outcome &done) {
        outcome = done;
        loop.quit();
    });
    if (!outcome)
        loop.exec();
    return *outcome;
}

/// A drain is decided over what is proven now, and over the wish that the operator has seen before.
void Controller::carryOut(const PeerSearch &peer, const Wish &wish, const FleetWriter::Done &done)
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
    const DrainWish asked = drainWishOf(peer, wish);
    if (!guardOf(wish) || peer.isDraining()) {
        write(peer, asked, guardOf(wish), done);
        return;
    }
    const QStringList names = peer.names();
    new EvidenceGathering(
            *this, m_depth,
            [names](const ClusterView &view) { return EvidenceGathering::isDecided(view, names); },
            [=, this] { write(peer, asked, guardOf(wish), done); });
}

DrainWish Controller::drainWishOf(const PeerSearch &peer, const Wish &wish) const
{
    DrainWish asked;
    asked.peer = peer.address().name();
    asked.identities = peer.identities();
    // As the pool is written: entries are compared letter by letter.
    asked.pool = m_settings.pool.isEmpty() ? QString() : peer.pools().value(0, m_settings.pool);
    asked.service = wish.service;
    asked.reason = wish.reason;
    asked.requestedBy = operatorName();
    const DrainSides sides(drainEvidence(m_view, peer, false));
    if (wish.service == Service::Draining && sides.canSee())
        asked.sessions = sides.sessions;
    const QList<DrainEntry> seen = m_settings.controlSchema.isEmpty() ? m_directory.document.entries
                                                                      : fleetEntriesOf(peer);
    asked.expectedGeneration = DrainChange::of(seen, asked, 1).knownGeneration;
    return asked;
}

QList<DrainEntry> Controller::fleetEntriesOf(const PeerSearch &peer) const
{
    QList<DrainEntry> known;
    for (const PoolView &pool : m_view.pools) {
        if (peer.pools().contains(pool.name))
            known = newestEntries(known, FleetSurvey::current(pool, m_probes));
    }
    return known;
}

void Controller::write(const PeerSearch &peer, DrainWish wish, const DrainFile::Guard &guard,
                       const FleetWriter::Done &done)
{
    if (!m_settings.controlSchema.isEmpty()) {
        writeToFleet(peer, wish, guard, done);
        return;
    }
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
    write.known = fleetEntriesOf(peer);
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
