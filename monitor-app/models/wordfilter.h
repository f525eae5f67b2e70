// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QSortFilterProxyModel>

namespace qproxysql {

/// Shows the rows with all words of a text, and on request only marked rows.
class WordFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// Searches \a columns; a row is marked when its first column has a true \a markRole.
    WordFilter(QList<int> columns, int markRole, QObject *parent = nullptr);

    void setFilterText(const QString &text);
    void setMarkedOnly(bool isOn);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    const QList<int> m_columns;
    const int m_markRole;
    bool m_isMarkedOnly = false;
    QStringList m_words;
};

} // namespace qproxysql
