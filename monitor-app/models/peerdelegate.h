// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/peerhistory.h"

#include <QtWidgets/QStyledItemDelegate>

namespace qproxysql {

/// Draws the state's glyph before its text and the last five minutes as a line; all else is the style's.
class PeerDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// 0 to 1: how far the quarter of Checking has gone round. Whoever sets it updates the view.
    void setPhase(double phase) { m_phase = phase; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Sessions as a line, from then to now in the direction of reading; a gap where nobody looked, an x
    /// where the peer was not reached. The line is in \a line, the x in \a trouble.
    static void paintTrend(QPainter *painter, const QRectF &rect, const QList<TrendSample> &trend,
                           const QColor &line, const QColor &trouble,
                           Qt::LayoutDirection direction);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    double m_phase = 0;
};

} // namespace qproxysql
