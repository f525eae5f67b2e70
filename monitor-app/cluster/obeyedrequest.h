// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "cluster/peersearch.h"

namespace qproxysql {

/// What applications of this machine obey, wherever they have read it: a directory, the fleet's table
/// as it once was, or their disk. Value type.
struct ObeyedRequest
{
    enum class Followers {
        Local, ///< of the machine's directory: all but those with CONTROL=off
        Fleet  ///< of the fleet's tables
    };

    quint64 newest = 0; ///< generation that any of them obeys, 0: none
    /// Those that hold \c peer in another service than is requested, although they know of all that was
    /// written of it where the request goes: "billing (pid 4711)".
    QStringList others;

    /// \a requested: of \a peer; \a known: the newest generation of that peer where the request is written.
    static ObeyedRequest of(const ClusterView &view, const PeerSearch &peer, Service requested,
                            quint64 known, Followers followers);
};

} // namespace qproxysql
