// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/fullconnect.h"
#include "drain/drainfile.h"

namespace qproxysql {

/// A drain request for the whole fleet with everything needed to write it. Value type; used on a
/// worker thread, so \c guard must own what it captures.
struct FleetWrite
{
    QString schema;
    /// The servers to write to, in the same order for every operator: the first one that accepts
    /// the request decides.
    QList<FullConnectRequest> servers{};
    DrainRequest request;
    DrainBasis basis;          ///< expectedGeneration: of the fleet's tables
    QList<DrainRequest> known; ///< rows of the fleet's tables, the newest of all servers
    /// Requests of the machine's directory and earlier ones of the tables. The new request must
    /// outrank them; they are not written.
    QList<DrainRequest> others{};
    DrainChange::Guard guard{};
    QStringList unreachable{}; ///< servers that could not be reached just now, and why

    /// Decides under the first server's lock, as DrainFile::write() does, and copies newer rows to
    /// the others. Servers that already have the rows, and other nodes of the same Galera cluster,
    /// are skipped. Blocks.
    DrainFile::Outcome run() const;
};

} // namespace qproxysql
