// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/poolpage.h"

#include "models/draincard.h"
#include "models/peerdetails.h"
#include "models/poolsummary.h"
#include "window/applicationspane.h"
#include "window/detailspane.h"
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
    , m_applications(new ApplicationsPane(this))
    , m_details(new DetailsPane(this))
    , m_events(new EventsPane(pool, this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
{
    m_summary->setObjectName(u"summary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_time->setObjectName(u"time"_s);
    m_time->setTextFormat(Qt::PlainText);
    m_panes->setObjectName(u"panes"_s);
    m_panes->setAccessibleName(tr("Panes"));
    m_panes->tabBar()->setAccessibleName(tr("Panes"));
    m_panes->setDocumentMode(true);
    m_panes->addTab(m_applications, tr("&Who is still on it"));
    m_panes->addTab(m_details, tr("Detai&ls"));
    m_panes->addTab(m_events, tr("&Events"));
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
    if (pool) {
        const QString sentence = summaryOf(*pool, m_source.view());
        if (m_summary->text() != sentence)
            m_summary->setText(sentence);
    }
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
    if (m_applications->isVisible())
        m_applications->setView(m_source.view(), currentPeer());
    if (m_details->isVisible())
        m_details->setView(m_source.view(), m_pool, currentPeer());
    Q_EMIT changed();
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
    QWidget *const rows[PaneCount] = {m_applications->rows(), m_details->rows(), m_events->rows()};
    rows[pane]->setFocus(Qt::ShortcutFocusReason);
}

QList<QWidget *> PoolPage::stops() const
{
    QList<QWidget *> all{m_table};
    if (m_card->isVisible())
        all.append(m_card->findChild<QWidget *>(u"resume"_s));
    QWidget *const rows[PaneCount] = {m_applications->rows(), m_details->rows(), m_events->rows()};
    all.append(rows[std::clamp(m_panes->currentIndex(), 0, PaneCount - 1)]);
    return all;
}

void PoolPage::cyclePanes(bool isForward)
{
    const QList<QWidget *> all = stops();
    QWidget *const focus = QApplication::focusWidget();
    qsizetype at = -1;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QWidget *const area = i == 0 ? all.at(i)
                                    : all.at(i)->objectName() == "resume"_L1
                                            ? m_card
                                            : static_cast<QWidget *>(m_panes);
        if (focus && (focus == area || area->isAncestorOf(focus)))
            at = i;
    }
    const qsizetype count = all.size();
    const qsizetype next = at < 0 ? 0 : (at + (isForward ? 1 : count - 1)) % count;
    all.at(next)->setFocus(Qt::ShortcutFocusReason);
}

} // namespace qproxysql
