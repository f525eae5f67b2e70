// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/applicationsmodel.h"
#include "models/detailsmodel.h"
#include "window/watchedsource.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QSplitter;
class QTabWidget;
QT_END_NAMESPACE

namespace qproxysql {

class DrainCardWidget;
class EventsPane;
class GraphsPane;
class OtherDrains;
class PeerRecorder;
class PeersTable;
class RowsView;

/// One pool of one source: summary, peers, the card of a drain, and the panes below.
class PoolPage : public QWidget
{
    Q_OBJECT

public:
    enum Pane { Applications, Details, Events, Graphs, PaneCount };

    /// \a recorder: has what the graphs show.
    PoolPage(WatchedSource &source, const QString &pool, const PeerRecorder &recorder,
             QWidget *parent = nullptr);

    WatchedSource &source() const { return m_source; }
    QString pool() const { return m_pool; }
    const PoolView *poolView() const; ///< nullptr: the source has no such pool now
    QString currentPeer() const;
    /// Updates the page from the source's view; \a events: new ones.
    void refresh(const QList<ClusterEvent> &events);
    /// Adds the events from before the page was created.
    void remember(const QList<ClusterEvent> &events);
    int missedRefreshes() const { return m_missed; } ///< consecutive refreshes without the pool
    /// The user has removed or renamed the pool: its tab goes as soon as no source has it.
    void setClosed() { m_isClosed = true; }
    bool isClosed() const { return m_isClosed; }

    PeersTable &table() const { return *m_table; }
    DrainCardWidget &card() const { return *m_card; }
    QSplitter &splitter() const { return *m_splitter; }
    EventsPane &events() const { return *m_events; }

    void showPane(Pane pane); ///< and gives it the focus
    void cyclePanes(int by);  ///< moves the focus

Q_SIGNALS:
    void changed(); ///< selection or new events

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addPanes();
    void showPeer();
    QWidget *focusOf(int pane) const;
    QString titleOf(const QString &without, const QString &named) const;
    void showApplications();
    void showGraphs();
    void showDrains();

    WatchedSource &m_source;
    const QString m_pool;
    const PeerRecorder &m_recorder;
    int m_missed = 0;
    bool m_isClosed = false;
    bool m_wasSelected = false; ///< the worst peer, once
    QLabel *m_summary;
    QLabel *m_time;
    PeersTable *m_table;
    DrainCardWidget *m_card;
    OtherDrains *m_otherDrains;
    QTabWidget *m_panes;
    ApplicationsModel m_applications;
    QSortFilterProxyModel m_sortedApplications;
    QLabel *m_applicationsTitle;
    QLabel *m_detailsTitle;
    DetailsModel m_details;
    EventsPane *m_events;
    GraphsPane *m_graphs;
    RowsView *m_rows[Graphs]; ///< of each pane that has rows
    QSplitter *m_splitter;
};

} // namespace qproxysql
