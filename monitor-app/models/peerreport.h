// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// A peer's state, drain and applications in Markdown, for a ticket. Empty when there is no such
/// peer.
QString markdownOf(const ClusterView &view, const QString &poolName, const QString &peerName);

} // namespace qproxysql
