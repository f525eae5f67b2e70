// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "scenario.h"

#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

namespace qproxysql::simulation {

/// The figures of one run, and the limits that it broke. Times are seconds.
struct Findings
{
    explicit Findings(const Run &run);

    QString scenario;
    double idleProbes = 0; ///< a second and peer before the fault, most of the peers
    int mostConnects = 0;  ///< at a peer in a second after the fault, of any purpose
    int mostCalm = 0;      ///< the same, where nobody waits, without drains
    double calmLimit = 0;
    int mostDrain = 0;      ///< at a peer in a second
    double worksAfter = -1; ///< until all connections work again, after they could; -1: not
    double evenAfter = -1; ///< until the sessions are spread evenly, after the fault is over; -1: not
    double mostHeld = 0;   ///< sessions on a peer after the fault, in even shares
    double mostGained = 0; ///< the same, on peers that have more than when the fault was over
    double mostProbes = 0; ///< a second and peer after the fault: with refused ones
    int full = 0;          ///< 1040s in all
    int mostFull = 0;      ///< at a peer in a second
    int late = 0;          ///< connects that timed out
    int failures = 0;      ///< opens and statements that failed
    double outageProbes =
            0; ///< a second and peer at the end of an outage of all peers, refused ones too
    double fullPerSecond = 0; ///< 1040s a second and peer, on average while a peer was away
    int mostReadings = 0;     ///< of the fleet's drain table, at a peer in a second
    QStringList broken;       ///< one sentence a limit

    QJsonObject json() const;

private:
    void count(const Run &run);
    void measureOutage(const Run &run);
    void measureSpread(const Run &run);
    void check(const Run &run);
};

} // namespace qproxysql::simulation
