// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/controller.h"

#include "cluster/clusterassembly.h"
#include "cluster/ctltexts.h"
#include "cluster/fleetledger.h"
#include "cluster/peersearch.h"
#include "cluster/proberchoice.h"
#include "config/poolfilestore.h"

#include <QtCore/QEventLoop>
#include <QtCore/QFileInfo>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// Less than PeerEvidence::FreshFor, with time for the next probe.
constexpr auto UnattendedInterval = 3s;
/// Other peers must not delay the polls of the attended peer beyond DrainVerdict::LongestGap.
constexpr std::chrono::milliseconds LongestTimeout = 3s;
constexpr std::chrono::milliseconds LongestOthersTimeout = 2s;
/// A server that does not answer a probe's statements at once is frozen.
constexpr auto ReadTimeout = "MYSQL_OPT_READ_TIMEOUT=5"_L1;

} // namespace

Controller::Controller(Settings settings, QObject *parent)
    : ClusterSource(parent)
    , m_settings(std::move(settings))
    , m_processes(Clock::steady())
    , m_reader(m_settings.folder)
    , m_verdicts(Clock::steady(), m_settings.acceptSilent ? DrainVerdicts::Silent::Accepted
                                                          : DrainVerdicts::Silent::HoldBack)
    , m_history(Clock::steady())
{
    connect(&m_reader, &ReportReader::collected, this, &Controller::take);
    connect(&m_prober, &PeerProber::probed, this, &Controller::takeProbes);
    m_reader.setProbers([this](const QStringList &ids) {
        return probersOf(ids, m_processes.processes(), Clock::steady().now());
    });
}

void Controller::refresh(Depth depth)
{
    if (m_isRefreshing)
        return;
    m_isRefreshing = true;
    m_isHurried = false;
    m_began = Clock::steady().now();
    m_depth = depth;
    m_filePools = poolsOfFile();
    // Read first: a request that is written later is compared with this one.
    m_directory = DrainFile(m_settings.folder).read();
    m_reader.collect();
}

void Controller::hurry()
{
    m_isHurried = true;
    m_prober.cut();
}

const ClusterView &Controller::refreshNow(Depth depth)
{
    QEventLoop loop;
    connect(this, &Controller::refreshed, &loop, &QEventLoop::quit);
    refresh(depth);
    loop.exec();
    return m_view;
}

void Controller::setLogin(const LoginSource::Reading &login)
{
    m_isLoginRead = true;
    m_login = login;
    using Probe = QHash<PeerAddress, PeerProbe>::iterator;
    m_probes.removeIf([](Probe probe) { return probe->isLoginRefused(); });
}

QList<PoolDefinition> Controller::poolsOfFile()
{
    m_poolFileError.clear();
    if (m_settings.poolFile.isEmpty()
        || (m_settings.isPoolFileOptional && !QFileInfo::exists(m_settings.poolFile)))
        return {};
    const auto file = PoolFileStore::instance().read(m_settings.poolFile);
    m_poolFileError = file.error();
    return file ? (*file)->pools() : QList<PoolDefinition>();
}

void Controller::take(const QList<ReportAnswer> &answers, const QString &error)
{
    m_reportError = error;
    m_processes.note(answers);
    assemble();
    if (m_depth == Depth::Probes && !m_isLoginRead && m_settings.login) {
        m_isLoginRead = true;
        m_login = m_settings.login();
        m_view.hasLogin = m_login.login.has_value();
    }
    if (m_depth == Depth::Probes && m_login.login && !m_isHurried)
        probePeers();
    else
        takeProbes({});
}

void Controller::probePeers()
{
    struct Due
    {
        bool canWait = false;
        Clock::time_point last;
        PeerProber::Request request;
    };
    QList<Due> due;
    QSet<PeerAddress> asked;
    for (const PoolView &pool : std::as_const(m_view.pools)) {
        for (const PeerView &peer : pool.peers) {
            if (asked.contains(peer.address) || !mayLogInTo(peer) || !mustProbe(peer))
                continue;
            asked.insert(peer.address);
            due.append({!isAttended(peer),
                        m_probes.value(peer.address).when,
                        {pool.name, requestFor(pool, peer)}});
        }
    }
    // Peers of a pool may have to wait for a place.
    std::ranges::stable_sort(due, {},
                             [](const Due &one) { return std::pair(one.canWait, one.last); });
    QList<PeerProber::Request> requests;
    for (const Due &one : std::as_const(due))
        requests.append(one.request);
    m_prober.probe(requests, {m_settings.controlSchema, {}});
}

bool Controller::isAttended(const PeerView &peer) const
{
    const QStringList names = peer.names();
    return m_attended.isEmpty() || std::ranges::any_of(names, [this](const QString &name) {
               return containsPeerName(m_attended, name);
           });
}

bool Controller::mustProbe(const PeerView &peer) const
{
    return isAttended(peer) || !peer.probe
           || Clock::steady().now() - peer.probe->when >= UnattendedInterval;
}

FullConnectRequest Controller::requestFor(const PoolView &pool, const PeerView &peer) const
{
    FullConnectRequest request;
    request.peer = peer.address;
    request.login = *m_login.login;
    request.login.options += request.login.options.isEmpty() ? QString(ReadTimeout)
                                                             : u';' + ReadTimeout;
    request.driver = pool.policy.peerDriver;
    request.connectTimeout = std::min(pool.policy.connectTimeout,
                                      isAttended(peer) ? LongestTimeout : LongestOthersTimeout);
    request.checkSql = pool.policy.checkSql;
    return request;
}

void Controller::takeProbes(const QList<PeerProbe> &probes)
{
    for (const PeerProbe &probe : probes) {
        if (!probe.wasAsked)
            continue;
        m_probes.insert(probe.peer, probe);
        m_connectTimes.note(probe);
    }
    if (!probes.isEmpty())
        assemble();
    if (mendsFleet())
        return; // continues here after the probes
    for (const PeerProbe &probe : probes) {
        const PeerSearch search(m_view, probe.peer.name());
        if (!probe.serverList.isChecked
            || std::ranges::any_of(search.everywhere(), &PeerView::isFrontEnd))
            continue;
        QSet<quint64> ids;
        for (const ServerList::Row &row : probe.serverList.rows)
            ids.insert(row.id);
        m_processes.noteServerList(search.names(), ids);
    }
    m_view.processes = m_processes.processes();
    m_view.killed = m_processes.killed();
    reportUnknownPeers();
    m_verdicts.assess(&m_view);
    ForgottenDrain::mark(&m_view, forgottenAfter());
    m_history.note(&m_view);
    m_isRefreshing = false;
    Q_EMIT refreshed();
}

/// Copies newer rows to servers that were away during a write. Uses only rows of this poll, since
/// earlier ones may have been deleted.
bool Controller::mendsFleet()
{
    if (!m_isMending || m_isHurried || m_settings.controlSchema.isEmpty() || m_settings.isReadOnly
        || !m_login.login)
        return false;
    for (const PoolView &pool : std::as_const(m_view.pools)) {
        const QList<PeerAddress> outdated = m_fleet.outdated(pool, m_probes, m_began);
        QList<PeerProber::Request> requests;
        for (const PeerView &peer : pool.peers) {
            if (!outdated.contains(peer.address))
                continue;
            requests.append({pool.name, requestFor(pool, peer)});
            requests.last().connect.initSql = FleetLedger::sessionSql();
        }
        if (requests.isEmpty())
            continue;
        m_prober.probe(requests,
                       {m_settings.controlSchema, FleetSurvey::current(pool, m_probes, m_began)});
        return true;
    }
    return false;
}

void Controller::assemble()
{
    const bool hasLogin = m_login.login.has_value();
    m_view = {};
    m_view.time = QDateTime::currentDateTimeUtc();
    m_view.folder = m_settings.folder;
    m_view.directory = m_directory;
    m_view.hasLogin = hasLogin;
    m_view.processes = m_processes.processes();
    m_view.killed = m_processes.killed();
    if (m_directory.refusal)
        m_view.problems.append(m_directory.refusal->text);
    for (const QString &error : {m_reportError, m_poolFileError}) {
        if (!error.isEmpty())
            m_view.problems.append(error);
    }
    ClusterAssembly assembly(m_filePools, m_settings.pool);
    assembly.addReports(m_view.processes);
    assembly.addProbes(m_probes);
    m_fleet.note(assembly.pools(), m_probes);
    m_view.isFleetRead = m_fleet.hasRead();
    m_view.entries = newestRequests(m_directory.document.entries, m_fleet.entries());
    assembly.addEntries(m_view.entries);
    m_view.pools = assembly.pools();
    if (!m_settings.controlSchema.isEmpty())
        m_view.problems += m_fleet.problems(ControlSchema(m_settings.controlSchema).drainTable(),
                                            m_view.pools, m_probes);
    m_connectTimes.fill(&m_view.pools);
}

// Otherwise any user who may report could direct the operator's password to his own host.
void Controller::reportUnknownPeers()
{
    QStringList unknown;
    for (const PeerView *peer : m_view.peers()) {
        if (peer->isReported && !mayLogInTo(*peer))
            unknown.append(peer->address.name());
    }
    unknown.removeDuplicates();
    if (unknown.isEmpty() || !m_view.hasLogin)
        return;
    m_view.problems.append(
            CtlTexts::tr("only applications of other users name %1: the account is not shown "
                         "there. Name it in a pool file (--pool-file), or give --trust-reports")
                    .arg(unknown.join(", "_L1)));
}

} // namespace qproxysql
