// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionpool_p.h"

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

SessionPool::~SessionPool() = default;

bool SessionPool::park(std::shared_ptr<PeerSession> &session, ResetNeed need)
{
    const std::shared_ptr<PeerPool> pool = session->pool();
    const PeerId peer = session->peer();
    const PoolPolicy policy = pool->policy();
    if (policy.maxIdle <= 0 || !pool->isSelectable(peer))
        return false;
    watch(pool);
    const auto entry = std::make_shared<Entry>();
    pool->sessionParked(peer);
    bool wakes = false;
    if (!insert(entry, session, need, policy, &wakes)) {
        pool->sessionUnparked(peer);
        return false;
    }
    if (need != ResetNeed::None)
        startReset(entry);
    else if (!pool->isSelectable(peer)) // it was parked while its peer was drained or went down
        forgetPeer(*pool, pool->peer(peer).address.name());
    if (wakes && m_environment.wake)
        m_environment.wake();
    return true;
}

bool SessionPool::insert(const std::shared_ptr<Entry> &entry, std::shared_ptr<PeerSession> &session,
                         ResetNeed need, const PoolPolicy &policy, bool *wakes)
{
    const std::lock_guard lock(m_mutex);
    if (!admits(*session, need, policy))
        return false;
    markStalled();
    entry->isResetting = need != ResetNeed::None;
    entry->line = session->line();
    entry->since = m_environment.clock.now();
    entry->expires = expiryOf(*session, policy);
    *wakes = (entry->isResetting ? std::min(entry->expires, entry->since + policy.connectTimeout)
                                 : entry->expires)
             < m_sweepBy;
    m_entries[session->key()].push_back(entry);
    session->giveAway();
    entry->session = std::move(session);
    return true;
}

void SessionPool::startReset(const std::shared_ptr<Entry> &entry)
{
    auto ticket = m_environment.start([this, entry] { reset(entry); });
    const std::lock_guard lock(m_mutex);
    entry->ticket = std::move(ticket);
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
    const auto unfit = m_unfit.find(session.key());
    if (unfit == m_unfit.end())
        return true;
    if (unfit->second > now)
        return false;
    m_unfit.erase(unfit);
    return true;
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
    const auto entries = m_entries.find(session.key());
    return entries == m_entries.end() || int(entries->second.size()) < policy.maxIdle;
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
            remove(*entry);
            spoilt = release(*entry);
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
        m_unfit[entry.session->key()] = m_environment.clock.now() + RefusalHolds;
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
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return nullptr;
    const Clock::time_point now = m_environment.clock.now();
    Entries &entries = found->second;
    std::shared_ptr<PeerSession> session;
    for (auto i = entries.size(); i-- > 0 && !session;) {
        Entry &entry = *entries[i];
        if (entry.isResetting || entry.hasTaker)
            continue;
        std::shared_ptr<PeerSession> idle = release(entry);
        if (entry.expires > now && !entry.line->isClosed())
            session = std::move(idle);
        else
            dead->push_back(std::move(idle));
        entries.erase(entries.begin() + std::ptrdiff_t(i));
    }
    if (entries.empty())
        m_entries.erase(found);
    return session;
}

std::shared_ptr<PeerSession> SessionPool::awaitReset(const SessionKey &key, Sessions *dead,
                                                     std::unique_lock<std::mutex> &lock)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return nullptr;
    const Entries &entries = found->second;
    const auto pending = std::ranges::find_if(entries, [](const std::shared_ptr<Entry> &entry) {
        return entry->isResetting && !entry->hasTaker;
    });
    if (pending == entries.end())
        return nullptr;
    const std::shared_ptr<Entry> entry = *pending;
    entry->hasTaker = true;
    const bool isOver = m_changed.wait_for(lock, PatienceWithReset,
                                           [&entry] { return !entry->isResetting; });
    entry->hasTaker = false;
    if (!isOver || !entry->session)
        return nullptr; // too slow: a later caller may take it
    remove(*entry);
    std::shared_ptr<PeerSession> session = release(*entry);
    if (!entry->isForgotten && !entry->line->isClosed()
        && entry->expires > m_environment.clock.now())
        return session;
    dead->push_back(std::move(session));
    return nullptr;
}

std::shared_ptr<PeerSession> SessionPool::release(Entry &entry)
{
    entry.session->pool()->sessionUnparked(entry.session->peer());
    return std::move(entry.session);
}

void SessionPool::remove(const Entry &entry)
{
    const auto found = m_entries.find(entry.session->key());
    if (found == m_entries.end())
        return;
    std::erase_if(found->second,
                  [&entry](const std::shared_ptr<Entry> &other) { return other.get() == &entry; });
    if (found->second.empty())
        m_entries.erase(found);
}

int SessionPool::idleSessions(const SessionKey &key) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? 0 : int(found->second.size());
}

std::vector<SessionPool::Parked> SessionPool::parked() const
{
    std::vector<Parked> all;
    const std::lock_guard lock(m_mutex);
    for (const auto &[key, entries] : m_entries) {
        for (const auto &entry : entries) {
            if (entry->session)
                all.push_back({key.pool, key.peer, entry->session->serverThreadId()});
        }
    }
    return all;
}

// A hanging reset must not use up the workers.
void SessionPool::markStalled()
{
    const Clock::time_point now = m_environment.clock.now();
    for (const auto &[key, entries] : m_entries) {
        for (const auto &entry : entries) {
            if (entry->isResetting && entry->ticket && now - entry->since > PatienceWithReset)
                m_environment.markStalled(entry->ticket);
        }
    }
}

} // namespace qproxysql
