// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/wordfilter.h"

#include <algorithm>

namespace qproxysql {

WordFilter::WordFilter(QList<int> columns, int markRole, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_columns(std::move(columns))
    , m_markRole(markRole)
{
}

void WordFilter::setFilterText(const QString &text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
    sort(sortColumn(), sortOrder());
}

void WordFilter::setMarkedOnly(bool isOn)
{
    m_isMarkedOnly = isOn;
    invalidateFilter();
    sort(sortColumn(), sortOrder());
}

bool WordFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const auto at = [&](int column) { return sourceModel()->index(row, column, parent); };
    if (m_isMarkedOnly && !at(0).data(m_markRole).toBool())
        return false;
    return std::ranges::all_of(m_words, [&](const QString &word) {
        return std::ranges::any_of(m_columns, [&](int column) {
            return at(column).data().toString().contains(word, Qt::CaseInsensitive);
        });
    });
}

} // namespace qproxysql
