// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QElapsedTimer>
#include <QtCore/QSortFilterProxyModel>
#include <QtCore/QTimer>

#include <chrono>

namespace qproxysql {

/// Sorts and filters peers, problems first. Rows are added, removed and moved at most every five
/// seconds, and never while they are held, so that they can be read and clicked. Sorting and
/// filtering by the user take effect at once. One thread with an event loop.
class PeersOrder : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit PeersOrder(QObject *parent = nullptr);

    void setSourceModel(QAbstractItemModel *model) override;
    /// True while a menu or dialog is open, or the pointer is over the rows.
    void setHeld(bool isHeld);
    /// Searches name, state, last error, and the drain's author and reason; all words must be
    /// found.
    void setFilterText(const QString &text);
    void setProblemsOnly(bool isOn);
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    void setInterval(std::chrono::milliseconds interval); ///< default 5 s

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    void note();
    void tidy();
    bool isTidy() const;
    void refilter();

    QTimer m_timer;
    QElapsedTimer m_tidied;
    std::chrono::milliseconds m_interval{5000};
    bool m_isHeld = false;
    bool m_isPending = false;
    bool m_isProblemsOnly = false;
    QStringList m_words;
};

} // namespace qproxysql
