// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/openrace.h"

#include "session/sessionpool.h"
#include "session/sessionreset.h"

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

// The network path of an idle session may be dead. A session opened for this race has a working path, and
// cutting it would only leave one more waiting session on the server (docs/measurements.md).
constexpr auto PatienceWithIdle = 2s;

} // namespace

OpenRace::OpenRace(std::shared_ptr<PeerPool> pool, PoolWatch watch, const ConnectionConfig &config,
                   ArrivalNeeds arrival, const Clock &clock)
    : m_pool(std::move(pool))
    , m_watch(std::move(watch))
    , m_config(config)
    , m_arrival(std::move(arrival))
    , m_clock(clock)
{
}

void OpenRace::start(PeerId peer)
{
    ++m_underWay;
    const PoolPolicy policy = m_pool->policy();
    if (policy.maxIdle > 0 && m_mayTakeKept) {
        if (auto session = SessionPool::instance().take(keyOf(peer, policy.peerDriver))) {
            take(std::move(session));
            return;
        }
    }
    m_pool->attemptBegun(peer);
    startJob([self = shared_from_this(), peer] { self->attempt(peer); });
}

void OpenRace::startJob(std::function<void()> job)
{
    m_tickets.push_back(Workers::instance().start(std::move(job), m_pool.get()));
}

void OpenRace::startWith(std::shared_ptr<PeerSession> session)
{
    ++m_underWay;
    take(std::move(session));
}

void OpenRace::take(std::shared_ptr<PeerSession> session)
{
    const bool isStale = needsRenewal(*session);
    if (!isStale && m_arrival.areMetBy(*session)) {
        post({.session = std::move(session)});
        return;
    }
    const PeerId peer = session->peer();
    m_pool->attemptBegun(peer);
    startJob([self = shared_from_this(), peer, isStale, idle = std::move(session)]() mutable {
        self->renew(peer, std::move(idle), isStale);
    });
}

void OpenRace::renew(PeerId peer, std::shared_ptr<PeerSession> session, bool isStale)
{
    Finish ignored;
    const bool isRenewed = (!isStale || runOn(*session, Step::Renewal, &renewSession))
                           && arriveOn(*session, Step::ArrivalOfIdle, &ignored);
    if (!isRenewed) {
        session.reset();
        attempt(peer);
        return;
    }
    m_pool->attemptEnded(peer);
    post({.session = std::move(session)});
}

// Cutting an abandoned session lets the worker that blocks on it return.
bool OpenRace::runOn(PeerSession &session, Step step, const std::function<bool(PeerSession &)> &run)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_isOver)
            return false;
        m_pending.push_back({session.line(), step, m_clock.now()});
        if (step != Step::Renewal)
            m_late.push_back(session.peer());
    }
    const bool isOk = run(session);
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_pending,
                  [&session](const Pending &pending) { return pending.line == session.line(); });
    return isOk && !session.line()->isClosed();
}

bool OpenRace::isOver() const
{
    const std::scoped_lock lock(m_mutex);
    return m_isOver;
}

bool OpenRace::arriveOn(PeerSession &session, Step step, Finish *finish)
{
    if (m_arrival.areMetBy(session))
        return true;
    std::optional<ArrivalFailure> failure;
    const bool isOk = runOn(session, step, [&](PeerSession &arriving) {
        failure = arrive(arriving, m_arrival);
        return !failure;
    });
    if (failure && failure->isRefused) {
        finish->after = AfterConnectFailure::Stop;
        finish->error = failure->error;
        finish->areSettingsRefused = true;
    } else if (failure && step == Step::ArrivalOfFresh && !isOver()) {
        m_watch->statementFailed(session.peer(), failure->error.nativeErrorCode().toInt(),
                                 failure->error.databaseText(), session.facts().flavour);
    }
    return isOk;
}

SessionKey OpenRace::keyOf(PeerId peer, const QString &driver) const
{
    return {m_pool.get(), peer, m_config.logins.of(m_pool->peer(peer).address), m_config.initSql,
            driver};
}

void OpenRace::attempt(PeerId peer)
{
    if (isOver()) {
        m_pool->attemptEnded(peer);
        return;
    }
    const PeerSnapshot shown = m_pool->peer(peer);
    const PeerAddress &address = shown.address;
    const PoolPolicy policy = m_pool->policy();
    FullConnectResult result = fullConnect({address, m_config.logins.of(address), policy.peerDriver,
                                            policy.connectTimeout, policy.checkSql,
                                            m_config.initSql, shown.identities});
    m_pool->attemptEnded(peer);

    Finish finish;
    m_pool->count(peer, result.isOk() ? &PeerCounters::connects : &PeerCounters::connectErrors);
    if (result.isOk()) {
        m_watch.connectSucceeded(peer, result.facts);
        finish.session = std::make_shared<PeerSession>(std::move(result.connection),
                                                       std::move(result.facts), m_pool, peer,
                                                       keyOf(peer, policy.peerDriver));
        if (!arriveOn(*finish.session, Step::ArrivalOfFresh, &finish))
            finish.session.reset();
    } else {
        if (result.failure.errorClass == ErrorClass::Login)
            SessionPool::instance().forgetLogin(*m_pool, m_config.logins.of(address));
        finish.after = m_watch->connectFailed(peer, result.failure);
        finish.error = result.failure.error;
    }
    post(std::move(finish));
}

void OpenRace::post(Finish finish)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_isOver)
            m_finishes.push_back(std::move(finish));
    }
    m_changed.notify_one();
    // A late session is closed here, on the worker, outside the lock.
}

std::optional<OpenRace::Finish> OpenRace::wait(Clock::time_point until)
{
    std::unique_lock lock(m_mutex);
    if (!m_clock.wait(m_changed, lock, until, [this] { return !m_finishes.empty(); }))
        return {};
    Finish finish = std::move(m_finishes.front());
    m_finishes.pop_front();
    --m_underWay;
    return finish;
}

void OpenRace::markStalled()
{
    for (const auto &ticket : m_tickets)
        Workers::instance().markStalled(ticket);
}

void OpenRace::giveUpRenewals()
{
    cut([](const Pending &pending) { return pending.step == Step::Renewal; });
}

void OpenRace::giveUpLate()
{
    const auto now = m_clock.now();
    cut([now](const Pending &pending) {
        return pending.step == Step::ArrivalOfIdle && now - pending.since >= PatienceWithIdle;
    });
}

template<typename Predicate>
void OpenRace::cut(const Predicate &isToBeCut)
{
    std::vector<std::shared_ptr<SessionLine>> lines;
    {
        const std::scoped_lock lock(m_mutex);
        for (const Pending &pending : m_pending) {
            if (isToBeCut(pending))
                lines.push_back(pending.line);
        }
    }
    for (const auto &line : lines)
        line->cut();
}

std::vector<PeerId> OpenRace::late() const
{
    const std::scoped_lock lock(m_mutex);
    return m_late;
}

void OpenRace::abandon()
{
    std::deque<Finish> late;
    {
        const std::scoped_lock lock(m_mutex);
        m_isOver = true;
        late.swap(m_finishes);
    }
    markStalled();
    cut([](const Pending &) { return true; });
    // Leaving this scope closes the sessions that finished beside the winner.
}

} // namespace qproxysql
