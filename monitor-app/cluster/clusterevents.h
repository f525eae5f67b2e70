// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QJsonObject>

namespace qproxysql {

/// Something that happened, or that the drain directory remembers. Value type.
struct ClusterEvent
{
    Q_GADGET

public:
    enum class Kind {
        Drain,
        Resume,
        Vanished,
        Health,
        Slow,
        SafeToStop,
        Application,
        ApplicationGone,
        Trouble
    };
    Q_ENUM(Kind)

    QDateTime time; ///< UTC; of a request as its writer's clock had it
    Kind kind = Kind::Trouble;
    QString pool;
    QString peer;
    QString by; ///< of a request: who
    QString text;

    QJsonObject toJson() const;
    QString toLine() const;
};

/// Turns what changes from one view to the next into events. Pure.
class ClusterEvents
{
public:
    /// The requests that a directory holds, the oldest first.
    static QList<ClusterEvent> ofDirectory(const ClusterView &view);
    static QList<ClusterEvent> between(const ClusterView &before, const ClusterView &after);
};

} // namespace qproxysql
