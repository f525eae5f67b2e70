// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/peerhistory.h"

#include <QtWidgets/QStyledItemDelegate>

namespace qproxysql {

/// Draws the state's glyph before its text, and the last five minutes as a line; the style draws
/// the rest.
class PeerDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// 0 to 1: the rotation of the glyph of Checking. The caller updates the view.
    void setPhase(double phase) { m_phase = phase; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Draws sessions as a line in the reading direction, with a gap where there is no observation
    /// and an x where the peer was not reached. The line is in \a line, the x in \a failure.
    static void paintTrend(QPainter *painter, const QRectF &rect, const QList<TrendSample> &trend,
                           const QColor &line, const QColor &failure,
                           Qt::LayoutDirection direction);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    double m_phase = 0;
};

} // namespace qproxysql
