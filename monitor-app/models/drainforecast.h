// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// The expected effect of draining peers, for the operator who is about to request it. Value type.
struct DrainForecast
{
    struct Landing
    {
        QString peer;             ///< host:port
        int now = 0;              ///< sessions
        int more = 0;             ///< estimated sessions that move there
        std::optional<int> limit; ///< of the server's sessions
        bool isOverLimit() const { return limit && now + more > *limit; }
    };

    bool isKnown = false;        ///< the peers exist
    bool isDraining = false;     ///< all of them, already
    std::optional<int> sessions; ///< now on the peers; nothing: not known
    QList<Landing> landings;     ///< on the peers that would be chosen
    int othersUp = 0;            ///< in the pool that has fewest
    bool isAnyUnproven = false;  ///< another peer may be up, but without recent proof
    QString lastHealthyOf;       ///< the pool that would have no peer left; empty: none
    QStringList alsoDraining;    ///< other peers of its pools

    QString sessionsText() const; ///< "41 sessions now"
    QString othersText() const;   ///< "3 other peers up"
    QString warning() const; ///< of the last healthy peer, a second drain, a limit; empty: none
};

DrainForecast drainForecastOf(const ClusterView &view, const QStringList &peerNames);

} // namespace qproxysql
