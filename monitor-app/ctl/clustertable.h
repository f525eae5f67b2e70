// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// A view as text for a terminal: a table for each pool, then the applications. No state.
class ClusterTable
{
public:
    static QStringList lines(const ClusterView &view);
    /// "Up, draining: 7 of 41 left": shows both health and service.
    static QString stateOf(const PeerView &peer);

private:
    static QStringList poolLines(const PoolView &pool);
    static QStringList applicationLines(const QList<KnownProcess> &processes);
};

} // namespace qproxysql
