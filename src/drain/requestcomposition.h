// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/drainrequests.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace qproxysql {

/// Combines for each pool the requests of all directories that it follows. Of the requests for a peer the
/// newest is in force, whatever its directory. Thread-safe.
class RequestComposition
{
public:
    using Requests = std::shared_ptr<const DrainRequests>;
    struct Parts
    {
        Requests local;
        Requests fleet; ///< nullptr: the pool does not follow the fleet

        friend bool operator==(const Parts &, const Parts &) = default;
    };

    /// The requests for \a pool. \a ask returns the present parts. It is called under the mutex, so that of
    /// two threads the later one never combines older parts, and must not block. The version grows
    /// whenever a part or the pool's CONTROL has changed.
    Requests of(const QString &pool, const std::function<Parts()> &ask);

private:
    struct Composed
    {
        Parts parts;
        Requests requests;
    };

    std::mutex m_mutex;
    std::map<QString, Composed> m_composed;
    quint64 m_version = 0;
};

} // namespace qproxysql
