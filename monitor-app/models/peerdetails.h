// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// One detail of a peer. Value type.
struct PeerDetail
{
    static constexpr int ColumnCount = 2;

    QString key; ///< not translated
    QString name;
    QString value;

    friend bool operator==(const PeerDetail &, const PeerDetail &) = default;
};

/// The details of \a peer and their sources; unknown ones are left out.
QList<PeerDetail> peerDetailsOf(const PeerView &peer);

/// The peer of a view; nullptr: none. \a poolName: null (not empty) for the first pool that has it.
const PeerView *findPeer(const ClusterView &view, const QString &poolName, const QString &peerName);
const PoolView *findPool(const ClusterView &view, const QString &poolName);

} // namespace qproxysql
