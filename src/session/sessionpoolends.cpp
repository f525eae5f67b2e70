// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/sessionpool.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <ranges>

namespace qproxysql {

using namespace std::chrono_literals;

static constexpr auto EndGrace = 250ms;

void SessionPool::forgetLogin(const PeerPool &pool, const InnerLogin &login)
{
    end(lockAndForget([&](const Entry &entry) {
        const SessionKey &key = entry.session->key();
        const bool isOfLogin = key.pool == &pool && key.login.user == login.user
                               && key.login.password == login.password;
        return isOfLogin ? Fate::Close : Fate::Keep;
    }));
}

// The cut ends a running reset at once, and closing cannot block on the peer.
void SessionPool::forgetPeer(const PeerPool &pool, const QString &peerName)
{
    end(lockAndForget([&](const Entry &entry) {
        const bool isOnPeer = entry.session->key().pool == &pool
                              && entry.session->peerName() == peerName;
        return isOnPeer ? Fate::Cut : Fate::Keep;
    }));
}

std::vector<ConnectionSlots::Server> SessionPool::servers() const
{
    std::map<PeerKey, ConnectionSlots::Server> servers;
    const std::lock_guard lock(m_mutex);
    for (const auto &entry : m_entries)
        servers.try_emplace({entry->session->key().pool, entry->session->peer()},
                            entry->session->server());
    const auto list = std::views::values(servers);
    return {list.begin(), list.end()};
}

void SessionPool::closeIdle(const QStringList &peers)
{
    // The temporary closes the sessions, outside the lock.
    lockAndForget([&](const Entry &entry) {
        return peers.contains(entry.session->peerName()) ? Fate::Close : Fate::Keep;
    });
}

template<typename Judge>
SessionPool::ToClose SessionPool::lockAndForget(const Judge &fateOf)
{
    const std::lock_guard lock(m_mutex);
    return forget(fateOf);
}

// With the mutex held.
template<typename Judge>
SessionPool::ToClose SessionPool::forget(const Judge &fateOf)
{
    ToClose toClose;
    std::erase_if(m_entries, [&](const std::shared_ptr<Entry> &entry) {
        const Fate fate = fateOf(*entry);
        if (fate == Fate::Keep)
            return false;
        if (fate == Fate::Cut)
            toClose.lines.push_back(entry->line);
        entry->isForgotten = true;
        if (entry->isResetting || entry->hasTaker)
            return false; // the worker or the taker removes it
        toClose.sessions.push_back(release(*entry));
        return true;
    });
    return toClose;
}

void SessionPool::end(ToClose toClose)
{
    for (const auto &line : toClose.lines)
        line->cut();
    closeLater(std::move(toClose.sessions));
}

Clock::time_point SessionPool::sweep()
{
    const Clock::time_point now = m_environment.clock.now();
    Clock::time_point next = Clock::time_point::max();
    ToClose toClose;
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_unfit, [now](const auto &item) { return item.second <= now; });
        for (const auto &[key, until] : m_unfit)
            next = std::min(next, until);
        toClose = forget([&](const Entry &entry) {
            const PoolPolicy policy = entry.session->pool()->policy();
            const Clock::time_point due = entry.isResetting ? entry.since + policy.connectTimeout
                                                            : entry.expires;
            if (due <= now)
                return entry.isResetting ? Fate::Cut : Fate::Close;
            if (policy.maxIdle <= 0)
                return Fate::Close;
            next = std::min({next, due, entry.expires});
            return Fate::Keep;
        });
        m_sweepBy = next;
    }
    end(std::move(toClose));
    return next;
}

void SessionPool::closeAll()
{
    ToClose toClose;
    {
        std::unique_lock lock(m_mutex);
        m_ended = QCoreApplication::instance();
        m_changed.wait_for(lock, EndGrace,
                           [this] { return std::ranges::none_of(m_entries, &Entry::isResetting); });
        toClose = forget(
                [](const Entry &entry) { return entry.isResetting ? Fate::Cut : Fate::Close; });
        m_sweepBy = Clock::time_point::max();
    }
    for (const auto &line : toClose.lines)
        line->cut();
    // In this thread, since no worker may be free; COM_QUIT on an idle socket does not block.
    toClose.sessions.clear();
}

void SessionPool::closeLater(Sessions sessions)
{
    if (sessions.empty())
        return;
    for (const auto &session : sessions)
        ConnectionSlots::instance().freed(session->server()); // early: an open may come first
    // A job must be copyable, hence the shared pointer.
    m_environment.start([dead = std::make_shared<Sessions>(std::move(sessions))] { dead->clear(); });
}

} // namespace qproxysql
