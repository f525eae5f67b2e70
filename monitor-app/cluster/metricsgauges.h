// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "cluster/metricspage.h"

namespace qproxysql {

/// Adds what \a view shows: peers, drains, processes and sessions. Sessions are those of processes
/// that answered the last time. \a pool: only that one; empty: all. Pure.
void addGauges(const ClusterView &view, const QString &pool, MetricsPage *page);

} // namespace qproxysql
