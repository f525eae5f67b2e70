// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clustersource.h"

#include <QtCore/QTimer>

#include <functional>

namespace qproxysql {

class Controller;

/// Has a controller look, from now on, until enough is proven, nobody is left to wait for, or Longest has
/// passed, when the last look is hurried; then says so, once, and deletes itself. A child of the
/// controller, in its thread.
class EvidenceGathering : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds Longest{5};

    using Enough = std::function<bool(const ClusterView &)>;

    EvidenceGathering(Controller &controller, ClusterSource::Depth depth, Enough isEnough,
                      std::function<void()> done);

    /// Of every peer that is in service it is proven whether it is up.
    static bool isAllProven(const ClusterView &view);
    /// In each pool that has a peer of these names another peer is proven to be up, or all of them are not.
    static bool isDecided(const ClusterView &view, const QStringList &drained);

private:
    void look();
    void consider();
    void hurry();

    Controller &m_controller;
    const ClusterSource::Depth m_depth;
    const Enough m_isEnough;
    const std::function<void()> m_done;
    QTimer m_deadline;
    bool m_isOwnLook = false; ///< not one that was under way before
    int m_looks = 0;
};

} // namespace qproxysql
