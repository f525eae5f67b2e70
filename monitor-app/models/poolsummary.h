// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/peerlook.h"

namespace qproxysql {

/// "3 of 5 up · 1 draining · 1 down · 104 sessions in 12 applications". Up are those in service.
QString summaryOf(const PoolView &pool, const ClusterView &view);
/// What a pool is shown as where there is room for one glyph: the worst of its peers.
PeerLook worstOf(const PoolView &pool);
/// As the name of a tab: of peers that only the drain directory knows it says so.
QString poolTitle(const QString &poolName);

} // namespace qproxysql
