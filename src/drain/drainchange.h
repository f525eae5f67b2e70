// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainentry.h"
#include "drain/drainrefusal.h"

namespace qproxysql {

/// What somebody asks of a peer.
struct DrainWish
{
    QString peer;             ///< as configured, or an identity
    QStringList identities{}; ///< all other names of that server, as far as they are known
    QString pool{};           ///< empty: in every pool
    Service service = Service::Draining;
    QString reason{};
    QString requestedBy{};
    /// The newest generation that the asker has seen of this peer (DrainChange::knownGeneration), 0 for
    /// none: refused as ChangedMeanwhile when another wish came between. Unset: whatever there is.
    std::optional<quint64> expectedGeneration{};
    /// The newest that applications obey, wherever they have it from: the wish must outrank that, too.
    quint64 newestObeyed = 0;
    std::optional<int> sessions{}; ///< see DrainEntry
    /// Some of them do otherwise, by what is not among the entries: to be written although it is so there.
    bool isDisobeyed = false;
};

/// What a wish makes of the entries of a drain directory. Nothing is ever deleted: resuming writes a
/// newer generation.
struct DrainChange
{
    QList<DrainEntry> before;
    QList<DrainEntry> after;
    /// False: it is so already, in every pool that is meant, and there is nothing to write.
    bool isNew = false;
    /// The entry that holds afterwards; without a peer when none ever meant it.
    DrainEntry entry{};
    /// Of the newest entry of that peer before, whatever it says of the pools that are meant; 0: none.
    quint64 knownGeneration = 0;
    QString knownBy{}; ///< who wrote that

    /// \a now: milliseconds since 1970 by this machine's clock. The new generation is above all that are
    /// known even when that clock was set back.
    static DrainChange of(const QList<DrainEntry> &entries, const DrainWish &wish, quint64 now);
};

/// Nothing when \a wish may be written as it is.
std::optional<DrainRefusal> badRequest(const DrainWish &wish);

} // namespace qproxysql
