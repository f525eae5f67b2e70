// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/peerlook.h"

namespace qproxysql {

/// The texts about one peer's drain. Value type.
struct DrainCard
{
    bool isDraining = false; ///< if false, the rest is empty
    QString peer;            ///< host:port
    PeerLook look = PeerLook::Draining;
    QString title;    ///< "Drain of db2:3306"
    QString who;      ///< "asked for by alice@admin1 at 14:02: kernel update"
    QString progress; ///< "34 of 41 moved · about 25 s left"
    int moved = 0;
    int left = 0;
    int peak = 0;                   ///< 0: none, or not known
    std::optional<double> timeLeft; ///< s
    QList<DrainCheck> checks;
    QStringList obstacles; ///< which applications keep sessions there and why, a sentence each
    bool isSafe = false;
    QString verdict; ///< "NOT YET SAFE TO STOP: billing-worker has a transaction open for 12 min"
    QString quietVerdict; ///< the same without running counters, for screen readers

    friend bool operator==(const DrainCard &, const DrainCard &) = default;
};

DrainCard drainCardOf(const ClusterView &view, const QString &peerName);

/// ✓ ○ ? : for checks in plain text.
QString markOf(DrainCheck::State state);

} // namespace qproxysql
