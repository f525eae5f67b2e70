// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/graphspane.h"

#include "window/graphview.h"

#include <QtCore/QDateTime>
#include <QtCore/QEvent>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QLabel>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

GraphsPane::GraphsPane(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_time(new QLabel(this))
    , m_spans(new QButtonGroup(this))
    , m_area(new QScrollArea(this))
    , m_grid(new QGridLayout)
{
    m_title->setObjectName(u"graphsTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_time->setObjectName(u"graphsTime"_s);
    m_spans->setObjectName(u"spans"_s);
    auto *const head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_time);
    for (const auto kind : {HistorySpan::FiveMinutes, HistorySpan::Hour, HistorySpan::Day}) {
        const QString text = GraphSeries::spanText(kind);
        // "24 h" is read from left to right in every script.
        auto *const button = new QRadioButton(layoutDirection() == Qt::RightToLeft
                                                      ? QChar(0x2066) + text + QChar(0x2069)
                                                      : text,
                                              this);
        button->setAccessibleName(tr("The last %1").arg(text));
        button->setChecked(kind == HistorySpan::FiveMinutes);
        m_spans->addButton(button, kind);
        head->addWidget(button);
    }
    auto *const sheet = new QWidget(this);
    sheet->setLayout(m_grid);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(4);
    for (const HistoryValue value : HistoryValues) {
        auto *const graph = new GraphView(value, sheet);
        connect(graph, &GraphView::cursorMoved, this, &GraphsPane::setCursorTime);
        m_graphs.push_back(graph);
    }
    m_area->setWidget(sheet);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->viewport()->installEventFilter(this);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addLayout(head);
    layout->addWidget(m_area, 1);
    connect(m_spans, &QButtonGroup::idClicked, this, [this] {
        setCursorTime({});
        Q_EMIT spanChanged();
    });
    arrange();
}

// A graph that has the focus loses it when the pane is gone already.
GraphsPane::~GraphsPane()
{
    for (GraphView *graph : m_graphs)
        graph->disconnect(this);
}

HistorySpan::Kind GraphsPane::span() const
{
    return HistorySpan::Kind(m_spans->checkedId());
}

QWidget *GraphsPane::firstGraph() const
{
    return m_graphs.front();
}

void GraphsPane::setHistory(const QString &title, const HistoryRing *ring, qint64 now)
{
    m_title->setText(title);
    static const HistoryRing nothing;
    for (GraphView *graph : m_graphs)
        graph->setSeries(GraphSeries::of(ring ? *ring : nothing, graph->value(), span(), now,
                                         std::max(1, graph->width())));
    arrange();
}

/// As many beside each other as fit without cutting a text.
void GraphsPane::arrange()
{
    int least = 0;
    for (const GraphView *graph : m_graphs)
        least = std::max(least, graph->minimumSizeHint().width());
    const int count = int(m_graphs.size());
    const int room = m_area->viewport()->width() + m_grid->spacing();
    const int most = std::clamp(room / (least + m_grid->spacing()), 1, count);
    const int rows = (count + most - 1) / most;
    const int columns = (count + rows - 1) / rows; // no row with a single one
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int i = 0; i < count; ++i) {
        m_grid->addWidget(m_graphs[size_t(i)], i / columns, i % columns);
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
        m_grid->setRowStretch(i, i * columns < count ? 1 : 0);
    }
}

void GraphsPane::setCursorTime(std::optional<qint64> time)
{
    m_time->setText(
            time ? locale().toString(QDateTime::fromMSecsSinceEpoch(*time).time(), u"HH:mm:ss"_s)
                 : QString());
    for (GraphView *graph : m_graphs)
        graph->setCursorTime(time);
}

bool GraphsPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        arrange();
    return QWidget::eventFilter(watched, event);
}

} // namespace qproxysql
