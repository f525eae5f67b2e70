// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QMenu;
class QStackedWidget;
class QTabBar;
class QToolButton;
QT_END_NAMESPACE

namespace qproxysql {

class MonitorSources;
class PoolPage;
class WatchedSource;
struct ClusterEvent;

/// A tab for each pool, and a [+] beside them. Tabs are added and removed with the pools of the
/// sources; each shows the worst state of its peers.
class PoolTabs : public QWidget
{
    Q_OBJECT

public:
    /// The tab of a pool that no source reports any more is kept for this number of refreshes.
    static constexpr int Patience = 10;

    PoolTabs(MonitorSources &sources, QMenu *newPoolMenu, QWidget *parent = nullptr);

    QList<PoolPage *> pages() const;
    PoolPage *currentPage() const; ///< nullptr: there is none
    void setCurrentPage(PoolPage *page);
    PoolPage *find(const WatchedSource *source, const QString &pool) const;
    void step(int by); ///< to another tab

Q_SIGNALS:
    void pageAdded(qproxysql::PoolPage *page);
    void currentPageChanged();
    void pagesChanged(); ///< their number

private:
    void refresh(WatchedSource *source, const QList<ClusterEvent> &events);
    void remove(WatchedSource *source);
    PoolPage *addPage(WatchedSource *source, const QString &pool);
    void removePage(PoolPage *page);
    void showWorst(PoolPage *page);
    int indexOf(const PoolPage *page) const;

    MonitorSources &m_sources;
    QTabBar *m_bar;
    QToolButton *m_plus;
    QStackedWidget *m_stack;
};

} // namespace qproxysql
