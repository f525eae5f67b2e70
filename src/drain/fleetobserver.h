// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/fleetreader.h"
#include "health/supervisor.h"

#include <map>
#include <optional>

namespace qproxysql {

/// Follows the fleet's drain tables for all pools of the process with CONTROL=fleet, with one FleetReader
/// each. Process-wide, never destroyed; any thread.
class FleetObserver
{
public:
    static FleetObserver &instance();

    /// Starts it; call it once. \a news is called on a worker when a pool has new requests.
    void install(std::function<void()> news);

    /// Call it before a peer of \a pool is chosen: reads the copy on disk. True when something is new. The
    /// first call blocks on disk I/O.
    bool attend(PeerPool &pool);

    /// The fleet's requests for \a pool; nullptr unless the pool has CONTROL=fleet.
    std::shared_ptr<const DrainRequests> requests(const PeerPool &pool) const;
    /// The newest generation of all readers; 0: none.
    quint64 generation() const;

    /// The sessions that it reads over at present; they are not the pools' own.
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
    std::optional<Chore> m_readings;
};

} // namespace qproxysql
