// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/poolpage.h"

#include "cluster/peerrecorder.h"
#include "models/draincard.h"
#include "models/peerdetails.h"
#include "models/poolsummary.h"
#include "window/draincardwidget.h"
#include "window/eventspane.h"
#include "window/graphspane.h"
#include "window/otherdrains.h"
#include "window/peerstable.h"
#include "window/rowsview.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

PoolPage::PoolPage(WatchedSource &source, const QString &pool, const PeerRecorder &recorder,
                   QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_pool(pool)
    , m_recorder(recorder)
    , m_summary(new QLabel(this))
    , m_time(new QLabel(this))
    , m_table(new PeersTable(pool, this))
    , m_card(new DrainCardWidget(this))
    , m_otherDrains(new OtherDrains(this))
    , m_panes(new QTabWidget(this))
    , m_applicationsTitle(new QLabel(this))
    , m_detailsTitle(new QLabel(this))
    , m_events(new EventsPane(pool, this))
    , m_graphs(new GraphsPane(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
{
    m_summary->setObjectName(u"summary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_time->setObjectName(u"time"_s);
    m_time->setTextFormat(Qt::PlainText);
    addPanes();
    auto *const head = new QHBoxLayout;
    head->addWidget(m_summary, 1);
    head->addWidget(m_time);
    auto *const lower = new QWidget(this);
    auto *const lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->addWidget(m_otherDrains);
    lowerLayout->addWidget(m_card);
    lowerLayout->addWidget(m_panes, 1);
    m_splitter->setObjectName(u"splitter"_s);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(lower);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addLayout(head);
    layout->addWidget(m_splitter, 1);
    connect(m_table, &PeersTable::selectedPeersChanged, this, &PoolPage::showPeer);
    connect(m_otherDrains, &OtherDrains::wanted, m_table, &PeersTable::setCurrentPeer);
    connect(m_panes, &QTabWidget::currentChanged, this, &PoolPage::showPeer);
    connect(m_events, &EventsPane::newEventsChanged, this, &PoolPage::changed);
    connect(m_graphs, &GraphsPane::spanChanged, this, &PoolPage::showGraphs);
}

void PoolPage::addPanes()
{
    m_panes->setObjectName(u"panes"_s);
    m_panes->setAccessibleName(tr("Panes"));
    m_panes->tabBar()->setAccessibleName(tr("Panes"));
    m_panes->setDocumentMode(true);
    m_sortedApplications.setSourceModel(&m_applications);
    m_sortedApplications.setSortRole(ApplicationsModel::SortRole);
    for (QLabel *title : {m_applicationsTitle, m_detailsTitle})
        title->setTextFormat(Qt::PlainText);
    m_applicationsTitle->setObjectName(u"applicationsTitle"_s);
    m_detailsTitle->setObjectName(u"detailsTitle"_s);
    auto *const applications = new RowsView(tr("Applications"),
                                            {{ApplicationsModel::Application, 1}}, this);
    applications->setObjectName(u"applications"_s);
    applications->setModel(&m_sortedApplications);
    applications->setSortingEnabled(true);
    applications->sortByColumn(ApplicationsModel::Sessions, Qt::DescendingOrder);
    auto *const details = new RowsView(tr("Details"), {{DetailsModel::Value, 1}}, this);
    details->setObjectName(u"details"_s);
    details->setModel(&m_details);
    const auto paneOf = [this](const QList<QWidget *> &widgets) {
        auto *const pane = new QWidget(this);
        auto *const layout = new QVBoxLayout(pane);
        layout->setContentsMargins(4, 4, 4, 4);
        for (QWidget *widget : widgets)
            layout->addWidget(widget);
        return pane;
    };
    m_panes->addTab(paneOf({m_applicationsTitle, applications}), tr("&Who is still on it"));
    m_panes->addTab(paneOf({m_detailsTitle, details}), tr("Detai&ls"));
    m_panes->addTab(m_events, tr("&Events"));
    m_panes->addTab(m_graphs, tr("&Graphs"));
    std::ranges::copy(std::initializer_list{applications, details, m_events->rows()}, m_rows);
}

const PoolView *PoolPage::poolView() const
{
    return findPool(m_source.view(), m_pool);
}

QString PoolPage::currentPeer() const
{
    return m_table->currentPeer();
}

void PoolPage::refresh(const QList<ClusterEvent> &events)
{
    const PoolView *const pool = poolView();
    m_missed = pool ? 0 : m_missed + 1;
    m_table->setView(m_source.view());
    m_events->append(events);
    if (pool)
        m_summary->setText(summaryOf(*pool, m_source.view()));
    m_time->setText(locale().toString(m_source.view().time.toLocalTime().time(), u"HH:mm:ss"_s));
    if (!m_wasSelected && m_table->order().rowCount() > 0) {
        m_wasSelected = true;
        m_table->selectWorst();
    }
    showPeer();
}

void PoolPage::remember(const QList<ClusterEvent> &events)
{
    m_events->append(events, EventsPane::Age::Old);
}

/// Updates visible panes only.
void PoolPage::showPeer()
{
    showDrains();
    if (m_rows[Applications]->isVisible())
        showApplications();
    if (m_rows[Details]->isVisible()) {
        m_details.setView(m_source.view(), m_pool, currentPeer());
        m_detailsTitle->setText(
                titleOf(tr("Select a peer to see its details."), tr("Details of %1:")));
        m_rows[Details]->fitColumns();
    }
    if (m_graphs->isVisible())
        showGraphs();
    Q_EMIT changed();
}

/// \a named: with the place of the peer's name. Says when only one of several is shown.
QString PoolPage::titleOf(const QString &without, const QString &named) const
{
    const QString peer = currentPeer();
    if (peer.isEmpty())
        return without;
    const int more = int(m_table->selectedPeers().size()) - 1;
    return more == 0 ? named.arg(peer)
                     : named.arg(peer) + u' ' + tr("(%n more selected)", "peers", more);
}

void PoolPage::showApplications()
{
    const QString peer = currentPeer();
    m_applications.setView(m_source.view(), peer);
    m_applicationsTitle->setText(titleOf(tr("Select a peer to see who is on it."),
                                         m_applications.rowCount() == 0
                                                 ? tr("Nobody is known to be on %1.")
                                                 : tr("On %1:")));
    m_rows[Applications]->fitColumns();
}

void PoolPage::showGraphs()
{
    const HistoryRing *const ring = m_recorder.find(m_pool, currentPeer());
    m_graphs->setHistory(titleOf(tr("Select a peer to see its graphs."), tr("Graphs of %1:")), ring,
                         m_source.view().time.toMSecsSinceEpoch());
}

void PoolPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showPeer();
}

/// The card is that of the selected peer, so that it never is about another one.
void PoolPage::showDrains()
{
    const ClusterView &view = m_source.view();
    const QString selected = currentPeer();
    const DrainCard card = selected.isEmpty() ? DrainCard() : drainCardOf(view, selected);
    m_card->setCard(card);
    QList<DrainCard> others;
    const PoolView *const pool = poolView();
    for (const PeerView &peer : pool ? pool->peers : QList<PeerView>()) {
        const QString name = peer.address.name();
        if (peer.service == Service::Draining && !(card.isDraining && name == card.peer))
            others.append(drainCardOf(view, name));
    }
    m_otherDrains->setCards(others);
}

void PoolPage::showPane(Pane pane)
{
    m_panes->setCurrentIndex(pane);
    focusOf(pane)->setFocus(Qt::ShortcutFocusReason);
}

/// What takes the focus in that pane.
QWidget *PoolPage::focusOf(int pane) const
{
    return pane == Graphs ? m_graphs->firstGraph() : m_rows[pane];
}

void PoolPage::cyclePanes(int by)
{
    // What takes the focus, and the area that it belongs to.
    QList<std::pair<QWidget *, QWidget *>> stops{{m_table, m_table}};
    if (m_card->isVisible())
        stops.append({m_card->findChild<QWidget *>(u"resume"_s), m_card});
    stops.append({focusOf(std::clamp(m_panes->currentIndex(), 0, PaneCount - 1)), m_panes});
    const QWidget *const focus = QApplication::focusWidget();
    const auto at = std::ranges::find_if(stops, [focus](const auto &stop) {
        return focus && (focus == stop.second || stop.second->isAncestorOf(focus));
    });
    const qsizetype next = at == stops.end()
                                   ? 0
                                   : (at - stops.begin() + by + stops.size()) % stops.size();
    stops.at(next).first->setFocus(Qt::ShortcutFocusReason);
}

} // namespace qproxysql
