// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/displaystate.h"

namespace qproxysql {

/// "3 of 5 up · 1 draining · 1 down · 104 sessions in 12 applications". Counts as up only peers in
/// service.
QString summaryOf(const PoolView &pool, const ClusterView &view);
/// The glyph of a pool: that of its worst peer.
DisplayState worstOf(const PoolView &pool);
/// The name of a tab; also names the pool of peers that only the drain directory knows.
QString poolTitle(const QString &poolName);

} // namespace qproxysql
