// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/applicationsmodel.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace qproxysql {

class RowsView;

/// The applications that have sessions on the selected peer.
class ApplicationsPane : public QWidget
{
    Q_OBJECT

public:
    explicit ApplicationsPane(QWidget *parent = nullptr);

    void setView(const ClusterView &view, const QString &peer);
    RowsView *rows() const { return m_rows; }

private:
    ApplicationsModel m_model;
    QSortFilterProxyModel m_order;
    QLabel *m_title;
    RowsView *m_rows;
};

} // namespace qproxysql
