// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainfile.h"
#include "health/fullconnect.h"

namespace qproxysql {

/// A drain request for the whole fleet, and all that it takes to write it. Value type; used on a worker
/// thread, so that what \c guard captures must be its own.
struct FleetWrite
{
    QString schema;
    /// Servers that the request is written to, in the order in which every operator's tool goes: the
    /// first that takes it is where the decision is made.
    QList<FullConnectRequest> servers{};
    DrainRequest request;
    DrainBasis basis;          ///< expectedGeneration: of what the fleet's tables said
    QList<DrainRequest> known; ///< what the fleet's tables hold, the newest of all servers
    /// What the machine's directory says, and the tables have said before: the request must outrank
    /// that, too, and it is not written.
    QList<DrainRequest> others{};
    DrainChange::Guard guard{};
    QStringList unreachable{}; ///< servers that were not reached a moment ago, and why

    /// Decides under the first server's lock, as DrainFile::write() does, and copies to the others
    /// what they have older. On servers that replicate to each other the first is enough: others of
    /// the same Galera cluster are left out, and who has it already is not written to. Blocks.
    DrainFile::Outcome run() const;
};

} // namespace qproxysql
