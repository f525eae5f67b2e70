// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/detailsmodel.h"

#include <QtWidgets/QWidget>

namespace qproxysql {

class RowsView;

/// The details of the selected peer.
class DetailsPane : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPane(QWidget *parent = nullptr);

    void setView(const ClusterView &view, const QString &pool, const QString &peer);
    RowsView *rows() const { return m_rows; }

private:
    DetailsModel m_model;
    RowsView *m_rows;
};

} // namespace qproxysql
