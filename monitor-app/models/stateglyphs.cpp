// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/stateglyphs.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace qproxysql {

namespace {

constexpr QPointF Middle(8, 8);
constexpr double FaintRing = 6;

QPainterPath stroked(const QPainterPath &line, double width, Qt::PenCapStyle cap = Qt::RoundCap)
{
    QPainterPathStroker stroker;
    stroker.setWidth(width);
    stroker.setCapStyle(cap);
    stroker.setJoinStyle(Qt::RoundJoin);
    stroker.setCurveThreshold(0.02);
    QPainterPath path = stroker.createStroke(line);
    path.setFillRule(Qt::WindingFill);
    return path;
}

QPainterPath lineThrough(std::initializer_list<QPointF> points)
{
    QPainterPath path;
    for (const QPointF &point : points) {
        if (path.elementCount() == 0)
            path.moveTo(point);
        else
            path.lineTo(point);
    }
    return path;
}

QPainterPath disc(QPointF middle, double radius)
{
    QPainterPath path;
    path.addEllipse(middle, radius, radius);
    return path;
}

QPainterPath ring(QPointF middle, double outer, double width)
{
    return disc(middle, outer).subtracted(disc(middle, outer - width));
}

QPainterPath square(double left, double side, double radius)
{
    QPainterPath path;
    path.addRoundedRect(left, left, side, side, radius, radius);
    return path;
}

/// A polygon whose corners are rounded by \a radius, inside the given corners.
QPainterPath polygon(std::initializer_list<QPointF> corners, double radius)
{
    QPainterPath path = lineThrough(corners);
    path.closeSubpath();
    return path.united(stroked(path, 2 * radius)).simplified();
}

QPainterPath check()
{
    return stroked(lineThrough({{4.7, 8.3}, {7.1, 10.7}, {11.4, 5.7}}), 1.9);
}

QPainterPath exclamation(double x, double top, double bottom, double dot)
{
    return stroked(lineThrough({{x, top}, {x, bottom}}), 2).united(disc({x, dot}, 1.15));
}

/// A ring whose lower half is filled.
QPainterPath halfFull(QPointF middle, double radius, double width)
{
    QPainterPath lower;
    lower.addRect(middle.x() - radius, middle.y(), 2 * radius, radius);
    return ring(middle, radius, width).united(disc(middle, radius).intersected(lower));
}

QPainterPath noData()
{
    QPainterPath path;
    constexpr int Dashes = 8;
    const QRectF box(1.75, 1.75, 12.5, 12.5);
    for (int i = 0; i < Dashes; ++i) {
        QPainterPath arc;
        const double from = i * 360.0 / Dashes + 8;
        arc.arcMoveTo(box, from);
        arc.arcTo(box, from, 360.0 / Dashes - 16);
        path.addPath(stroked(arc, 1.5, Qt::FlatCap));
    }
    QPainterPath hook;
    hook.moveTo(5.9, 6.4);
    hook.cubicTo(5.9, 3.6, 10.1, 3.6, 10.1, 6.4);
    hook.cubicTo(10.1, 8, 8, 7.9, 8, 9.3);
    path.addPath(stroked(hook, 1.6));
    path.addPath(disc({8, 11.7}, 1.05));
    path.setFillRule(Qt::WindingFill);
    return path;
}

QPainterPath shapeOf(DisplayState state)
{
    switch (state) {
    case DisplayState::Up:
        return disc(Middle, 7).subtracted(check());
    case DisplayState::Slow:
        return polygon({{8, 2.5}, {14, 13}, {2, 13}}, 1).subtracted(exclamation(8, 5.8, 8.6, 11.6));
    case DisplayState::Checking:
        return {}; // rotates
    case DisplayState::Down:
        return polygon({{8, 1.2}, {14.8, 8}, {8, 14.8}, {1.2, 8}}, 1)
                .subtracted(stroked(lineThrough({{5.5, 5.5}, {10.5, 10.5}}), 2.2))
                .subtracted(stroked(lineThrough({{10.5, 5.5}, {5.5, 10.5}}), 2.2));
    case DisplayState::Draining:
        return halfFull(Middle, 7, 1.75);
    case DisplayState::Stalled:
        return halfFull({6, 8}, 6, 1.75).united(exclamation(14, 3, 9, 12.8));
    case DisplayState::Drained:
        return square(2, 12, 2).subtracted(square(4, 8, 1));
    case DisplayState::SafeToStop:
        return square(2, 12, 2).subtracted(check());
    case DisplayState::Stopped:
        return square(2, 12, 2); // the bar is cut out for each scale
    case DisplayState::NoData:
        break;
    }
    return noData();
}

} // namespace

StateGlyph StateGlyph::of(DisplayState state, double scale, double phase)
{
    if (state == DisplayState::Checking) {
        const QRectF box(Middle.x() - FaintRing, Middle.y() - FaintRing, 2 * FaintRing,
                         2 * FaintRing);
        const double from = 90 - 360 * phase;
        QPainterPath quarter;
        quarter.arcMoveTo(box, from);
        quarter.arcTo(box, from, -90);
        return {stroked(quarter, 2.5), ring(Middle, FaintRing + 1, 2)};
    }
    static const auto &shapes = *new std::array<QPainterPath, DisplayStateCount>([] {
        std::array<QPainterPath, DisplayStateCount> all;
        for (int i = 0; i < DisplayStateCount; ++i)
            all[size_t(i)] = shapeOf(DisplayState(i));
        return all;
    }());
    if (state == DisplayState::Stopped) {
        const double half = std::max(1.0, std::round(scale)) / scale; // in whole pixels
        QPainterPath bar;
        bar.addRect(4, Middle.y() - half, 8, 2 * half);
        return {shapes[size_t(state)].subtracted(bar), {}};
    }
    return {shapes[size_t(state)], {}};
}

} // namespace qproxysql
