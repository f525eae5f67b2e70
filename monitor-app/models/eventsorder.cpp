// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/eventsorder.h"

#include "models/eventsmodel.h"

#include <algorithm>

namespace qproxysql {

EventsOrder::EventsOrder(QObject *parent)
    : QSortFilterProxyModel(parent)
{
}

void EventsOrder::setFilterText(const QString &text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void EventsOrder::setActionsOnly(bool isOn)
{
    m_isActionsOnly = isOn;
    invalidateFilter();
}

bool EventsOrder::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_isActionsOnly
        && !sourceModel()->index(row, 0, parent).data(EventsModel::ActionRole).toBool())
        return false;
    return std::ranges::all_of(m_words, [&](const QString &word) {
        for (int column = 0; column < EventsModel::ColumnCount; ++column) {
            if (sourceModel()
                        ->index(row, column, parent)
                        .data()
                        .toString()
                        .contains(word, Qt::CaseInsensitive))
                return true;
        }
        return false;
    });
}

} // namespace qproxysql
