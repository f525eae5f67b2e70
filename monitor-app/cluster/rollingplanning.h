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

/// What an operator asks for.
struct RollingWish
{
    QStringList peers; ///< see rollingPeersOf()
    QString pool;
    QString reason; ///< may be empty
    QString command;
    QString controlSchema;
};
/// A new rolling restart. Refused as RollingRestart while \a kept, of RollingFile, is unfinished,
/// and as by rollingPeersOf().
Expected<RollingPlan, DrainRefusal> planFor(const ClusterView &view, const RollingWish &wish,
                                            const std::optional<RollingPlan> &kept);
/// \a kept with \a command: its own is not run, since others may write the file. Refused as
/// RollingRestart when it is not unfinished, as BadRequest without a command or with another
/// schema than it was begun with.
Expected<RollingPlan, DrainRefusal> planToContinue(const std::optional<RollingPlan> &kept,
                                                   const QString &command,
                                                   const QString &controlSchema);
DrainRefusal noneToContinue();

/// What \a view shows of \a peer, for RollingRestart. A probe that began at \a lastProbe or before
/// says nothing new.
RollingObservation rollingObservationOf(const ClusterView &view, const QString &peer,
                                        Clock::time_point lastProbe);

} // namespace qproxysql
