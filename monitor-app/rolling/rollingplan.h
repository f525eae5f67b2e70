// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/enumname.h"
#include "config/expected.h"
#include "pool/drainrequest.h"
#include "rolling/commandprocess.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QStringList>

namespace qproxysql {

/// How far a rolling restart has come with one peer. Value type.
struct RollingPeer
{
    Q_GADGET

public:
    enum class Step {
        Check,  ///< whether all peers of its pools are up and none of them drains
        Drain,  ///< until it is safe to stop
        Stop,   ///< until the server has gone, or was seen to have been started anew
        Return, ///< until it answers again
        Health, ///< until it is ready; a node of a cluster is synced
        Resume, ///< until the applications use it again
        Done
    };
    Q_ENUM(Step)

    QString peer; ///< host:port, or localhost:/path
    Step step = Step::Check;
    quint64 drained = 0; ///< generation of our drain request; 0: none was written
    quint64 resumed = 0; ///< generation of our resume
    /// When the server was started, before its restart: seconds since 1970 by its own clock.
    std::optional<double> startedAt;
    /// Seconds for which it would have been up now, had it not been restarted.
    std::optional<double> uptime;
    bool isCommandBegun = false;
    CommandProcess command;     ///< until it is seen to end
    QMap<Step, double> seconds; ///< that each step took

    friend bool operator==(const RollingPeer &, const RollingPeer &) = default;
};

/// The longest time of each step, in seconds.
struct RollingLimits
{
    double drain = 3600;
    double stop = 600;
    double start = 600; ///< of RollingPeer::Step::Return
    double sync = 3600; ///< of RollingPeer::Step::Health
    double resume = 60;

    friend bool operator==(const RollingLimits &, const RollingLimits &) = default;
};

/// A rolling restart: what was asked for and how far it has come. RollingFile keeps it. Value type.
struct RollingPlan
{
    Q_GADGET

public:
    static constexpr int Format = 1;

    enum class State {
        Running, ///< or interrupted
        Failed,  ///< a step failed; it can be continued
        Finished,
        Aborted ///< ended by an operator, or failed before it had changed anything
    };
    Q_ENUM(State)

    State state = State::Running;
    QString by; ///< "alice@admin1"
    QDateTime at;
    QDateTime savedAt;
    QString reason;
    QStringList pools; ///< that have one of its peers
    QString controlSchema;
    /// What each server was to be restarted with. For people: it is never run from the file, which
    /// others may write.
    QString command;
    RollingLimits limits;
    QList<RollingPeer> peers;
    QString failure; ///< why it failed, a sentence

    bool isUnfinished() const { return state == State::Running || state == State::Failed; }
    const RollingPeer *current() const; ///< the first that is not done; nullptr: none
    RollingPeer *current()
    {
        peers.detach(); // a copy of the plan keeps its own
        return const_cast<RollingPeer *>(std::as_const(*this).current());
    }
    bool hasBegun() const; ///< something was changed
    /// True if \a entry is the drain of the current peer that this rolling restart has requested,
    /// even if it was interrupted before it noted that.
    bool hasRequested(const std::optional<DrainRequest> &entry) const;

    QByteArray toJson() const;
    static Expected<RollingPlan> parse(const QByteArray &text);

    friend bool operator==(const RollingPlan &, const RollingPlan &) = default;
};

} // namespace qproxysql
