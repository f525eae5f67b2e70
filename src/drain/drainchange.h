// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainrefusal.h"
#include "pool/drainrequest.h"

#include <functional>

namespace qproxysql {

/// What a requester knew when he asked. Value type.
struct DrainBasis
{
    /// The newest generation that he has seen of this peer (DrainChange::knownGeneration), 0 for none:
    /// refused as ChangedMeanwhile when another request came between. Unset: whatever there is.
    std::optional<quint64> expectedGeneration{};
    /// The newest that applications obey, wherever they have it from: the request must outrank that, too.
    quint64 newestObeyed = 0;
    /// Some of them do otherwise, by what is not among the entries: to be written although it is so there.
    bool isDisobeyed = false;
};

/// What a request makes of the entries of a drain directory. Nothing is ever deleted: resuming writes a
/// newer generation.
struct DrainChange
{
    QList<DrainRequest> before;
    QList<DrainRequest> after;
    /// False: it is so already, in every pool that is meant, and there is nothing to write.
    bool isNew = false;
    /// The entry that holds afterwards; without a peer when none ever meant it.
    DrainRequest entry{};
    /// Of the newest entry of that peer before, whatever it says of the pools that are meant; 0: none.
    quint64 knownGeneration = 0;
    QString knownBy{}; ///< who wrote that

    /// \a now: milliseconds since 1970 by this machine's clock. The new generation is above all that are
    /// known even when that clock was set back.
    static DrainChange of(const QList<DrainRequest> &entries, const DrainRequest &request,
                          const DrainBasis &basis, quint64 now);

    /// May refuse what is about to be written. Runs while nobody else can write.
    using Guard = std::function<std::optional<DrainRefusal>(const DrainChange &)>;

    /// Why a new change of \a request must not be written to the directory \a name, which holds at
    /// most \a mostEntries.
    std::optional<DrainRefusal> objection(const DrainRequest &request, const DrainBasis &basis,
                                          const QString &name, qsizetype mostEntries) const;
};

/// Nothing when \a request may be written as it is.
std::optional<DrainRefusal> badRequest(const DrainRequest &request);

} // namespace qproxysql
