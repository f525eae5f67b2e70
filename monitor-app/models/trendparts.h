// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGui/QPolygonF>

QT_BEGIN_NAMESPACE
class QColor;
class QPainter;
QT_END_NAMESPACE

namespace qproxysql {

/// The parts of which sparklines and graphs are made.

constexpr double CrossArm = 2.5;    ///< half of a cross's height
constexpr double CrossDistance = 8; ///< between two crosses of one long outage

/// A line of consecutive samples, and the area below it.
void paintRun(QPainter *painter, const QPolygonF &points, double bottom, const QColor &color);
void paintCross(QPainter *painter, QPointF middle, const QColor &color);

} // namespace qproxysql
