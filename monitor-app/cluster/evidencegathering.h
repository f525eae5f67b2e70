// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clustersource.h"

#include <QtCore/QTimer>

#include <functional>

namespace qproxysql {

class Controller;

/// Makes a controller poll until enough is proven, no source is left to wait for, or Longest has
/// passed, which ends the current poll early. Then emits a signal once and deletes itself. A child
/// of the controller, in its thread.
class EvidenceGathering : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds Longest{5};

    using Enough = std::function<bool(const ClusterView &)>;

    EvidenceGathering(Controller &controller, ClusterSource::Depth depth, Enough isEnough,
                      std::function<void()> done);

    /// True when the state of every peer in service is proven.
    static bool isAllProven(const ClusterView &view);
    /// True when, in each pool that has a peer of these names, another peer is proven to be up or
    /// all are proven not to be.
    static bool isDecided(const ClusterView &view, const QStringList &drained);

private:
    void poll();
    void consider();
    void hurry();

    Controller &m_controller;
    const ClusterSource::Depth m_depth;
    const Enough m_isEnough;
    const std::function<void()> m_done;
    QTimer m_deadline;
    bool m_isOwnPoll = false; ///< false: the poll was running before
    int m_polls = 0;
};

} // namespace qproxysql
