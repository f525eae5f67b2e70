// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/graphpainter.h"

#include <QtWidgets/QWidget>

namespace qproxysql {

/// One graph with a cursor, which follows the mouse and the arrow keys.
class GraphView : public QWidget
{
    Q_OBJECT

public:
    explicit GraphView(HistoryValue value, QWidget *parent = nullptr);

    HistoryValue value() const { return m_series.value; }
    const GraphSeries &series() const { return m_series; }
    void setSeries(const GraphSeries &series);

    /// ms since 1970; nothing: none. Does not emit cursorMoved().
    void setCursorTime(std::optional<qint64> time);

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint(); }

Q_SIGNALS:
    void cursorMoved(std::optional<qint64> time); ///< by the user

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    GraphPainter painter() const { return {m_series, rect(), fontMetrics(), layoutDirection()}; }
    std::optional<qint64> timeAfter(int key) const;
    void describe();

    GraphSeries m_series;
    std::optional<qint64> m_cursor;
    int m_least = 0; ///< width
};

} // namespace qproxysql
