// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "cluster/peersearch.h"

namespace qproxysql {

/// The requests that applications of this machine obey, whether they read them from a directory,
/// the fleet's table or their disk. Value type.
struct ObeyedRequest
{
    enum class Followers {
        Local, ///< of the machine's directory: all but those with CONTROL=off
        Fleet  ///< of the fleet's tables
    };

    quint64 newest = 0; ///< newest generation that any application obeys; 0: none
    /// Applications that use \c peer differently from the request although they have read its
    /// newest generation: "billing (pid 4711)".
    QStringList others;

    /// \a requested: of \a peer; \a known: the newest generation of that peer where the request is
    /// written.
    static ObeyedRequest of(const ClusterView &view, const PeerSearch &peer, Service requested,
                            quint64 known, Followers followers);
};

} // namespace qproxysql
