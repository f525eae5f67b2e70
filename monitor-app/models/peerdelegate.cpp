// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/peerdelegate.h"

#include "models/peersmodel.h"
#include "models/stateicon.h"
#include "models/trendparts.h"

#include <QtGui/QPainter>

#include <algorithm>

namespace qproxysql {

namespace {

constexpr QSize GlyphSize(20, 20); ///< the glyph itself takes 16
constexpr QSize TrendSize(110, 24);
constexpr QChar LeftToRight(0x2066); ///< isolates
constexpr QChar EndOfIt(0x2069);

/// Maps samples to the rectangle.
struct TrendScale
{
    QRectF box;
    double step = 0;
    double most = 1;
    bool isMirrored = false;

    double x(qsizetype i) const
    {
        const double along = (double(i) - (PeerHistory::Steps - 1)) * step;
        return isMirrored ? box.left() - along : box.right() + along;
    }
    double y(int sessions) const { return box.bottom() - box.height() * sessions / most; }
};

bool isDrawn(const TrendSample &sample)
{
    return sample.reach != TrendSample::Reach::NotReached && sample.sessions >= 0;
}

void paintCrosses(QPainter *painter, const TrendScale &scale, const QList<TrendSample> &trend,
                  const QColor &color)
{
    std::optional<double> last;
    const qsizetype shift = PeerHistory::Steps - trend.size();
    for (qsizetype i = trend.size() - 1; i >= 0; --i) {
        if (trend.at(i).reach != TrendSample::Reach::NotReached) {
            continue;
        }
        const double x = scale.x(i + shift);
        if (last && std::abs(*last - x) < CrossDistance)
            continue;
        last = x;
        paintCross(painter, {x, scale.box.bottom() - CrossArm}, color);
    }
}

} // namespace

void PeerDelegate::paintTrend(QPainter *painter, const QRectF &rect,
                              const QList<TrendSample> &trend, const QColor &line,
                              const QColor &failure, Qt::LayoutDirection direction)
{
    TrendScale scale;
    scale.box = rect.adjusted(6, 5, -6, -5);
    scale.step = scale.box.width() / double(PeerHistory::Steps - 1);
    scale.isMirrored = direction == Qt::RightToLeft;
    for (const TrendSample &sample : trend)
        scale.most = std::max(scale.most, double(sample.sessions));

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qsizetype shift = PeerHistory::Steps - trend.size();
    QPolygonF run;
    for (qsizetype i = 0; i < trend.size(); ++i) {
        if (isDrawn(trend.at(i)))
            run.append({scale.x(i + shift), scale.y(trend.at(i).sessions)});
        if (!run.isEmpty() && (!isDrawn(trend.at(i)) || i + 1 == trend.size())) {
            paintRun(painter, run, scale.box.bottom(), line);
            run.clear();
        }
    }
    paintCrosses(painter, scale, trend, failure);
    painter->restore();
}

void PeerDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.column() != PeersModel::State) {
        // "> 41 s" and "3.4 ms" are read from left to right in every script.
        if (option->direction == Qt::RightToLeft && !option->text.isEmpty())
            option->text = LeftToRight + option->text + EndOfIt;
        return;
    }
    const auto state = DisplayState(index.data(PeersModel::StateRole).toInt());
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = GlyphSize;
    option->icon = stateIcon(state, option->palette, m_phase);
}

void PeerDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != PeersModel::Trend)
        return;
    const QPalette &palette = option.palette;
    const bool isSelected = option.state & QStyle::State_Selected;
    // Only the text's colour is visible on every selection's background.
    const QPalette::ColorGroup group = option.state & QStyle::State_Active ? QPalette::Active
                                                                           : QPalette::Inactive;
    const QColor selected = palette.color(group, QPalette::HighlightedText);
    paintTrend(painter, option.rect, index.data(PeersModel::TrendRole).value<QList<TrendSample>>(),
               isSelected ? selected : stateColor(DisplayState::NoData, palette),
               isSelected ? selected : stateColor(DisplayState::Down, palette), option.direction);
}

QSize PeerDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return index.column() == PeersModel::Trend ? size.expandedTo(TrendSize)
                                               : size.expandedTo({0, TrendSize.height()});
}

} // namespace qproxysql
