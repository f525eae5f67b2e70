// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "cluster/drainlog.h"

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
    quint64 generation = 0; ///< of a request; else 0
    bool isForced = false;  ///< a drain that took a pool's last healthy peer, or might have
    QString via{};          ///< the program that made the request; empty: not known
    QString from{};         ///< where it was made; empty: not known

    QJsonObject toJson() const;
    static ClusterEvent fromJson(const QJsonObject &object); ///< an unknown kind: Trouble
    QString toLine() const;

    friend bool operator==(const ClusterEvent &, const ClusterEvent &) = default;
};

/// Turns the differences between successive views into events. Pure.
class ClusterEvents
{
public:
    /// The requests in the log and in the view's directories, the oldest first, each once; before
    /// them what could not be read of the log.
    static QList<ClusterEvent> recorded(const DrainLog::Reading &log, const ClusterView &view);
    /// The requests in the view's directories, and what an operator must know who has just come: peers
    /// that are down, drains that may be forgotten.
    static QList<ClusterEvent> atStart(const ClusterView &view);
    static QList<ClusterEvent> between(const ClusterView &before, const ClusterView &after);
};

} // namespace qproxysql
