// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/peerrecorder.h"
#include "window/eventmemory.h"
#include "window/watchedsource.h"

#include <QtCore/QTimer>

#include <vector>

namespace qproxysql {

/// All sources of one window, and the timer that polls them. The GUI thread.
class MonitorSources : public QObject
{
    Q_OBJECT

public:
    /// \a settings: of the machine's source; the others have the same with their own pool file.
    explicit MonitorSources(Controller::Settings settings, QObject *parent = nullptr);

    /// The applications of this machine, and the pools of \a ownPoolFile.
    WatchedSource *addMachine(const QString &ownPoolFile, const LoginSource &login);
    /// Returns the existing source when the file is open already.
    WatchedSource *addPoolFile(const QString &path, const LoginSource &login);
    WatchedSource *addDemo(); ///< at most one
    WatchedSource *add(std::unique_ptr<WatchedSource> source);
    void remove(WatchedSource *source);

    QList<WatchedSource *> all() const;
    WatchedSource *machine() const; ///< nullptr: there is none
    /// True when another source also shows a pool of this name and takes precedence.
    bool isElsewhere(const WatchedSource *source, const PoolView &pool) const;

    QStringList drainingPeers() const; ///< of all sources except the demo

    /// Keeps events in \a folder for the next start. Before the first source is added.
    void keepEvents(const QString &folder) { m_memory.open(folder); }
    /// What is known of the past of a source: kept events, the log and the directories of drains.
    QList<ClusterEvent> pastEvents(const WatchedSource *source) const;
    QString eventsProblem() const { return m_memory.problem(); } ///< empty: events are kept
    /// The history of all peers that are shown; that of the demo is never kept on disk.
    PeerRecorder &recorder() { return m_recorder; }

    QString folder() const { return m_settings.folder; } ///< of reports and the drain directory
    bool isReadOnly() const { return m_settings.isReadOnly; }
    int interval() const { return m_interval; } ///< s
    void setInterval(int seconds);
    /// An older drain counts as forgotten; applies from the next poll on.
    void setForgottenAfter(std::chrono::seconds after);
    bool isPaused() const { return !m_timer.isActive(); }
    void setPaused(bool isPaused);
    void refreshAll();

Q_SIGNALS:
    void added(qproxysql::WatchedSource *source);
    void removed(qproxysql::WatchedSource *source);
    void refreshed(qproxysql::WatchedSource *source, const QList<qproxysql::ClusterEvent> &events);
    void clockChanged(); ///< interval, pause

private:
    WatchedSource *addController(WatchedSource::Kind kind, const QString &file,
                                 const LoginSource &login);
    WatchedSource *find(WatchedSource::Kind kind, const QString &file) const;
    void record(const WatchedSource &source);

    const Controller::Settings m_settings;
    std::vector<std::unique_ptr<WatchedSource>> m_sources;
    EventMemory m_memory;
    std::chrono::seconds m_forgottenAfter = ForgottenDrain::DefaultAfter;
    PeerRecorder m_recorder;
    int m_interval = 1;
    QTimer m_timer;
};

} // namespace qproxysql
