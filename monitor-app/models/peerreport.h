// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// A peer's state, its drain, and who is on it, for a ticket. Empty when there is no such peer.
QString markdownOf(const ClusterView &view, const QString &poolName, const QString &peerName);

} // namespace qproxysql
