// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/drainrequests.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace qproxysql {

/// Puts together, for each pool, what the directories say that it follows. Of the requests that mean
/// a peer the newest holds, wherever it comes from. Thread-safe.
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

    /// What holds in \a pool. \a ask tells the parts as they are now; it is called under the mutex,
    /// so that of two threads the later one never composes older parts, and must not block. The
    /// version grows whenever a part has changed, also when the pool's CONTROL has.
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
