// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainrefusal.h"
#include "pool/drainrequest.h"

#include <functional>

namespace qproxysql {

/// What a requester knew when it made the request. Value type.
struct DrainBasis
{
    /// The newest generation of this peer that it has read (DrainChange::knownGeneration), 0 for none. The
    /// request is refused as ChangedMeanwhile when there is a newer one. Unset: no check.
    std::optional<quint64> expectedGeneration{};
    /// The newest generation that applications obey, from any source; the request must be newer.
    quint64 newestObeyed = 0;
    /// Some applications obey something else, which is not among the entries: write the request although
    /// the entries already fulfil it.
    bool isDisobeyed = false;
};

/// How a request changes the entries of a drain directory. Entries are never deleted: a resume writes a
/// newer generation.
struct DrainChange
{
    QList<DrainRequest> before;
    QList<DrainRequest> after;
    /// False: the request is fulfilled already in every pool it means, and there is nothing to write.
    bool isNew = false;
    /// The entry that is in force afterwards; without a peer if there never was one.
    DrainRequest entry{};
    /// Generation of the newest earlier entry of that peer, for any pool; 0: none.
    quint64 knownGeneration = 0;
    QString knownBy{}; ///< who wrote that entry

    /// \a now: milliseconds since 1970 by this machine's clock. The new generation is greater than all
    /// known ones even if that clock was set back.
    static DrainChange of(const QList<DrainRequest> &entries, const DrainRequest &request,
                          const DrainBasis &basis, quint64 now);

    /// May refuse the change before it is written. Called while no other writer can write.
    using Guard = std::function<std::optional<DrainRefusal>(const DrainChange &)>;

    /// Why this change for \a request must not be written to the directory \a name, which holds at most
    /// \a mostEntries.
    std::optional<DrainRefusal> objection(const DrainRequest &request, const DrainBasis &basis,
                                          const QString &name, qsizetype mostEntries) const;
};

/// Nothing if \a request is valid.
std::optional<DrainRefusal> badRequest(const DrainRequest &request);

} // namespace qproxysql
