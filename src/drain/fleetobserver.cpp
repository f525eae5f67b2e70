// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/fleetobserver.h"

#include "inner/processlifetime.h"
#include "pool/poolregistry.h"

#include <algorithm>

namespace qproxysql {

FleetObserver &FleetObserver::instance()
{
    static auto *observer = new FleetObserver;
    return *observer;
}

void FleetObserver::install(std::function<void()> news)
{
    m_news = std::move(news);
    m_readings.emplace([this] { return advance(); });
    Supervisor::instance().setWatchHook(
            [this](const std::shared_ptr<PeerPool> &pool, const Logins &logins) {
                if (pool->policy().control == Control::Fleet)
                    readerOf(pool)->offerLogins(logins);
            });
    ProcessLifetime::onApplicationEnd([this] { closeAll(); });
}

FleetObserver::Key FleetObserver::keyOf(const PeerPool &pool)
{
    return {pool.name(), pool.policy().controlSchema};
}

std::shared_ptr<FleetReader> FleetObserver::readerOf(const std::shared_ptr<PeerPool> &pool)
{
    const Key key = keyOf(*pool);
    const std::lock_guard lock(m_mutex);
    auto &reader = m_readers[key];
    if (!reader) // shared_from_this() does not count as a use of the pool
        reader = std::make_shared<FleetReader>(pool->shared_from_this(), key.second, m_news,
                                               [this] { m_readings->wake(); });
    return reader;
}

bool FleetObserver::attend(PeerPool &pool)
{
    return pool.policy().control == Control::Fleet && readerOf(pool.shared_from_this())->remember();
}

std::shared_ptr<const DrainRequests> FleetObserver::requests(const PeerPool &pool) const
{
    if (pool.policy().control != Control::Fleet)
        return nullptr;
    const Key key = keyOf(pool);
    const std::lock_guard lock(m_mutex);
    const auto reader = m_readers.find(key);
    return reader == m_readers.end() ? nullptr : reader->second->knowledge().requests();
}

std::vector<std::shared_ptr<FleetReader>> FleetObserver::readers() const
{
    std::vector<std::shared_ptr<FleetReader>> all;
    const std::lock_guard lock(m_mutex);
    for (const auto &[key, reader] : m_readers)
        all.push_back(reader);
    return all;
}

quint64 FleetObserver::generation() const
{
    quint64 newest = 0;
    for (const auto &reader : readers())
        newest = std::max(newest, reader->knowledge().generation());
    return newest;
}

std::vector<FleetReader::Kept> FleetObserver::sessions() const
{
    std::vector<FleetReader::Kept> all;
    for (const auto &reader : readers()) {
        const FleetReader::Kept kept = reader->kept();
        if (kept.peer != NoPeer)
            all.push_back(kept);
    }
    return all;
}

Clock::time_point FleetObserver::advance()
{
    // A pool file may have switched a pool to CONTROL=fleet without an attend().
    std::vector<std::shared_ptr<FleetReader>> wanted;
    for (const auto &pool : PoolRegistry::instance().livePools()) {
        if (pool->policy().control == Control::Fleet)
            wanted.push_back(readerOf(pool));
    }
    Clock::time_point next = Clock::time_point::max();
    for (const auto &reader : readers()) {
        const bool isUsed = std::ranges::find(wanted, reader) != wanted.end();
        next = std::min(next, reader->advance(isUsed));
    }
    return next;
}

void FleetObserver::closeAll()
{
    for (const auto &reader : readers())
        reader->close();
}

} // namespace qproxysql
