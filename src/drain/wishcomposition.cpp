// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/wishcomposition.h"

namespace qproxysql {

WishComposition::Wishes WishComposition::of(const QString &pool, const std::function<Parts()> &ask)
{
    const std::lock_guard lock(m_mutex);
    const Parts parts = ask();
    Composed &composed = m_composed[pool];
    if (composed.wishes && composed.parts == parts)
        return composed.wishes;
    QList<PeerWish> all;
    for (const Wishes &part : {parts.local, parts.fleet}) {
        if (part)
            all += part->all();
    }
    composed.parts = parts;
    composed.wishes = std::make_shared<const PeerWishes>(all, ++m_version);
    return composed.wishes;
}

} // namespace qproxysql
