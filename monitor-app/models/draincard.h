// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/displaystate.h"

#include <algorithm>

namespace qproxysql {

/// The texts about one peer's drain. Value type.
struct DrainCard
{
    enum class Safety { Unknown, NotYet, Safe };
    struct Verdict
    {
        Safety safety = Safety::Unknown;
        QString headline;    ///< "NOT YET SAFE TO STOP"
        QString reason;      ///< "billing-worker has a transaction open for 12 min"
        QString text() const ///< both
        {
            return reason.isEmpty() ? headline : QString(headline + QLatin1String(": ") + reason);
        }

        friend bool operator==(const Verdict &, const Verdict &) = default;
    };

    bool isDraining = false; ///< if false, the rest is empty
    QString peer;            ///< host:port
    DisplayState state = DisplayState::Draining;
    QString title;    ///< "Drain of db2:3306"
    QString who;      ///< "asked for by alice@admin1 at 14:02: kernel update"
    QString progress; ///< "34 of 41 moved · about 25 s left"
    DrainAssessment drain;
    Verdict verdict;
    QString quietVerdict; ///< its text without running counters, for screen readers

    int moved() const { return std::max(0, drain.peak - drain.left); }

    friend bool operator==(const DrainCard &, const DrainCard &) = default;
};

DrainCard drainCardOf(const ClusterView &view, const QString &peerName);

/// ✓ ○ ? : for checks in plain text.
QString markOf(DrainCheck::State state);

} // namespace qproxysql
