// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clustersource.h"
#include "rolling/rollingfile.h"
#include "rolling/rollingrestart.h"

#include <QtCore/QTimer>

QT_BEGIN_NAMESPACE
class QProcess;
QT_END_NAMESPACE

namespace qproxysql {

/// Carries out a rolling restart on a source: polls it, makes the drain requests, runs the
/// operator's command, and saves each step before it is begun. Deleting it interrupts the rolling
/// restart, which another one can take up; a command that runs goes on. One thread with an event
/// loop.
class RollingRunner : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        RollingPlan plan;
        QString folder;          ///< of RollingFile; empty: nothing is saved
        SharedFolder::Lock lock; ///< of RollingFile, held while this exists
        /// Polls \c source, which must probe. Called again and again until it is over.
        std::function<void()> refresh;
    };
    /// \a source must outlive this.
    RollingRunner(ClusterSource &source, const Setup &setup, QObject *parent = nullptr);
    ~RollingRunner() override;

    void begin();

    const RollingPlan &plan() const { return m_restart.plan(); }
    const RollingObservation &seen() const { return m_seen; }
    bool isOver() const { return m_isOver; }
    RollingRestart::Failure failure() const { return m_restart.failure(); }
    const std::optional<DrainRefusal> &refusal() const { return m_restart.refusal(); }

    /// How a rolling restart was ended.
    struct End
    {
        std::optional<DrainRefusal> refusal; ///< it was not
        std::optional<DrainRequest> resume;  ///< to be made now: it drained a peer that is up
        QString stays; ///< the current peer stays drained: why, and what to do; or empty
    };
    /// Ends \a kept, of RollingFile, whose lock must be held. A peer stays drained while it is not
    /// proven to be up, and while its command runs, which may stop it.
    static End abort(const QString &folder, const std::optional<RollingPlan> &kept,
                     const ClusterView &view);

Q_SIGNALS:
    void changed();                       ///< a poll, or a step
    void stopWanted(const QString &peer); ///< the operator may stop this server now
    void commandStarted(const QString &peer);
    void over(); ///< plan().state and failure() say how

private:
    void observe();
    void perform(RollingRestart::Action action);
    void takeResult(const DrainRequest &request, const DrainFile::Outcome &outcome);
    void request(Service service);
    void runCommand();
    bool save();
    void finish();
    void poll();

    ClusterSource &m_source;
    const Setup m_setup;
    const RollingFile m_file;
    RollingRestart m_restart;
    RollingObservation m_seen;
    Clock::time_point m_lastProbe;
    QProcess *m_command = nullptr; ///< not a child of this: its destructor would kill it
    std::optional<Service> m_requested;
    bool m_isOver = false;
    QTimer m_timer;
};

} // namespace qproxysql
