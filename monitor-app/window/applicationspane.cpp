// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/applicationspane.h"

#include "window/rowsview.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace qproxysql {

ApplicationsPane::ApplicationsPane(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_rows(new RowsView(tr("Applications"), this))
{
    m_order.setSourceModel(&m_model);
    m_order.setSortRole(ApplicationsModel::SortRole);
    m_rows->setObjectName(u"applications"_s);
    m_rows->setModel(&m_order);
    m_rows->setSortingEnabled(true);
    m_rows->sortByColumn(ApplicationsModel::Sessions, Qt::DescendingOrder);
    m_title->setTextFormat(Qt::PlainText);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_title);
    layout->addWidget(m_rows);
}

void ApplicationsPane::setView(const ClusterView &view, const QString &peer)
{
    m_model.setView(view, peer);
    const int count = m_model.rowCount();
    QString title = tr("Select a peer to see who is on it.");
    if (!peer.isEmpty())
        title = count == 0 ? tr("Nobody is known to be on %1.").arg(peer) : tr("On %1:").arg(peer);
    if (m_title->text() != title)
        m_title->setText(title);
    m_rows->fitColumns({{ApplicationsModel::Application, 1}});
}

} // namespace qproxysql
