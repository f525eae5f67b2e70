// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "simulatedprocess.h"

#include "cluster.h"
#include "drain/fleetreader.h"
#include "moves/connectionrounds.h"
#include "pool/selection.h"

namespace qproxysql::simulation {

namespace {

constexpr int ReplacementsAtOnce = 4;

} // namespace

SimulatedProcess::SimulatedProcess(Cluster &cluster, const PoolDefinition &definition)
    : m_cluster(cluster)
    , m_pool(std::make_shared<PeerPool>(definition, cluster.timeline, cluster.chance))
    , m_budget(cluster.timeline)
    , m_monitor(std::make_shared<PoolMonitor>(
              m_pool, MonitorEnvironment{cluster.timeline,
                                         cluster.chance,
                                         m_budget,
                                         {},
                                         [this](const ProbeJob &job) {
                                             startProbe(job);
                                             return std::shared_ptr<Workers::Ticket>();
                                         },
                                         [](const auto &) {},
                                         [this] { advanceAt(m_cluster.timeline.now()); }}))
    , m_watch([](const SessionLine &) { return std::optional<PathState>(); },
              [this](const SessionSnapshot &session, CutReason) { return cut(session); })
    , m_plan(cluster.chance)
    , m_backoff(cluster.timeline)
{
    m_monitor->setLogins(std::make_shared<const Logins>(m_logins));
    QObject::connect(m_pool.get(), &PeerPool::peerStateChanged, [this] { wakeRounds(); });
    QObject::connect(m_pool.get(), &PeerPool::peerServiceChanged,
                     [this](const QString &, const QString &peer, Service service) {
                         wakeRounds();
                         if (service != Service::InService)
                             return;
                         for (const PeerId id : m_pool->named(peer))
                             m_monitor->resumed(id);
                     });
    for (int i = 0; i < cluster.size.connections; ++i)
        m_connections.push_back(
                std::make_unique<SimulatedConnection>(*this,
                                                      cluster.chance.within(cluster.size.think)));
}

void SimulatedProcess::start()
{
    for (const auto &connection : m_connections)
        connection->open();
    m_cluster.timeline.after(PoolStatementWatch::Interval, [this] { watchStatements(); });
    wakeRounds();
    if (m_cluster.size.followsFleet)
        readFleet();
}

void SimulatedProcess::connectSucceeded(PeerId peer)
{
    ServerFacts facts;
    facts.flavour = ServerFlavour::MariaDb;
    m_monitor->connectSucceeded(peer, facts);
    pollSweeps();
}

// The monitor's mutex is locked, so the job begins later.
void SimulatedProcess::startProbe(const ProbeJob &job)
{
    const Purpose purpose = m_isAdvancing && m_sweepers.empty() ? Purpose::Probe : Purpose::Asked;
    m_cluster.timeline.after({}, [this, job, purpose] {
        job.begin();
        const PeerId peer = m_pool->find(job.request.peer);
        SimulatedServer &server = m_cluster.server(peer);
        server.connect(purpose, job.request.connectTimeout,
                       [this, job, &server](const SimulatedServer::Login &login) {
                           if (login) {
                               server.close(*login);
                               ServerFacts facts;
                               facts.flavour = ServerFlavour::MariaDb;
                               job.finish(facts);
                           } else {
                               job.finish(Unexpected(login.error()));
                           }
                           pollSweeps();
                       });
    });
}

void SimulatedProcess::advanceAt(Time when)
{
    if (when >= m_advanceAt)
        return;
    m_advanceAt = when;
    m_cluster.timeline.at(when, [this, when] {
        if (when == m_advanceAt)
            advance();
    });
}

void SimulatedProcess::advance()
{
    m_advanceAt = Time::max();
    m_budget.setDemand(m_monitor->demand());
    m_isAdvancing = true;
    const Time next = m_monitor->advance();
    m_isAdvancing = false;
    advanceAt(next);
}

void SimulatedProcess::sweep(const SweepRequest &request, std::function<void(bool)> result)
{
    m_sweepers.push_back({m_monitor->enterSweep(request), std::move(result)});
    m_cluster.timeline.after({}, [this] { pollSweeps(); });
}

void SimulatedProcess::pollSweeps()
{
    if (m_sweepers.empty())
        return;
    Time next = Time::max();
    std::vector<std::function<void()>> results;
    std::erase_if(m_sweepers, [&](Sweeper &sweeper) {
        Time due;
        const std::optional<bool> result = m_monitor->pollSweep(sweeper.caller, &due);
        if (result)
            results.push_back([call = std::move(sweeper.result), found = *result] { call(found); });
        else
            next = std::min(next, due);
        return result.has_value();
    });
    for (const auto &result : results)
        m_cluster.timeline.after({}, result);
    if (m_sweepers.empty())
        return;
    m_pollAt = std::max(next, m_cluster.timeline.now() + 1ms);
    m_cluster.timeline.at(m_pollAt, [this, at = m_pollAt] {
        if (at == m_pollAt)
            pollSweeps();
    });
}

void SimulatedProcess::watchStatements()
{
    std::vector<SessionSnapshot> sessions;
    for (const auto &connection : m_connections) {
        connection->noteLastAnswer();
        if (connection->session() != 0)
            sessions.push_back(connection->snapshot());
    }
    const Time next = m_watch.poll(m_cluster.timeline.now(), *m_monitor, sessions);
    m_cluster.timeline.at(next, [this] { watchStatements(); });
}

bool SimulatedProcess::cut(const SessionSnapshot &session)
{
    for (const auto &connection : m_connections) {
        if (connection->session() == session.session)
            connection->cut();
    }
    return true;
}

void SimulatedProcess::wakeRounds()
{
    if (std::exchange(m_isRoundDue, true))
        return;
    m_cluster.timeline.at(m_lastRound + ConnectionRounds::RoundsApart, [this] { round(); });
}

void SimulatedProcess::round()
{
    m_isRoundDue = false;
    m_lastRound = m_cluster.timeline.now();
    const bool isLeaving = depart();
    const bool isBalancing = rebalance();
    if (isLeaving || isBalancing)
        wakeRounds();
}

bool SimulatedProcess::depart()
{
    const Time now = m_cluster.timeline.now();
    bool isUnderWay = false;
    for (const auto &connection : m_connections) {
        const ConnectionSnapshot shown = connection->snapshot();
        const bool isDraining = shown.peer != NoPeer
                                && m_pool->peer(shown.peer).service == Service::Draining;
        const bool isOfferGood = shown.offer.peer != NoPeer && !shown.isOfferGone
                                 && isGoodPlace(m_pool->peer(shown.offer.peer));
        isUnderWay = isUnderWay || (isDraining && !(shown.isCut && isOfferGood));
        switch (departureStep(shown, isDraining, isOfferGood, now)) {
        case DepartureStep::Replace:
            if (m_pool->hasSelectable())
                replace({connection.get(), NoPeer, MoveReason::Drain, shown.session});
            break;
        case DepartureStep::Withdraw:
            connection->withdraw();
            break;
        case DepartureStep::Cut:
            connection->cut();
            if (shown.line->countOff())
                m_pool->sessionClosed(shown.peer);
            break;
        case DepartureStep::Stay:
            break;
        }
    }
    return isUnderWay;
}

// As Rebalancing counts.
bool SimulatedProcess::rebalance()
{
    const Time now = m_cluster.timeline.now();
    std::vector<RebalancePlan::Peer> peers;
    for (const PeerSnapshot &shown : m_pool->peers()) {
        if (shown.service != Service::Draining)
            peers.push_back({shown.id, shown.weight,
                             preferenceOf(shown, Attempts::None, now) == Preference::Good});
    }
    std::map<PeerId, std::vector<std::pair<SimulatedConnection *, quint64>>> movable;
    for (const auto &connection : m_connections) {
        const ConnectionSnapshot shown = connection->snapshot();
        const auto moving = m_underWay.find(connection.get());
        const PeerId to = moving != m_underWay.end() ? moving->second : shown.offer.peer;
        const bool mayMove = shown.session != 0 && shown.offer.peer == NoPeer && !shown.isCut
                             && moving == m_underWay.end();
        for (RebalancePlan::Peer &peer : peers) {
            const bool isThere = peer.id == shown.peer;
            peer.incoming += peer.id == to;
            peer.connections += isThere && to == NoPeer;
            peer.eligible += isThere && mayMove;
            if (isThere && mayMove)
                movable[peer.id].emplace_back(connection.get(), shown.session);
        }
    }
    for (const RebalancePlan::Move &move : m_plan.advance(peers, m_pool->policy().balance, now)) {
        auto &candidates = movable[move.from];
        const auto chosen = candidates.begin()
                            + m_cluster.chance.bounded(quint32(candidates.size()));
        replace({chosen->first, move.to, MoveReason::Rebalance, chosen->second});
        candidates.erase(chosen);
    }
    return m_plan.isUnderWay();
}

void SimulatedProcess::replace(const Wanted &wanted)
{
    if (!m_backoff.mayTry(m_pool.get(), m_logins)
        || !m_underWay.emplace(wanted.connection, wanted.to).second)
        return;
    m_wanted.push_back(wanted);
    serveReplacements();
}

void SimulatedProcess::serveReplacements()
{
    while (m_replacing < ReplacementsAtOnce && !m_wanted.empty()) {
        const Wanted wanted = m_wanted.front();
        m_wanted.pop_front();
        ++m_replacing;
        serve(wanted);
    }
}

void SimulatedProcess::serve(const Wanted &wanted)
{
    const PeerId from = wanted.connection->peer();
    const auto opened = [this, wanted, from](PeerId peer, quint64 epoch) {
        if (peer == NoPeer) {
            m_backoff.failed(m_pool.get(), m_logins, {});
        } else {
            m_backoff.succeeded(m_pool.get(), m_logins);
            const bool isGood = peer != from && (wanted.to == NoPeer || peer == wanted.to)
                                && m_pool->peer(peer).service == Service::InService;
            if (!isGood || !wanted.connection->offer(peer, epoch, wanted.reason, wanted.instead))
                m_cluster.server(peer).close(epoch);
        }
        --m_replacing;
        m_underWay.erase(wanted.connection);
        serveReplacements();
    };
    const bool isStillWanted = wanted.connection->session() == wanted.instead;
    if (!isStillWanted || !m_backoff.begin(m_pool.get(), m_logins)) {
        --m_replacing;
        m_underWay.erase(wanted.connection);
        return;
    }
    const ConnectionConfig config;
    std::make_shared<SimulatedOpen>(*this,
                                    wanted.reason == MoveReason::Drain ? Purpose::Drain
                                                                       : Purpose::Balance,
                                    OpenPlan::Request{.deadline = m_cluster.timeline.now()
                                                                  + config.openDeadline,
                                                      .avoid = from,
                                                      .prefer = wanted.to},
                                    opened)
            ->step();
}

void SimulatedProcess::readFleet()
{
    m_cluster.timeline.after(FleetReader::interval(m_cluster.chance), [this] { readFleet(); });
    const bool isLost = m_fleetPeer == NoPeer
                        || m_cluster.server(m_fleetPeer).epoch() != m_fleetEpoch
                        || m_pool->peer(m_fleetPeer).service == Service::Draining;
    if (!isLost) {
        readFleetOn(m_fleetPeer);
        return;
    }
    const PeerId peer = m_pool->choose();
    m_fleetPeer = NoPeer;
    if (peer == NoPeer)
        return;
    m_cluster.server(peer).connect(Purpose::Fleet, m_pool->policy().connectTimeout,
                                   [this, peer](const SimulatedServer::Login &login) {
                                       if (!login)
                                           return;
                                       m_fleetPeer = peer;
                                       m_fleetEpoch = *login;
                                       readFleetOn(peer);
                                   });
}

void SimulatedProcess::readFleetOn(PeerId peer)
{
    if (m_cluster.server(peer).isAnswering())
        ++m_cluster.record.of(peer, m_cluster.timeline.now()).readings;
}

} // namespace qproxysql::simulation
