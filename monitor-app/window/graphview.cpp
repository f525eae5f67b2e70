// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/graphview.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>

#include <algorithm>
#include <utility>

namespace qproxysql {

GraphView::GraphView(HistoryValue value, QWidget *parent)
    : QWidget(parent)
{
    m_series.value = value;
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void GraphView::setSeries(const GraphSeries &series)
{
    const bool isOther = series.span != m_series.span;
    m_series = series;
    setAccessibleName(series.title());
    const int wider = minimumSizeHint().width();
    if (wider != std::exchange(m_least, wider))
        updateGeometry();
    // Not with each new value where the focus is: a screen reader would not stop talking.
    if (isOther || !hasFocus())
        describe();
    update();
}

void GraphView::setCursorTime(std::optional<qint64> time)
{
    if (m_cursor == time)
        return;
    m_cursor = time;
    if (hasFocus())
        describe();
    update();
}

void GraphView::describe()
{
    setAccessibleDescription(m_series.description(m_cursor));
}

QSize GraphView::minimumSizeHint() const
{
    return GraphPainter::leastSize(m_series, fontMetrics());
}

void GraphView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    this->painter().paint(&painter, palette(), m_cursor);
    const QColor frame = palette().color(hasFocus() ? QPalette::Highlight : QPalette::Mid);
    const double width = hasFocus() ? 2 : 1;
    painter.setPen(QPen(frame, width));
    painter.drawRect(QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2));
}

void GraphView::mouseMoveEvent(QMouseEvent *event)
{
    Q_EMIT cursorMoved(painter().timeAt(event->position().x()));
}

void GraphView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    Q_EMIT cursorMoved({});
}

/// Where the cursor goes; the left key goes to the left in every language.
std::optional<qint64> GraphView::timeAfter(int key) const
{
    const qint64 back = (layoutDirection() == Qt::RightToLeft ? -1 : 1) * m_series.length;
    const qint64 at = m_cursor.value_or(m_series.now);
    switch (key) {
    case Qt::Key_Left:
        return std::clamp(at - back, m_series.begin(), m_series.now);
    case Qt::Key_Right:
        return std::clamp(at + back, m_series.begin(), m_series.now);
    case Qt::Key_Home:
        return m_series.begin();
    case Qt::Key_End:
        return m_series.now;
    default:
        return {};
    }
}

void GraphView::keyPressEvent(QKeyEvent *event)
{
    const std::optional<qint64> time = timeAfter(event->key());
    if (!time && (event->key() != Qt::Key_Escape || !m_cursor)) {
        QWidget::keyPressEvent(event);
        return;
    }
    Q_EMIT cursorMoved(time);
}

void GraphView::focusInEvent(QFocusEvent *event)
{
    describe();
    QWidget::focusInEvent(event);
}

void GraphView::focusOutEvent(QFocusEvent *event)
{
    Q_EMIT cursorMoved({});
    QWidget::focusOutEvent(event);
}

} // namespace qproxysql
