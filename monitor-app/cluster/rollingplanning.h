// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "rolling/rollingrestart.h"

namespace qproxysql {

/// The peers of a rolling restart, in the order of \a names. Without names all peers of \a pool:
/// first those that refuse writes, so that writers move once. An error names what is wrong, with
/// its kind: BadRequest for a peer that is not known, given twice, or cannot be probed.
Expected<QList<RollingPeer>, DrainRefusal> rollingPeersOf(const ClusterView &view,
                                                          const QStringList &names,
                                                          const QString &pool);
/// The pools that contain any of \a peers.
QStringList poolsOf(const ClusterView &view, const QList<RollingPeer> &peers);

/// What \a view shows of \a peer, for RollingRestart. A probe that began at \a lastProbe or before
/// says nothing new.
RollingObservation rollingObservationOf(const ClusterView &view, const QString &peer,
                                        Clock::time_point lastProbe);

} // namespace qproxysql
