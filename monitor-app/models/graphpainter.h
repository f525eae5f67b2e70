// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/graphseries.h"

#include <QtGui/QFontMetrics>
#include <QtGui/QPalette>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace qproxysql {

/// Draws a GraphSeries: title and value above, axes with units and times, a line with a gap where
/// nothing is known, or bars for a count, and an x where the peer was not reached. Value type.
class GraphPainter
{
public:
    GraphPainter(const GraphSeries &series, const QRectF &rect, const QFontMetrics &metrics,
                 Qt::LayoutDirection direction);

    void paint(QPainter *painter, const QPalette &palette, std::optional<qint64> cursor) const;

    qint64 timeAt(double x) const; ///< within the span
    QRectF plot() const { return m_plot; }

    /// In which no text is cut.
    static QSize leastSize(const GraphSeries &series, const QFontMetrics &metrics);

private:
    double x(qint64 time) const;
    double y(double value) const;
    void paintHead(QPainter *painter, std::optional<qint64> cursor) const;
    void paintAxes(QPainter *painter, const QPalette &palette) const;
    void paintTimes(QPainter *painter, const QColor &grid, const QColor &text) const;
    void paintLine(QPainter *painter, const QColor &color) const;
    void paintBars(QPainter *painter, const QColor &color) const;
    void paintOutages(QPainter *painter, const QColor &color) const;
    void paintCursor(QPainter *painter, const QColor &color, qint64 cursor) const;

    const GraphSeries &m_series;
    const QRectF m_rect;
    const QFontMetrics m_metrics;
    const bool m_isMirrored;
    const double m_top;
    QRectF m_plot;
};

} // namespace qproxysql
