// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/wordfilter.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <chrono>

namespace qproxysql {

/// Sorts and filters peers, problems first. Rows are added, removed and moved at most every five
/// seconds, and never while they are held, so that they can be read and clicked. Sorting and
/// filtering by the user take effect at once. One thread with an event loop.
class PeersOrder : public WordFilter
{
    Q_OBJECT

public:
    explicit PeersOrder(QObject *parent = nullptr);

    /// Call it once.
    void setSourceModel(QAbstractItemModel *model) override;
    /// True while a menu or dialog is open, or the pointer is over the rows.
    void setHeld(bool isHeld);
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Negative, 0, or positive: "db2" comes before "db10" in any locale. Case only decides between
    /// otherwise equal texts.
    static int compareNaturally(const QString &one, const QString &other);

    void setInterval(std::chrono::milliseconds interval) { m_interval = interval; }

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    void note();
    void tidy();
    bool isTidy() const;

    QTimer m_timer;
    QElapsedTimer m_tidied;
    std::chrono::milliseconds m_interval{5000};
    bool m_isHeld = false;
    bool m_isPending = false;
};

} // namespace qproxysql
