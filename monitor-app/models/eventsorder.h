// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QSortFilterProxyModel>

namespace qproxysql {

/// Filters an EventsModel; keeps the model's order.
class EventsOrder : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit EventsOrder(QObject *parent = nullptr);

    void setFilterText(const QString &text); ///< in any column; all words must be found
    void setActionsOnly(bool isOn);          ///< actions of operators

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
    bool m_isActionsOnly = false;
};

} // namespace qproxysql
