// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace qproxysql {

/// How long our own connections to each peer took, and which peers are slow. Uses the median of the
/// last five, from three samples on. A peer becomes slow at five times its pool's median, but not
/// below SlowestUnnoticed, and stays slow until it is clearly below. For an even number of peers
/// the pool's median is the smaller of the two middle values, so that one of two peers can be slow.
/// One thread.
class ConnectTimes
{
public:
    static constexpr double SlowFactor = 5;
    static constexpr double SlowestUnnoticed = 20; ///< ms
    static constexpr qsizetype FewestSamples = 3;

    void note(const PeerProbe &probe); ///< each probe once
    void fill(QList<PoolView> *pools); ///< sets PeerView's connectP95Ms, connectMedianMs, isSlow

private:
    struct Samples
    {
        QList<double> all;
        QList<double> recent; ///< the last five since it was last down
    };
    void markSlow(PoolView *pool);

    QHash<PeerAddress, Samples> m_samples; ///< ms
    QSet<QString> m_slow;                  ///< pool and peer
};

} // namespace qproxysql
