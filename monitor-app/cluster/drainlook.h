// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/peersearch.h"

namespace qproxysql {

/// The evidence in a view for the verdict over one peer. Pure. \a acceptSilent: the operator
/// accepts the risk of silent applications.
DrainEvidence drainEvidence(const ClusterView &view, const PeerSearch &peer, bool acceptSilent);

} // namespace qproxysql
