// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/fleetreader.h"

#include <map>

namespace qproxysql {

/// Follows the fleet's drain tables for all pools of the process that say CONTROL=fleet: one
/// FleetReader each. Process-wide, never destroyed; any thread.
class FleetObserver
{
public:
    static FleetObserver &instance();

    /// From now on. Once. \a news runs on a worker when a pool has something new to obey.
    void install(std::function<void()> news);

    /// To be called before anybody chooses a peer of \a pool: knows what the disk has. True when
    /// that is something new. Blocks for the disk, the first time.
    bool attend(PeerPool &pool);

    /// What the fleet wants of \a pool; nullptr unless that follows it.
    std::shared_ptr<const DrainRequests> requests(const PeerPool &pool) const;
    /// The newest of all, 0: none.
    quint64 generation() const;

    /// Over which it reads at present: none of the pools' own sessions.
    std::vector<FleetReader::Kept> sessions() const;

private:
    FleetObserver() = default;
    using Key = std::pair<QString, QString>; ///< pool and schema
    static Key keyOf(const PeerPool &pool);
    std::shared_ptr<FleetReader> readerOf(const std::shared_ptr<PeerPool> &pool);
    std::vector<std::shared_ptr<FleetReader>> readers() const;
    Clock::time_point advance();
    void closeAll();

    std::function<void()> m_news;
    mutable std::mutex m_mutex;
    std::map<Key, std::shared_ptr<FleetReader>> m_readers;
};

} // namespace qproxysql
