// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "window/watchedsource.h"

#include <QtCore/QTimer>

#include <vector>

namespace qproxysql {

/// All sources of one window, and the clock that has them look. The GUI thread.
class MonitorSources : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        QString folder; ///< of the drain directory
        QString pool;   ///< only this one; empty: all
        bool isReadOnly = false;
        bool trustsReports = false; ///< see Controller::Settings
        QString controlSchema =
                QString(); ///< of the fleet's drain directory; empty: it is not looked at
    };
    explicit MonitorSources(Setup setup, QObject *parent = nullptr);
    ~MonitorSources() override;

    /// The applications of this machine, and the pools of \a ownPoolFile.
    WatchedSource *addMachine(const QString &ownPoolFile, const LoginSource &login);
    /// The one that has it open already, if any.
    WatchedSource *addPoolFile(const QString &path, const LoginSource &login);
    WatchedSource *addDemo(); ///< once
    WatchedSource *add(std::unique_ptr<WatchedSource> source);
    void remove(WatchedSource *source);

    QList<WatchedSource *> all() const;
    WatchedSource *machine() const; ///< nullptr: there is none
    QStringList poolFiles() const;  ///< that are open
    /// A pool of this name is another source's to show, too, and that one is the better place.
    bool isElsewhere(const WatchedSource *source, const PoolView &pool) const;

    QStringList drainingPeers() const; ///< of all sources but the demo

    bool isReadOnly() const { return m_setup.isReadOnly; }
    int interval() const { return m_interval; } ///< s
    void setInterval(int seconds);
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

    const Setup m_setup;
    std::vector<std::unique_ptr<WatchedSource>> m_sources;
    int m_interval = 1;
    QTimer m_timer;
};

} // namespace qproxysql
