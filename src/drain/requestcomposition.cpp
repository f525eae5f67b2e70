// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/requestcomposition.h"

namespace qproxysql {

RequestComposition::Requests RequestComposition::of(const QString &pool,
                                                    const std::function<Parts()> &ask)
{
    const std::lock_guard lock(m_mutex);
    const Parts parts = ask();
    Composed &composed = m_composed[pool];
    if (composed.requests && composed.parts == parts)
        return composed.requests;
    QList<DrainRequest> all;
    for (const Requests &part : {parts.local, parts.fleet}) {
        if (part)
            all += part->all();
    }
    composed.parts = parts;
    composed.requests = std::make_shared<const DrainRequests>(all, ++m_version);
    return composed.requests;
}

} // namespace qproxysql
