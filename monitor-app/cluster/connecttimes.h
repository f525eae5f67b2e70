// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace qproxysql {

/// How long our own connections to each peer took, and which peers are slow by that: one of the last five
/// says nothing, the median of them does, once there are three. A peer is slow when that is five times its
/// pool's median or longer, and not below SlowestUnnoticed; it is no longer when it falls clearly below. Of
/// an even number of peers the pool's median is the smaller of the middle ones, so that one of two can be
/// slow. One thread.
class ConnectTimes
{
public:
    static constexpr double SlowFactor = 5;
    static constexpr double SlowestUnnoticed = 20; ///< ms
    static constexpr qsizetype FewestSamples = 3;

    void note(const PeerProbe &probe); ///< each once
    void fill(QList<PoolView> *pools); ///< PeerView's connectP95Ms, connectMedianMs, isSlow

private:
    struct Samples
    {
        QList<double> all;
        QList<double> recent; ///< since it was last down, the last five
    };
    void markSlow(PoolView *pool);

    QHash<PeerAddress, Samples> m_samples; ///< ms
    QSet<QString> m_slow;                  ///< pool and peer
};

} // namespace qproxysql
