// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QObject>

QT_BEGIN_NAMESPACE
class QAction;
class QActionGroup;
class QLineEdit;
class QMainWindow;
class QMenu;
QT_END_NAMESPACE

namespace qproxysql {

/// All actions of the window with their menus and shortcuts. Owned by the window, which connects
/// them.
class MonitorActions : public QObject
{
    Q_OBJECT

public:
    explicit MonitorActions(QMainWindow *window);

    QAction *addPool, *openPoolFile, *demoPool, *editPool, *closePool, *exportPool, *quit;
    QAction *drain, *resume, *recheck, *rolling, *copyRows, *copyReport;
    QAction *copyDrain, *copyResume, *copyRecheck; ///< as command
    QAction *refresh, *pause, *problemsOnly, *filter;
    QAction *showApplications, *showDetails, *showEvents, *showGraphs, *nextPane, *previousPane;
    QAction *nextPool, *previousPool;
    QAction *logIn, *recordEvents, *settings;
    QAction *legend, *shortcuts, *guide, *about, *aboutQt;
    QActionGroup *intervals; ///< the data of each: s
    QMenu *columns;          ///< filled when it is opened
    QMenu *newPoolMenu;      ///< of the [+] beside the tabs
    QLineEdit *filterEdit;

    QMenu *peerMenu() const { return m_peerMenu; }
    /// Binds the actions on peers to these, which they carry as their data; none: they are
    /// disabled.
    void bindPeers(const QStringList &peers);
    QStringList boundPeers() const;

private:
    void makeFile(QMainWindow *window);
    void makePeer(QMainWindow *window);
    void makeView(QMainWindow *window);
    void makeIntervals(QMenu *view);
    void makeTools(QMainWindow *window);
    void makeHelp(QMainWindow *window);
    void makeToolBar(QMainWindow *window);

    QMenu *m_peerMenu;
    QMenu *m_copyMenu;
};

} // namespace qproxysql
