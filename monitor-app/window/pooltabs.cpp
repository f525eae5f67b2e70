// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/pooltabs.h"

#include "models/plaintooltip.h"
#include "models/poolsummary.h"
#include "models/stateicon.h"
#include "window/monitorsources.h"
#include "window/poolpage.h"

#include <QtWidgets/QMenu>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int FewTabs = 5;

} // namespace

PoolTabs::PoolTabs(MonitorSources &sources, QMenu *newPoolMenu, QWidget *parent)
    : QWidget(parent)
    , m_sources(sources)
    , m_bar(new QTabBar(this))
    , m_plus(new QToolButton(this))
    , m_stack(new QStackedWidget(this))
{
    m_bar->setObjectName(u"pools"_s);
    m_bar->setAccessibleName(tr("Pools"));
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setElideMode(Qt::ElideNone);
    m_bar->setUsesScrollButtons(false);
    m_plus->setObjectName(u"plus"_s);
    m_plus->setText(u"+"_s);
    m_plus->setAutoRaise(true);
    m_plus->setFocusPolicy(Qt::TabFocus);
    m_plus->setAccessibleName(tr("New pool"));
    m_plus->setToolTip(tr("Add or open a pool"));
    m_plus->setPopupMode(QToolButton::InstantPopup);
    m_plus->setMenu(newPoolMenu);
    auto *const head = new QHBoxLayout;
    head->setContentsMargins(8, 2, 8, 0);
    head->addWidget(m_bar);
    head->addWidget(m_plus);
    head->addStretch(1);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int index) {
        if (index >= 0 && index < m_stack->count())
            m_stack->setCurrentIndex(index);
        Q_EMIT currentPageChanged();
    });
    connect(&sources, &MonitorSources::refreshed, this, &PoolTabs::refresh);
    connect(&sources, &MonitorSources::removed, this, &PoolTabs::remove);
}

QList<PoolPage *> PoolTabs::pages() const
{
    QList<PoolPage *> all;
    for (int i = 0; i < m_stack->count(); ++i)
        all.append(static_cast<PoolPage *>(m_stack->widget(i)));
    return all;
}

PoolPage *PoolTabs::currentPage() const
{
    return static_cast<PoolPage *>(m_stack->currentWidget());
}

int PoolTabs::indexOf(const PoolPage *page) const
{
    return int(pages().indexOf(const_cast<PoolPage *>(page)));
}

void PoolTabs::setCurrentPage(PoolPage *page)
{
    m_bar->setCurrentIndex(indexOf(page));
}

void PoolTabs::step(int by)
{
    if (m_bar->count() > 0)
        m_bar->setCurrentIndex((m_bar->currentIndex() + by + m_bar->count()) % m_bar->count());
}

PoolPage *PoolTabs::find(const WatchedSource *source, const QString &pool) const
{
    const QList<PoolPage *> all = pages();
    const auto it = std::ranges::find_if(all, [&](const PoolPage *page) {
        return &page->source() == source && page->pool() == pool;
    });
    return it == all.cend() ? nullptr : *it;
}

void PoolTabs::refresh(WatchedSource *source, const QList<ClusterEvent> &events)
{
    QList<PoolPage *> known = pages();
    for (const PoolView &pool : source->view().pools) {
        if (!source->shows(pool) || m_sources.isElsewhere(source, pool) || find(source, pool.name))
            continue;
        PoolPage *const page = addPage(source, pool.name);
        page->remember(m_sources.pastEvents(source));
        page->refresh({});
    }
    for (PoolPage *page : std::as_const(known)) {
        if (&page->source() != source)
            continue;
        const PoolView *const pool = page->poolView();
        const bool isHere = !pool
                            || (source->shows(*pool) && !m_sources.isElsewhere(source, *pool));
        page->refresh(events);
        if (!isHere || page->missedRefreshes() > (page->isClosed() ? 0 : Patience))
            removePage(page);
    }
    known = pages();
    for (PoolPage *page : std::as_const(known))
        showWorst(page);
}

PoolPage *PoolTabs::addPage(WatchedSource *source, const QString &pool)
{
    auto *const page = new PoolPage(*source, pool, m_sources.recorder(), this);
    m_stack->addWidget(page);
    m_bar->addTab(poolTitle(pool).replace(u'&', "&&"_L1));
    m_bar->setUsesScrollButtons(m_bar->count() > FewTabs); // scroll buttons take room
    Q_EMIT pageAdded(page);
    Q_EMIT pagesChanged();
    return page;
}

void PoolTabs::removePage(PoolPage *page)
{
    const int index = indexOf(page);
    m_stack->removeWidget(page);
    m_bar->removeTab(index);
    page->deleteLater();
    Q_EMIT pagesChanged();
    Q_EMIT currentPageChanged();
}

void PoolTabs::remove(WatchedSource *source)
{
    for (PoolPage *page : pages()) {
        if (&page->source() != source)
            continue;
        removePage(page);
        delete page; // its source is removed
    }
}

void PoolTabs::showWorst(PoolPage *page)
{
    const PoolView *const pool = page->poolView();
    if (!pool)
        return;
    const DisplayState worst = worstOf(*pool);
    const int index = indexOf(page);
    const QVariant known = m_bar->tabData(index);
    if (known.isValid() && known.toInt() == int(worst))
        return;
    m_bar->setTabData(index, int(worst));
    m_bar->setTabIcon(index, stateIcon(worst));
    m_bar->setTabToolTip(index,
                         plainToolTip(tr("%1: %2").arg(poolTitle(page->pool()), stateWord(worst))));
}

} // namespace qproxysql
