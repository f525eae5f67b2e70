// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QAbstractTableModel>
#include <QtCore/QHash>
#include <QtCore/QSet>

#include <algorithm>

namespace qproxysql {

/// A table of rows with keys that is updated in place: existing rows keep their order, new rows are
/// appended, and all changes are emitted with one dataChanged(). Never reset.
///
/// Row has `QString key`, `static constexpr int ColumnCount` and `operator==`.
template<typename Row>
class KeyedTable : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : Row::ColumnCount;
    }

    const Row &rowAt(int row) const { return m_rows.at(row); }
    int rowOf(const QString &key) const ///< -1: none
    {
        const auto it = std::ranges::find(m_rows, key, &Row::key);
        return it == m_rows.cend() ? -1 : int(it - m_rows.cbegin());
    }

protected:
    /// The first of several rows with the same key is used.
    void setRows(const QList<Row> &rows)
    {
        QHash<QString, qsizetype> places;
        for (qsizetype i = rows.size() - 1; i >= 0; --i)
            places.insert(rows.at(i).key, i);
        removeAllBut(places);
        update(rows, places);
        append(rows, places);
    }

private:
    void removeAllBut(const QHash<QString, qsizetype> &places)
    {
        for (qsizetype last = m_rows.size() - 1; last >= 0; --last) {
            if (places.contains(m_rows.at(last).key))
                continue;
            qsizetype first = last;
            while (first > 0 && !places.contains(m_rows.at(first - 1).key))
                --first;
            beginRemoveRows({}, int(first), int(last));
            m_rows.remove(first, last - first + 1);
            endRemoveRows();
            last = first;
        }
    }

    void update(const QList<Row> &rows, const QHash<QString, qsizetype> &places)
    {
        int first = -1;
        int last = -1;
        for (int i = 0; i < rowCount(); ++i) {
            const Row &now = rows.at(places.value(m_rows.at(i).key));
            if (now == m_rows.at(i))
                continue;
            first = first < 0 ? i : first;
            last = i;
            m_rows[i] = now;
        }
        if (first >= 0)
            Q_EMIT dataChanged(index(first, 0), index(last, Row::ColumnCount - 1));
    }

    void append(const QList<Row> &rows, QHash<QString, qsizetype> places)
    {
        for (const Row &row : std::as_const(m_rows))
            places.remove(row.key);
        if (places.isEmpty())
            return;
        const int first = int(m_rows.size());
        beginInsertRows({}, first, first + int(places.size()) - 1);
        for (qsizetype i = 0; i < rows.size(); ++i) {
            if (places.value(rows.at(i).key, -1) == i)
                m_rows.append(rows.at(i));
        }
        endInsertRows();
    }

    QList<Row> m_rows;
};

} // namespace qproxysql
