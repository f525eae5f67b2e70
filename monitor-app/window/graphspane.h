// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "history/historyring.h"

#include <QtWidgets/QWidget>

#include <array>
#include <vector>

QT_BEGIN_NAMESPACE
class QButtonGroup;
class QGridLayout;
class QLabel;
class QScrollArea;
QT_END_NAMESPACE

namespace qproxysql {

class GraphView;

/// The graphs of one peer over 5 min, 1 h or 24 h, with one cursor for all.
class GraphsPane : public QWidget
{
    Q_OBJECT

public:
    explicit GraphsPane(QWidget *parent = nullptr);
    ~GraphsPane() override;

    /// \a title: says whose they are. \a ring: nullptr: nothing is known. \a now: ms since 1970.
    void setHistory(const QString &title, const HistoryRing *ring, qint64 now);

    HistorySpan::Kind span() const;
    QWidget *firstGraph() const;

Q_SIGNALS:
    void spanChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void arrange();
    void setCursorTime(std::optional<qint64> time);

    QLabel *m_title;
    QLabel *m_time;
    QButtonGroup *m_spans;
    QScrollArea *m_area;
    QGridLayout *m_grid;
    std::vector<GraphView *> m_graphs;
    int m_columns = 0;
};

} // namespace qproxysql
