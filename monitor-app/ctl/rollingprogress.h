// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/rollingrunner.h"
#include "ctl/drainprogress.h"

#include <optional>

namespace qproxysql {

/// Prints the progress of a rolling restart, a line for each step, and its report.
class RollingProgress
{
public:
    void print(const RollingPlan &plan, const DrainAssessment &drain);
    static void printReport(const RollingPlan &plan);
    static QString howToGoOn(const RollingPlan &plan);

private:
    QString m_peer;
    std::optional<RollingPeer::Step> m_step;
    DrainProgress m_drain;
};

} // namespace qproxysql
