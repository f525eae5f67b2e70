// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/rowsview.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStyledItemDelegate>

#include <algorithm>

namespace qproxysql {

namespace {

constexpr int FrameWidth = 2;
constexpr QChar EmbedLeftToRight(0x202a);
constexpr QChar EndOfEmbedding(0x202c);

/// Adds space around the text.
class AiryDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(10, 6);
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        // "41 s" is read from left to right in every script.
        const bool isNumber = index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
        if (isNumber && option->direction == Qt::RightToLeft)
            option->text = EmbedLeftToRight + option->text + EndOfEmbedding;
    }
};

} // namespace

RowsView::RowsView(const QString &accessibleName, QList<Share> shares, QWidget *parent)
    : QTreeView(parent)
    , m_shares(std::move(shares))
{
    setAccessibleName(accessibleName);
    setRootIsDecorated(false);
    setItemDelegate(new AiryDelegate(this));
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setAlternatingRowColors(true);
    setSelectionMode(ExtendedSelection);
    setFrameStyle(Box | Plain);
    setLineWidth(FrameWidth);
    header()->setStretchLastSection(false);
    header()->setAccessibleName(tr("Columns"));
}

void RowsView::fitColumns()
{
    int total = 0;
    m_widest.resize(header()->count());
    for (int column = 0; column < header()->count(); ++column) {
        if (isColumnHidden(column))
            continue;
        int &widest = m_widest[column];
        widest = std::max({widest, sizeHintForColumn(column), header()->sectionSizeHint(column)});
        total += widest;
    }
    int parts = 0;
    for (const Share &share : m_shares)
        parts += isColumnHidden(share.column) ? 0 : share.parts;
    const int part = std::max(0, viewport()->width() - total) / std::max(parts, 1);
    int excess = std::max(0, total - viewport()->width());
    for (int column = 0; column < header()->count(); ++column) {
        if (isColumnHidden(column))
            continue;
        int width = m_widest.at(column);
        for (const Share &share : m_shares) {
            if (share.column != column)
                continue;
            width += part * share.parts;
            // A title is cut before a scroll bar is needed.
            const int spare = std::clamp(width - sizeHintForColumn(column), 0, excess);
            width -= spare;
            excess -= spare;
        }
        if (columnWidth(column) != width)
            setColumnWidth(column, width);
    }
}

// Styles mark the focus of a table hardly or not at all.
bool RowsView::event(QEvent *event)
{
    if (event->type() != QEvent::Paint)
        return QTreeView::event(event);
    QPainter painter(this);
    const QRectF outline(rect());
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), FrameWidth));
        painter.drawRect(outline.adjusted(1, 1, -1, -1));
    } else {
        painter.setPen(palette().color(QPalette::Mid));
        painter.drawRect(outline.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    return true;
}

void RowsView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        m_widest.fill(0);
    QTreeView::changeEvent(event);
}

void RowsView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitColumns(); // also when a scroll bar appears
}

} // namespace qproxysql
