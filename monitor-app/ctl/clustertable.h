// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

enum class TableColors { Off, On };

/// A view as text for a terminal: a table for each pool, then the applications. Colours repeat what
/// the text says.
QStringList clusterTable(const ClusterView &view, TableColors colors);

} // namespace qproxysql
