// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/democluster.h"

#include "cluster/clusterassembly.h"
#include "cluster/controller.h"
#include "models/monitortexts.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// The scripted events, in s since the beginning of a cycle. A person's requests override them.
constexpr double DrainAt = 5;
constexpr double ResumeAt = 92;
const auto ScriptedPeer = u"db2:3306"_s;
const auto ScriptName = u"demo@simulated"_s;

} // namespace

DemoCluster::DemoCluster(QObject *parent, const Clock &clock)
    : ClusterSource(parent)
    , m_clock(clock)
    , m_begin(clock.now())
    , m_history(clock)
    , m_verdicts(clock)
{
}

QString DemoCluster::poolName()
{
    return MonitorTexts::tr("Demo (simulated)");
}

void DemoCluster::refresh(Depth)
{
    if (m_isPolling)
        return;
    m_isPolling = true;
    QMetaObject::invokeMethod(this, &DemoCluster::poll, Qt::QueuedConnection);
}

void DemoCluster::poll()
{
    const Clock::time_point now = m_clock.now();
    const double seconds = std::chrono::duration<double>(now - m_begin).count();
    follow(seconds);
    m_servers.setDrains(m_entries, m_view);
    m_servers.advanceTo(seconds);

    m_view = {};
    m_view.time = QDateTime::currentDateTimeUtc();
    m_view.folder = MonitorTexts::tr("(simulated)");
    m_view.directory.state = DrainFile::Reading::Good;
    m_view.directory.document.entries = m_view.entries = m_entries;
    m_view.hasLogin = true;
    m_view.processes = m_servers.processes(poolName(), newestGeneration(m_entries), now);
    m_view.problems = {MonitorTexts::tr(
            "Simulated data: no server is contacted, and no action here changes one")};
    ClusterAssembly assembly({DemoServers::pool(poolName())}, {}, now);
    assembly.addReports(m_view.processes);
    const QHash<PeerAddress, PeerProbe> probes = m_servers.probes(now);
    for (const PeerProbe &probe : probes)
        m_connectTimes.note(probe);
    assembly.addProbes(probes);
    assembly.addEntries(m_entries);
    m_view.pools = assembly.pools();
    m_connectTimes.fill(&m_view.pools);
    m_verdicts.assess(&m_view);
    ForgottenDrain::mark(&m_view, forgottenAfter());
    m_history.note(&m_view);
    m_isPolling = false;
    Q_EMIT refreshed();
}

/// Makes the request that is scripted for this time.
void DemoCluster::follow(double seconds)
{
    const double at = std::fmod(seconds, DemoServers::Cycle);
    const auto it = std::ranges::find(m_entries, ScriptedPeer, &DrainRequest::peer);
    const bool isTouched = it != m_entries.cend() && it->requestedBy != ScriptName;
    if (isTouched || m_view.pools.isEmpty())
        return;
    const bool isDraining = it != m_entries.cend() && it->service == Service::Draining;
    const bool isWanted = at >= DrainAt && at < ResumeAt;
    if (isDraining == isWanted)
        return;
    write({.peer = ScriptedPeer,
           .service = isWanted ? Service::Draining : Service::InService,
           .reason = isWanted ? MonitorTexts::tr("kernel update (simulated)") : QString(),
           .requestedBy = ScriptName});
}

void DemoCluster::request(const DrainRequest &request)
{
    DrainRequest asked = request;
    asked.requestedBy = Controller::operatorName();
    const DrainFile::Outcome outcome = write(asked);
    QMetaObject::invokeMethod(
            this, [this, request, outcome] { Q_EMIT requested(request, outcome); },
            Qt::QueuedConnection);
}

/// Uses the guards of the drain directory, but writes to memory.
DrainFile::Outcome DemoCluster::write(const DrainRequest &request)
{
    const PeerSearch peer(m_view, request.peer);
    if (!peer.isFound())
        return {DrainRefusal{DrainRefusal::BadRequest, peer.error()}, {}};
    DrainRequest asked = request;
    asked.peer = peer.address().name();
    asked.identities = peer.identities();
    const DrainChange change = DrainChange::of(m_entries, asked, {},
                                               quint64(QDateTime::currentMSecsSinceEpoch()));
    if (request.service == Service::Draining && !request.isForced) {
        if (const auto refusal = lastHealthyPeerRefusal(change, m_view.standings()))
            return {refusal, change};
    }
    if (change.isNew)
        m_entries = change.after;
    return {std::nullopt, change};
}

} // namespace qproxysql
