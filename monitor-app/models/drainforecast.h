// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// What a drain of a peer would do, for whoever is about to ask for it. Value type.
struct DrainForecast
{
    struct Landing
    {
        QString peer; ///< host:port
        QString pool;
        int now = 0;              ///< sessions
        int more = 0;             ///< that would land there, about
        std::optional<int> limit; ///< of the server's sessions
        bool isOverLimit() const { return limit && now + more > *limit; }

        friend bool operator==(const Landing &, const Landing &) = default;
    };

    bool isKnown = false; ///< there is such a peer
    QString peer;
    bool isDraining = false;     ///< already
    std::optional<int> sessions; ///< there now; nothing: nobody can tell
    QList<Landing> landings;     ///< on those that would be chosen
    int othersUp = 0;            ///< in the pool that has fewest
    bool isAnyUnproven = false;  ///< another one may be up, but nobody has shown it lately
    QString lastHealthyOf;       ///< pool that would have nobody left; empty: none
    QStringList alsoDraining;    ///< other peers of its pools

    QString sessionsText() const; ///< "41 sessions now"
    QString othersText() const;   ///< "3 other peers up"
    QString warning() const; ///< of the last healthy peer, a second drain, a limit; empty: none

    friend bool operator==(const DrainForecast &, const DrainForecast &) = default;
};

DrainForecast drainForecastOf(const ClusterView &view, const QString &peerName);

} // namespace qproxysql
