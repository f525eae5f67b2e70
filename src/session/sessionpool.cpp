// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionpool.h"

#include "health/supervisor.h"
#include "inner/processlifetime.h"
#include "session/logging.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto PatienceWithReset = 100ms; ///< after that, a connect is started instead
constexpr auto RefusalHolds = 60s;        ///< a newer proxy may replace the old one
constexpr int LossesAreRefusal = 3;

/// A tenth, but 1 to 10 s, less than the server's wait_timeout. 0 s: do not park.
std::chrono::milliseconds idleTimeOf(const ServerFacts &facts, const PoolPolicy &policy)
{
    if (facts.waitTimeoutSeconds <= 0)
        return policy.idleTimeout;
    const std::chrono::seconds limit(facts.waitTimeoutSeconds);
    const auto margin = std::clamp(limit / 10, 1s, 10s);
    return std::min<std::chrono::milliseconds>(policy.idleTimeout, limit - margin);
}

bool keepsSessions(Health health)
{
    return health == Health::Unknown || health == Health::Up || health == Health::Overloaded
           || health == Health::Suspect; // take() finds out whether the session was lost
}

} // namespace

SessionPool &SessionPool::instance()
{
    static auto *const instance = [] {
        Workers &workers = Workers::instance();
        auto *const sweeps = new Chore([] { return SessionPool::instance().sweep(); });
        auto *const pool = new SessionPool(
                {Clock::steady(), &resetSession,
                 [&workers](auto job) { return workers.start(std::move(job)); },
                 [&workers](const auto &ticket) { workers.markStalled(ticket); },
                 [sweeps] { sweeps->wake(); }});
        ConnectionSlots::instance().setKeeper(
                {[pool] { return pool->servers(); },
                 [pool](const QStringList &peers) { pool->closeIdle(peers); }});
        ProcessLifetime::onApplicationEnd([pool] { pool->closeAll(); });
        return pool;
    }();
    return *instance;
}

SessionPool::SessionPool(SessionPoolEnvironment environment)
    : m_environment(std::move(environment))
{
}

bool SessionPool::park(std::shared_ptr<PeerSession> &session, ResetNeed need)
{
    const std::shared_ptr<PeerPool> pool = session->pool();
    const PeerId peer = session->peer();
    const PoolPolicy policy = pool->policy();
    if (policy.maxIdle <= 0 || !pool->isSelectable(peer))
        return false;
    watch(pool);
    const auto entry = std::make_shared<Entry>();
    bool wakes = false;
    {
        const std::lock_guard lock(m_mutex);
        if (!admits(*session, need, policy))
            return false;
        markStalled();
        entry->isResetting = need != ResetNeed::None;
        entry->line = session->line();
        entry->since = m_environment.clock.now();
        entry->expires = expiryOf(*session, policy);
        const Clock::time_point due = entry->since + policy.connectTimeout;
        wakes = (entry->isResetting ? std::min(entry->expires, due) : entry->expires) < m_sweepBy;
        m_entries.push_back(entry);
        pool->sessionParked(peer);
        session->giveAway();
        entry->session = std::move(session);
    }
    if (need != ResetNeed::None) {
        auto ticket = m_environment.start([this, entry] { reset(entry); });
        const std::lock_guard lock(m_mutex);
        entry->ticket = std::move(ticket);
    } else if (!pool->isSelectable(peer)) { // it was parked while its peer was drained or went down
        forgetPeer(*pool, pool->peer(peer).address.name());
    }
    if (wakes && m_environment.wake)
        m_environment.wake();
    return true;
}

Clock::time_point SessionPool::expiryOf(const PeerSession &session, const PoolPolicy &policy) const
{
    const Clock::time_point idleEnds = m_environment.clock.now()
                                       + idleTimeOf(session.facts(), policy);
    return policy.maxLifetime > 0ms ? std::min(idleEnds, session.endOfLife(policy.maxLifetime))
                                    : idleEnds;
}

bool SessionPool::resetIsOfUse(const PeerSession &session)
{
    const Clock::time_point now = m_environment.clock.now();
    const auto resets = m_resets.find({session.pool().get(), session.peer()});
    if (resets != m_resets.end() && resets->second.refusedUntil > now)
        return false;
    return std::ranges::none_of(m_unfit, [&](const auto &unfit) {
        return unfit.first == session.key() && unfit.second > now;
    });
}

bool SessionPool::admits(const PeerSession &session, ResetNeed need, const PoolPolicy &policy)
{
    const QCoreApplication *const application = QCoreApplication::instance();
    if (!application || application == m_ended || ProcessLifetime::isEnding())
        return false;
    if (expiryOf(session, policy) <= m_environment.clock.now())
        return false;
    if (need != ResetNeed::None && !resetIsOfUse(session))
        return false;
    return entriesOf(session.key()) < policy.maxIdle;
}

// The functor has no context object, so it runs in the thread that reports the change.
void SessionPool::watch(const std::shared_ptr<PeerPool> &pool)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_watched.insert(pool.get()).second)
            return;
    }
    QObject::connect(pool.get(), &PeerPool::peerStateChanged,
                     [this, pool = pool.get()](const QString &, const QString &peer, Health health) {
                         if (!keepsSessions(health))
                             forgetPeer(*pool, peer);
                     });
    QObject::connect(pool.get(), &PeerPool::peerServiceChanged,
                     [this, pool = pool.get()](const QString &, const QString &peer,
                                               Service service) {
                         if (service == Service::Draining)
                             forgetPeer(*pool, peer);
                     });
}

void SessionPool::reset(const std::shared_ptr<Entry> &entry)
{
    // Until the reset ends, only this thread uses entry->session.
    const ResetOutcome outcome = m_environment.reset(*entry->session);
    // Its peer may have been drained meanwhile.
    const PeerSession &parked = *entry->session;
    const bool isDraining = parked.pool()->peer(parked.peer()).service == Service::Draining;
    std::shared_ptr<PeerSession> spoilt;
    {
        const std::lock_guard lock(m_mutex);
        entry->isResetting = false;
        if (!noteOutcome(*entry, outcome) || entry->isForgotten || isDraining) {
            spoilt = remove(*entry);
        }
    }
    if (spoilt)
        ConnectionSlots::instance().freed(spoilt->server()); // before the waiting taker connects
    m_changed.notify_all();
    if (spoilt && outcome == ResetOutcome::LoginRefused)
        forgetLogin(*spoilt->pool(), spoilt->key().login);
    // A session that is not parked is closed here, on the worker, outside the lock.
}

bool SessionPool::noteOutcome(const Entry &entry, ResetOutcome outcome)
{
    Resets &resets = m_resets[{entry.session->pool().get(), entry.session->peer()}];
    if (outcome == ResetOutcome::Clean) {
        resets.lossesInARow = 0;
        return true;
    }
    // Trying a refused login again with every session could lock the account.
    if (outcome == ResetOutcome::Unfit || outcome == ResetOutcome::LoginRefused)
        m_unfit.push_back({entry.session->key(), m_environment.clock.now() + RefusalHolds});
    const bool isLoss = outcome == ResetOutcome::Lost && !entry.line->isCut();
    if (outcome == ResetOutcome::Refused || (isLoss && ++resets.lossesInARow >= LossesAreRefusal)) {
        resets.lossesInARow = 0;
        resets.refusedUntil = m_environment.clock.now() + RefusalHolds;
        qCDebug(lcSession).noquote() << "peer" << entry.session->peerName()
                                     << "refuses COM_CHANGE_USER: its sessions are not reused"
                                        " for now";
    }
    return false;
}

std::shared_ptr<PeerSession> SessionPool::take(const SessionKey &key)
{
    Sessions dead;
    std::shared_ptr<PeerSession> session;
    {
        std::unique_lock lock(m_mutex);
        markStalled();
        session = newestIdle(key, &dead);
        if (!session)
            session = awaitReset(key, &dead, lock);
    }
    closeLater(std::move(dead));
    return session;
}

std::shared_ptr<PeerSession> SessionPool::newestIdle(const SessionKey &key, Sessions *dead)
{
    const Clock::time_point now = m_environment.clock.now();
    for (auto i = m_entries.size(); i-- > 0;) {
        const std::shared_ptr<Entry> entry = m_entries[i];
        if (entry->isResetting || entry->hasTaker || entry->session->key() != key)
            continue;
        std::shared_ptr<PeerSession> idle = remove(*entry);
        if (entry->isUsable(now))
            return idle;
        dead->push_back(std::move(idle));
    }
    return nullptr;
}

std::shared_ptr<PeerSession> SessionPool::awaitReset(const SessionKey &key, Sessions *dead,
                                                     std::unique_lock<std::mutex> &lock)
{
    const auto pending = std::ranges::find_if(m_entries, [&key](const auto &entry) {
        return entry->isResetting && !entry->hasTaker && entry->session->key() == key;
    });
    if (pending == m_entries.end())
        return nullptr;
    const std::shared_ptr<Entry> entry = *pending;
    entry->hasTaker = true;
    const bool isOver = m_changed.wait_for(lock, PatienceWithReset,
                                           [&entry] { return !entry->isResetting; });
    entry->hasTaker = false;
    if (!isOver || !entry->session)
        return nullptr; // too slow: a later caller may take it
    std::shared_ptr<PeerSession> session = remove(*entry);
    if (entry->isUsable(m_environment.clock.now()))
        return session;
    dead->push_back(std::move(session));
    return nullptr;
}

std::shared_ptr<PeerSession> SessionPool::release(Entry &entry)
{
    entry.session->pool()->sessionUnparked(entry.session->peer());
    return std::move(entry.session);
}

std::shared_ptr<PeerSession> SessionPool::remove(Entry &entry)
{
    std::erase_if(m_entries, [&entry](const auto &other) { return other.get() == &entry; });
    return release(entry);
}

int SessionPool::entriesOf(const SessionKey &key) const
{
    return int(std::ranges::count_if(m_entries, [&key](const auto &entry) {
        return entry->session->key() == key;
    }));
}

int SessionPool::idleSessions(const SessionKey &key) const
{
    const std::lock_guard lock(m_mutex);
    return entriesOf(key);
}

std::vector<SessionPool::Parked> SessionPool::parked() const
{
    std::vector<Parked> all;
    const std::lock_guard lock(m_mutex);
    for (const auto &entry : m_entries) {
        const PeerSession &session = *entry->session;
        all.push_back({session.key().pool, session.peer(), session.serverThreadId()});
    }
    return all;
}

// A hanging reset must not use up the workers.
void SessionPool::markStalled()
{
    const Clock::time_point now = m_environment.clock.now();
    for (const auto &entry : m_entries) {
        if (entry->isResetting && entry->ticket && now - entry->since > PatienceWithReset)
            m_environment.markStalled(entry->ticket);
    }
}

} // namespace qproxysql
