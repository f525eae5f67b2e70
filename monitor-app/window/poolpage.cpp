// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/poolpage.h"

#include "models/draincard.h"
#include "models/peerdetails.h"
#include "models/poolsummary.h"
#include "window/draincardwidget.h"
#include "window/eventspane.h"
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

PoolPage::PoolPage(WatchedSource &source, const QString &pool, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_pool(pool)
    , m_summary(new QLabel(this))
    , m_time(new QLabel(this))
    , m_table(new PeersTable(pool, this))
    , m_card(new DrainCardWidget(this))
    , m_panes(new QTabWidget(this))
    , m_applicationsTitle(new QLabel(this))
    , m_events(new EventsPane(pool, this))
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
    connect(m_table, &PeersTable::currentPeerChanged, this, &PoolPage::showPeer);
    connect(m_panes, &QTabWidget::currentChanged, this, &PoolPage::showPeer);
    connect(m_events, &EventsPane::newEventsChanged, this, &PoolPage::changed);
}

void PoolPage::addPanes()
{
    m_panes->setObjectName(u"panes"_s);
    m_panes->setAccessibleName(tr("Panes"));
    m_panes->tabBar()->setAccessibleName(tr("Panes"));
    m_panes->setDocumentMode(true);
    m_sortedApplications.setSourceModel(&m_applications);
    m_sortedApplications.setSortRole(ApplicationsModel::SortRole);
    m_applicationsTitle->setTextFormat(Qt::PlainText);
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
    m_panes->addTab(paneOf({details}), tr("Detai&ls"));
    m_panes->addTab(m_events, tr("&Events"));
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
    if (!m_table->currentIndex().isValid())
        m_table->selectWorst();
    showPeer();
}

void PoolPage::remember(const QList<ClusterEvent> &events)
{
    m_events->append(events, EventsPane::Age::Old);
}

/// Updates visible panes only.
void PoolPage::showPeer()
{
    m_card->setCard(drainCardOf(m_source.view(), drainedPeer()));
    if (m_rows[Applications]->isVisible())
        showApplications();
    if (m_rows[Details]->isVisible()) {
        m_details.setView(m_source.view(), m_pool, currentPeer());
        m_rows[Details]->fitColumns();
    }
    Q_EMIT changed();
}

void PoolPage::showApplications()
{
    const QString peer = currentPeer();
    m_applications.setView(m_source.view(), peer);
    QString title = tr("Select a peer to see who is on it.");
    if (!peer.isEmpty())
        title = m_applications.rowCount() == 0 ? tr("Nobody is known to be on %1.").arg(peer)
                                               : tr("On %1:").arg(peer);
    m_applicationsTitle->setText(title);
    m_rows[Applications]->fitColumns();
}

void PoolPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showPeer();
}

/// The selected one, else the one whose card is visible, else the first that drains.
QString PoolPage::drainedPeer() const
{
    const PoolView *const pool = poolView();
    if (!pool)
        return {};
    const auto drains = [pool](const QString &name) {
        return std::ranges::any_of(pool->peers, [&name](const PeerView &peer) {
            return peer.address.name() == name && peer.service == Service::Draining;
        });
    };
    for (const QString &name : {currentPeer(), m_card->card().peer}) {
        if (!name.isEmpty() && drains(name))
            return name;
    }
    const auto first = std::ranges::find(pool->peers, Service::Draining, &PeerView::service);
    return first == pool->peers.cend() ? QString() : first->address.name();
}

void PoolPage::showPane(Pane pane)
{
    m_panes->setCurrentIndex(pane);
    m_rows[pane]->setFocus(Qt::ShortcutFocusReason);
}

void PoolPage::cyclePanes(int by)
{
    // What takes the focus, and the area that it belongs to.
    QList<std::pair<QWidget *, QWidget *>> stops{{m_table, m_table}};
    if (m_card->isVisible())
        stops.append({m_card->findChild<QWidget *>(u"resume"_s), m_card});
    stops.append({m_rows[std::clamp(m_panes->currentIndex(), 0, PaneCount - 1)], m_panes});
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
