// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QJsonObject>

namespace qproxysql {

/// An event that was observed or that is recorded in the drain directory. Value type.
struct ClusterEvent
{
    Q_GADGET

public:
    enum class Kind {
        Drain,
        Resume,
        Vanished,
        Health,
        Down,      ///< cannot be used, and nobody has drained it
        UpAgain,   ///< after Down
        Stalled,   ///< its drain
        Forgotten, ///< its drain, perhaps; see PeerView::isForgotten
        Slow,
        SafeToStop,
        Application,
        ApplicationGone,
        Trouble
    };
    Q_ENUM(Kind)

    QDateTime time; ///< UTC; of a request: the time by its writer's clock
    Kind kind = Kind::Trouble;
    QString pool;
    QString peer;
    QString by; ///< who made the request
    QString text;

    QJsonObject toJson() const;
    QString toLine() const;

    friend bool operator==(const ClusterEvent &, const ClusterEvent &) = default;
};

/// Turns the differences between successive views into events. Pure.
class ClusterEvents
{
public:
    /// The requests in a directory, the oldest first.
    static QList<ClusterEvent> ofDirectory(const ClusterView &view);
    static QList<ClusterEvent> between(const ClusterView &before, const ClusterView &after);
};

} // namespace qproxysql
