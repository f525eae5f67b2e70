// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// A view as text for a terminal: a table for each pool, then the applications.
QStringList clusterTable(const ClusterView &view);

} // namespace qproxysql
