// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster.h"

#include <QtCore/QString>

namespace qproxysql::simulation {

/// A course of faults. Times are from the first fault on.
struct Scenario
{
    QString name;
    QString title;
    bool startsAtOnce = false; ///< all processes start within a second, and that is the fault
    double peersFull = 0;      ///< max_connections, in even shares; 0: enough
    Span lastsFor = 0s;        ///< until the last fault is over
    Span goesOnFor = 75s;      ///< after that
    /// Every connection can have a session again from this time on; max(): at no time.
    Span worksFrom = 0s;
    Span worksWithin = 3s; ///< from then on, beside the time for the logins
    bool isOver = true;    ///< all peers can be used in the end
    /// The statements of all connections wait for the first peer that is back.
    bool doAllWait = false;
    std::function<void(Cluster &)> begin{}; ///< schedules the faults
};

const std::vector<Scenario> &scenarios();

/// One run of a scenario: \a fault is when it began.
struct Run
{
    const Scenario &scenario;
    std::unique_ptr<Cluster> cluster;
    Time fault;

    Time over() const { return fault + scenario.lastsFor; }
};
Run runScenario(const Scenario &scenario, const Size &size, Costs costs);

} // namespace qproxysql::simulation
