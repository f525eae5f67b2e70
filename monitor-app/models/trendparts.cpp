// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/trendparts.h"

#include <QtGui/QPainter>

namespace qproxysql {

namespace {

constexpr double LineWidth = 1.4;

} // namespace

void paintRun(QPainter *painter, const QPolygonF &points, double bottom, const QColor &color)
{
    QColor surface = color;
    surface.setAlphaF(0.15F);
    QPolygonF area = points;
    area.prepend({points.constFirst().x(), bottom});
    area.append({points.constLast().x(), bottom});
    painter->setPen(Qt::NoPen);
    painter->setBrush(surface);
    painter->drawPolygon(area);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(color, LineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (points.size() == 1)
        painter->drawPoint(points.constFirst());
    else
        painter->drawPolyline(points);
}

void paintCross(QPainter *painter, QPointF middle, const QColor &color)
{
    painter->setPen(QPen(color, LineWidth, Qt::SolidLine, Qt::RoundCap));
    const QPointF down(CrossArm, CrossArm);
    const QPointF up(CrossArm, -CrossArm);
    painter->drawLine(middle - down, middle + down);
    painter->drawLine(middle - up, middle + up);
}

} // namespace qproxysql
