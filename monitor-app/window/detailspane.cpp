// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/detailspane.h"

#include "window/rowsview.h"

#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace qproxysql {

DetailsPane::DetailsPane(QWidget *parent)
    : QWidget(parent)
    , m_rows(new RowsView(tr("Details"), this))
{
    m_rows->setObjectName(u"details"_s);
    m_rows->setModel(&m_model);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_rows);
}

void DetailsPane::setView(const ClusterView &view, const QString &pool, const QString &peer)
{
    m_model.setView(view, pool, peer);
    m_rows->fitColumns({{DetailsModel::Value, 1}});
}

} // namespace qproxysql
