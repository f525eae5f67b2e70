// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/controller.h"

#include "cluster/background.h"
#include "cluster/ctltexts.h"
#include "cluster/drainlog.h"
#include "cluster/evidencegathering.h"
#include "cluster/fleetledger.h"
#include "cluster/fleetwrite.h"
#include "cluster/obeyedrequest.h"
#include "cluster/peersearch.h"
#include "drain/systemuser.h"
#include "rolling/rollingfile.h"
#include "verdict/drainsides.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QSysInfo>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr std::chrono::milliseconds WriteConnectTimeout = 3s;
/// Longer than the server's lock wait time-outs.
constexpr auto WriteReadTimeout = "MYSQL_OPT_READ_TIMEOUT=6"_L1;

/// What was not logged holds all the same, and is a problem of the outcome.
DrainFile::Outcome logged(DrainFile::Outcome outcome, const QString &folder, const QString &schema)
{
    if (outcome.refusal || !outcome.change.isNew)
        return outcome;
    if (const auto refusal = DrainLog(folder).append(outcome.change, schema))
        outcome.problems.append(CtlTexts::tr("the log of drain requests: %1").arg(refusal->text));
    return outcome;
}

} // namespace

QString Controller::operatorName()
{
    QString user;
#ifdef Q_OS_UNIX
    // The environment's USER can be set by anyone, so it is not used. For sudo there is no other
    // source.
    user = SystemUser::withId(::getuid()).name;
    if (user.isEmpty()) // in a container a user may have a number only
        user = u"uid %1"_s.arg(::getuid());
    const QString behind = qEnvironmentVariable("SUDO_USER");
    if (::getuid() == 0 && !behind.isEmpty())
        user = behind;
#else
    user = qEnvironmentVariable("USERNAME");
#endif
    return user + u'@' + QSysInfo::machineHostName();
}

void Controller::request(const DrainRequest &request)
{
    const PeerSearch peer(m_view, request.peer);
    const auto report = [this, request](const DrainFile::Outcome &outcome) {
        QMetaObject::invokeMethod(
                this, [this, request, outcome] { Q_EMIT requested(request, outcome); },
                Qt::QueuedConnection);
    };
    if (peer.isFound())
        carryOut(peer, request, report);
    else
        report({DrainRefusal{DrainRefusal::BadRequest, peer.error()}, {}});
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

DrainChange::Guard Controller::guardOf(const DrainRequest &request) const
{
    if (request.isForced || request.service == Service::InService)
        return {};
    return [standings = m_view.standings()](const DrainChange &change) {
        return lastHealthyPeerRefusal(change, standings);
    };
}

DrainFile::Outcome Controller::requestNow(const PeerSearch &peer, const DrainRequest &request)
{
    std::optional<DrainFile::Outcome> outcome;
    QEventLoop loop;
    carryOut(peer, request, [&](const DrainFile::Outcome &done) {
        outcome = done;
        loop.quit();
    });
    if (!outcome)
        loop.exec();
    return *outcome;
}

/// Decides with current evidence and with the request that the operator has seen.
void Controller::carryOut(const PeerSearch &peer, const DrainRequest &request, const Done &done)
{
    if (m_settings.isReadOnly) {
        done({DrainRefusal{DrainRefusal::ReadOnly,
                           CtlTexts::tr("read-only: %1 was not changed; run it without --read-only")
                                   .arg(peer.address().name())},
              {}});
        return;
    }
    if (request.service == Service::Draining && !request.isForced) {
        const auto objection = RollingFile(m_settings.folder)
                                       .objectionToDrain(peer.names(), peer.pools());
        if (objection) {
            done({objection, {}});
            return;
        }
    }
    const DrainRequest asked = completed(request, peer);
    const QList<DrainRequest> seen = m_settings.controlSchema.isEmpty()
                                             ? m_directory.document.entries
                                             : fleetEntriesOf(peer);
    const DrainBasis basis{
            .expectedGeneration = DrainChange::of(seen, asked, {}, 1).knownGeneration};
    if (!guardOf(asked) || peer.isDraining()) {
        write(peer, asked, basis, done);
        return;
    }
    const QStringList names = peer.names();
    new EvidenceGathering(
            *this, m_depth,
            [names](const ClusterView &view) { return EvidenceGathering::isDecided(view, names); },
            [=, this] { write(peer, asked, basis, done); });
}

DrainRequest Controller::completed(const DrainRequest &request, const PeerSearch &peer) const
{
    DrainRequest asked = request;
    asked.peer = peer.address().name();
    asked.identities = peer.identities();
    // Spelled as the pool is: entries are compared literally.
    asked.pool = m_settings.pool.isEmpty() ? QString() : peer.pools().value(0, m_settings.pool);
    asked.requestedBy = operatorName();
    asked.via = (QCoreApplication::applicationName() + u' ' + request.via).trimmed();
    DrainLog::addOrigin(&asked);
    const DrainSides sides(drainEvidence(m_view, peer));
    if (request.service == Service::Draining && sides.canSee())
        asked.sessions = sides.sessions;
    return asked;
}

QList<DrainRequest> Controller::fleetEntriesOf(const PeerSearch &peer) const
{
    QList<DrainRequest> known;
    for (const PoolView &pool : m_view.pools) {
        if (peer.pools().contains(pool.name))
            known = newestRequests(known, FleetSurvey::current(pool, m_probes));
    }
    return known;
}

void Controller::write(const PeerSearch &peer, const DrainRequest &request, DrainBasis basis,
                       const Done &done)
{
    if (!m_settings.controlSchema.isEmpty()) {
        writeToFleet(peer, request, basis, done);
        return;
    }
    basis.newestObeyed = newestGeneration(m_view.entries);
    noteObeyed(peer, ObeyedRequest::Followers::Local, request.service, &basis);
    const auto writeHere = [folder = m_settings.folder, request, basis, guard = guardOf(request)] {
        return logged(DrainFile(folder).write(request, basis, guard), folder, {});
    };
    runInBackground(this, writeHere, done); // may wait for other writers
}

void Controller::noteObeyed(const PeerSearch &peer, ObeyedRequest::Followers followers,
                            Service requested, DrainBasis *basis) const
{
    const ObeyedRequest obeyed = ObeyedRequest::of(m_view, peer, requested,
                                                   basis->expectedGeneration.value_or(0),
                                                   followers);
    basis->newestObeyed = std::max(basis->newestObeyed, obeyed.newest);
    basis->isDisobeyed = !obeyed.others.isEmpty();
}

void Controller::writeToFleet(const PeerSearch &peer, const DrainRequest &request,
                              const DrainBasis &basis, const Done &done)
{
    FleetWrite write{.schema = m_settings.controlSchema,
                     .request = request,
                     .basis = basis,
                     .known = fleetEntriesOf(peer)};
    const auto refuse = [&done](const QString &why) {
        done({DrainRefusal{DrainRefusal::BadRequest, why}, {}});
    };
    if (!dropSocketNames(&write.request.peer, &write.request.identities)) {
        refuse(CtlTexts::tr("%1 is another server on each machine, and what its server calls "
                            "itself is not known here: connect to it first (--user)")
                       .arg(request.peer));
        return;
    }
    if (!m_login.login) {
        refuse(CtlTexts::tr("the fleet's drain directory needs a login: give --user"));
        return;
    }
    noteObeyed(peer, ObeyedRequest::Followers::Fleet, request.service, &write.basis);
    // Applications obey a request that they have read although its row was deleted.
    write.others = newestRequests(m_directory.document.entries, m_fleet.entries(peer.pools()));
    write.guard = guardOf(request);
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
                        CtlTexts::tr("%1: only applications of other users name it")
                                .arg(server.address.name()));
                continue;
            }
            if (server.probe && !server.probe->isUp()) {
                write.unreachable.append(server.address.name() + u": "_s + server.probe->message());
                continue;
            }
            FullConnectRequest connect = requestFor(pool, server);
            connect.login.options += u';' + WriteReadTimeout;
            connect.connectTimeout = std::min(connect.connectTimeout, WriteConnectTimeout);
            connect.initSql = FleetLedger::sessionSql();
            write.servers.append(connect);
        }
    }
    // The same order in every operator's tool, so that the first server decides between them.
    std::ranges::sort(write.servers, {},
                      [](const FullConnectRequest &connect) { return connect.peer.name(); });
    runInBackground(
            this,
            [write, folder = m_settings.folder] {
                return logged(write.run(), folder, write.schema);
            },
            done);
}

} // namespace qproxysql
