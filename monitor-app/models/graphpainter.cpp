// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/graphpainter.h"

#include "models/stateicon.h"
#include "models/trendparts.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtGui/QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr double Margin = 6;
constexpr double Space = 4; ///< between a text and what it belongs to
constexpr double LeastPlotLines = 3;
constexpr qint64 Minute = 60'000;
constexpr qint64 TimeSteps[] = {1 * Minute,   2 * Minute,   5 * Minute,  10 * Minute,
                                15 * Minute,  30 * Minute,  60 * Minute, 120 * Minute,
                                180 * Minute, 360 * Minute, 720 * Minute};

QString timeText(qint64 time)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time).time(), u"HH:mm"_s);
}

QColor withAlpha(QColor color, float alpha)
{
    color.setAlphaF(alpha);
    return color;
}

} // namespace

GraphPainter::GraphPainter(const GraphSeries &series, const QRectF &rect,
                           const QFontMetrics &metrics, Qt::LayoutDirection direction)
    : m_series(series)
    , m_rect(rect.adjusted(Margin, Margin, -Margin, -Margin))
    , m_metrics(metrics)
    , m_isMirrored(direction == Qt::RightToLeft)
    , m_top(series.top())
{
    const double axis = m_metrics.horizontalAdvance(GraphSeries::number(m_top)) + Space;
    m_plot = m_rect.adjusted(m_isMirrored ? 0 : axis, 1.5 * m_metrics.height() + Space,
                             m_isMirrored ? -axis : 0, -m_metrics.height() - Space);
}

QSize GraphPainter::leastSize(const GraphSeries &series, const QFontMetrics &metrics)
{
    const int value = std::max(metrics.horizontalAdvance(u"9,999.9"_s),
                               metrics.horizontalAdvance(series.text({})));
    const int width = metrics.horizontalAdvance(series.title() + "  "_L1) + value;
    const int height = int(metrics.height() * (2.5 + LeastPlotLines));
    return QSize(width, height) + QSize(int(2 * Margin), int(2 * Margin + 2 * Space));
}

double GraphPainter::x(qint64 time) const
{
    const double along = m_plot.width() * double(time - m_series.begin())
                         / double(m_series.spanMs());
    return m_isMirrored ? m_plot.right() - along : m_plot.left() + along;
}

double GraphPainter::y(double value) const
{
    return m_plot.bottom() - m_plot.height() * value / m_top;
}

qint64 GraphPainter::timeAt(double x) const
{
    const double along = m_isMirrored ? m_plot.right() - x : x - m_plot.left();
    const double part = std::clamp(along / std::max(1.0, m_plot.width()), 0.0, 1.0);
    return m_series.begin() + qint64(part * double(m_series.spanMs()));
}

void GraphPainter::paint(QPainter *painter, const QPalette &palette,
                         std::optional<qint64> cursor) const
{
    painter->setPen(palette.color(QPalette::Text));
    paintHead(painter, cursor);
    paintAxes(painter, palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(m_plot.adjusted(-1, -1, 1, 1));
    const QColor line = stateColor(DisplayState::Draining, palette);
    if (isCount(m_series.value))
        paintBars(painter, line);
    else
        paintLine(painter, line);
    paintOutages(painter, stateColor(DisplayState::Down, palette));
    if (cursor)
        paintCursor(painter, palette.color(QPalette::Text), *cursor);
    painter->restore();
}

void GraphPainter::paintHead(QPainter *painter, std::optional<qint64> cursor) const
{
    // The painter mirrors both from right to left.
    painter->drawText(m_rect, int(Qt::AlignLeft | Qt::AlignTop), m_series.title());
    painter->drawText(m_rect, int(Qt::AlignRight | Qt::AlignTop), m_series.text(cursor));
}

void GraphPainter::paintAxes(QPainter *painter, const QPalette &palette) const
{
    const QColor text = stateColor(DisplayState::NoData, palette);
    const QColor grid = withAlpha(palette.color(QPalette::Text), 0.15F);
    painter->setPen(grid);
    for (const double part : {0.0, 0.5, 1.0}) {
        const double at = y(part * m_top);
        painter->drawLine(QPointF(m_plot.left(), at), QPointF(m_plot.right(), at));
    }
    painter->setPen(text);
    for (const double value : {0.0, m_top}) {
        const double left = m_isMirrored ? m_plot.right() + Space : m_rect.left();
        const double right = m_isMirrored ? m_rect.right() : m_plot.left() - Space;
        const QRectF box(left, y(value) - m_metrics.height() / 2.0, right - left,
                         m_metrics.height());
        painter->drawText(box, int(Qt::AlignVCenter | Qt::AlignRight), GraphSeries::number(value));
    }
    paintTimes(painter, grid, text);
}

/// As many times as there is room for, at round ones of the local clock.
void GraphPainter::paintTimes(QPainter *painter, const QColor &grid, const QColor &text) const
{
    const double width = m_metrics.horizontalAdvance(u"00:00"_s) + 4 * Space;
    const auto fits = [&](qint64 step) {
        return m_plot.width() * double(step) / double(m_series.spanMs()) >= width;
    };
    const auto step = std::ranges::find_if(TimeSteps, fits);
    if (step == std::end(TimeSteps))
        return;
    const qint64 offset = QDateTime::fromMSecsSinceEpoch(m_series.now).offsetFromUtc() * 1000LL;
    for (qint64 time = (m_series.now + offset) / *step * *step - offset; time > m_series.begin();
         time -= *step) {
        const double at = x(time);
        painter->setPen(grid);
        painter->drawLine(QPointF(at, m_plot.top()), QPointF(at, m_plot.bottom() + Space / 2));
        const double half = (width - 3 * Space) / 2;
        const QRectF box(at - half, m_plot.bottom() + Space, 2 * half, m_metrics.height());
        if (box.left() < m_rect.left() || box.right() > m_rect.right())
            continue;
        painter->setPen(text);
        painter->drawText(box, Qt::AlignCenter | Qt::TextDontClip, timeText(time));
    }
}

void GraphPainter::paintLine(QPainter *painter, const QColor &color) const
{
    QPolygonF run;
    const auto finish = [&] {
        if (!run.isEmpty())
            paintRun(painter, run, m_plot.bottom(), color);
        run.clear();
    };
    for (const GraphSeries::Point &point : m_series.points) {
        if (point.value)
            run.append(
                    {x(std::min(point.from + m_series.length / 2, m_series.now)), y(*point.value)});
        else
            finish();
    }
    finish();
}

void GraphPainter::paintBars(QPainter *painter, const QColor &color) const
{
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    for (const GraphSeries::Point &point : m_series.points) {
        if (!point.value || *point.value <= 0)
            continue;
        const double from = x(point.from);
        const double to = x(point.from + m_series.length);
        const QRectF bar(QPointF(std::min(from, to) + 0.5, y(*point.value)),
                         QPointF(std::max(from, to) - 0.5, m_plot.bottom()));
        painter->drawRect(bar);
    }
}

void GraphPainter::paintOutages(QPainter *painter, const QColor &color) const
{
    std::optional<double> last;
    for (auto point = m_series.points.crbegin(); point != m_series.points.crend(); ++point) {
        if (!point->isNotReached)
            continue;
        const double at = x(std::min(point->from + m_series.length / 2, m_series.now));
        if (last && std::abs(*last - at) < CrossDistance)
            continue;
        last = at;
        paintCross(painter, {at, m_plot.bottom() - CrossArm}, color);
    }
}

void GraphPainter::paintCursor(QPainter *painter, const QColor &color, qint64 cursor) const
{
    if (cursor < m_series.begin() || cursor > m_series.now)
        return;
    painter->setPen(QPen(color, 1, Qt::DashLine));
    painter->drawLine(QPointF(x(cursor), m_plot.top()), QPointF(x(cursor), m_plot.bottom()));
    const GraphSeries::Point *const point = m_series.at(cursor);
    if (!point || !point->value)
        return;
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawEllipse(QPointF(x(cursor), y(*point->value)), 2.5, 2.5);
}

} // namespace qproxysql
