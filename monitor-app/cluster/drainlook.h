// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/peersearch.h"

namespace qproxysql {

/// The evidence that a view holds for the verdict over one peer. Pure.
/// \a acceptSilent: the operator takes silent applications upon himself.
DrainEvidence drainEvidence(const ClusterView &view, const PeerSearch &peer, bool acceptSilent);

} // namespace qproxysql
