// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/peersorder.h"

#include "models/peersmodel.h"

#include <QtCore/QCollator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// Unknown values come last in both directions, so they are separated before values are compared.
int compareValues(const QVariant &one, const QVariant &other)
{
    if (one.typeId() == QMetaType::QString || other.typeId() == QMetaType::QString)
        return PeersOrder::compareNaturally(one.toString(), other.toString());
    const double left = one.toDouble();
    const double right = other.toDouble();
    return left < right ? -1 : left > right ? 1 : 0;
}

} // namespace

PeersOrder::PeersOrder(QObject *parent)
    : WordFilter({PeersModel::Peer, PeersModel::State, PeersModel::LastError, PeersModel::DrainedBy,
                  PeersModel::Reason, PeersModel::Version},
                 PeersModel::ProblemRole, parent)
{
    setDynamicSortFilter(false);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PeersOrder::tidy);
    WordFilter::sort(PeersModel::Peer);
}

void PeersOrder::setSourceModel(QAbstractItemModel *model)
{
    WordFilter::setSourceModel(model);
    connect(model, &QAbstractItemModel::dataChanged, this, &PeersOrder::note);
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                if (last - first + 1 == sourceModel()->rowCount())
                    m_tidied.invalidate(); // the first rows are sorted at once
                note();
            });
}

void PeersOrder::setHeld(bool isHeld)
{
    m_isHeld = isHeld;
    if (!isHeld && m_isPending)
        note();
}

void PeersOrder::sort(int column, Qt::SortOrder order)
{
    m_tidied.start();
    WordFilter::sort(column, order);
}

void PeersOrder::note()
{
    m_isPending = true;
    if (m_isHeld || m_timer.isActive())
        return;
    const auto passed = m_tidied.isValid() ? std::chrono::milliseconds(m_tidied.elapsed())
                                           : m_interval;
    m_timer.start(std::max(m_interval - passed, std::chrono::milliseconds(0)));
}

void PeersOrder::tidy()
{
    if (m_isHeld)
        return; // setHeld() continues
    m_isPending = false;
    if (isTidy())
        return;
    invalidateFilter();
    sort(sortColumn(), sortOrder());
}

bool PeersOrder::isTidy() const
{
    int accepted = 0;
    for (int row = 0; row < sourceModel()->rowCount(); ++row) {
        const bool isAccepted = filterAcceptsRow(row, {});
        accepted += isAccepted ? 1 : 0;
        if (isAccepted != mapFromSource(sourceModel()->index(row, 0)).isValid())
            return false;
    }
    const int column = std::max(sortColumn(), 0);
    for (int row = 1; row < accepted; ++row) {
        const QModelIndex before = mapToSource(index(row - 1, column));
        const QModelIndex after = mapToSource(index(row, column));
        if (sortOrder() == Qt::AscendingOrder ? lessThan(after, before) : lessThan(before, after))
            return false;
    }
    return true;
}

bool PeersOrder::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    // In descending order the base class swaps the two, so what always comes first must be swapped
    // back.
    const bool isAscending = sortOrder() == Qt::AscendingOrder;
    const bool isLeftProblem = left.data(PeersModel::ProblemRole).toBool();
    if (isLeftProblem != right.data(PeersModel::ProblemRole).toBool())
        return isLeftProblem == isAscending;
    const QVariant one = left.data(PeersModel::SortRole);
    const QVariant other = right.data(PeersModel::SortRole);
    if (one.isValid() != other.isValid())
        return one.isValid() == isAscending;
    if (const int order = one.isValid() ? compareValues(one, other) : 0)
        return order < 0;
    const int order = compareNaturally(left.data(PeersModel::NameRole).toString(),
                                       right.data(PeersModel::NameRole).toString());
    return isAscending ? order < 0 : order > 0;
}

int PeersOrder::compareNaturally(const QString &one, const QString &other)
{
    static const QCollator &collator = *[] {
        auto *const english = new QCollator(QLocale::English); // the C locale ignores numbers
        english->setNumericMode(true);
        english->setCaseSensitivity(Qt::CaseInsensitive);
        return english;
    }();
    if (const int order = collator.compare(one, other))
        return order;
    return one.compare(other); // "db02" and "db2", "DB" and "db": any fixed order
}

} // namespace qproxysql
