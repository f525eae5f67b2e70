// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/eventspane.h"

#include "window/rowsview.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

EventsPane::EventsPane(const QString &pool, QWidget *parent)
    : QWidget(parent)
    , m_pool(pool)
    , m_order({EventsModel::Time, EventsModel::Kind, EventsModel::Pool, EventsModel::Peer,
               EventsModel::By, EventsModel::Text},
              EventsModel::ActionRole)
    , m_filter(new QLineEdit(this))
    , m_follow(new QCheckBox(tr("Foll&ow"), this))
    , m_actions(new QCheckBox(tr("Operators o&nly"), this))
    , m_rows(new RowsView(tr("Events"), {{EventsModel::Text, 1}}, this))
{
    m_order.setSourceModel(&m_model);
    m_rows->setObjectName(u"events"_s);
    m_rows->setModel(&m_order);
    m_rows->setColumnHidden(EventsModel::Pool, true);
    m_filter->setObjectName(u"eventsFilter"_s);
    m_filter->setPlaceholderText(tr("Filter events"));
    m_filter->setAccessibleName(tr("Filter events"));
    m_filter->setClearButtonEnabled(true);
    m_follow->setObjectName(u"follow"_s);
    m_follow->setAccessibleName(tr("Follow"));
    m_follow->setToolTip(tr("Show the newest event whenever one comes"));
    m_follow->setChecked(true);
    m_actions->setObjectName(u"actionsOnly"_s);
    m_actions->setAccessibleName(tr("Operators only"));
    m_actions->setToolTip(tr("Show only what operators did"));
    connect(m_filter, &QLineEdit::textChanged, &m_order, &WordFilter::setFilterText);
    connect(m_actions, &QCheckBox::toggled, &m_order, &WordFilter::setMarkedOnly);
    connect(m_follow, &QCheckBox::toggled, this, [this](bool isOn) {
        if (isOn)
            m_rows->scrollToBottom();
    });
    auto *const head = new QHBoxLayout;
    head->addWidget(m_filter, 1);
    head->addWidget(m_actions);
    head->addWidget(m_follow);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addLayout(head);
    layout->addWidget(m_rows);
}

void EventsPane::append(const QList<ClusterEvent> &events, Age age)
{
    QList<ClusterEvent> ours = events;
    ours.removeIf([this](const ClusterEvent &event) {
        return !event.pool.isEmpty() && event.pool != m_pool;
    });
    if (ours.isEmpty())
        return;
    m_model.append(ours);
    if (isVisible())
        m_rows->fitColumns();
    else if (age == Age::New)
        m_new += int(ours.size());
    if (m_follow->isChecked())
        m_rows->scrollToBottom();
    Q_EMIT newEventsChanged();
}

void EventsPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_rows->fitColumns();
    if (m_follow->isChecked())
        m_rows->scrollToBottom();
    if (m_new == 0)
        return;
    m_new = 0;
    Q_EMIT newEventsChanged();
}

} // namespace qproxysql
