// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/stateicon.h"

#include "models/stateglyphs.h"

#include <QtGui/QGuiApplication>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPalette>

#include <algorithm>
#include <cmath>
#include <optional>

namespace qproxysql {

namespace {

constexpr double Faintness = 0.3;
constexpr double DisabledOpacity = 0.5;
/// Around the glyph of a row, relative to its width: room for the plate of a selected row.
constexpr double Margin = 0.1;

QColor mixed(const QColor &one, const QColor &other, double part)
{
    const auto mix = [part](float a, float b) { return float(a * (1 - part) + b * part); };
    return QColor::fromRgbF(mix(one.redF(), other.redF()), mix(one.greenF(), other.greenF()),
                            mix(one.blueF(), other.blueF()));
}

/// At a scale of 1.5 a glyph's corner may lie between two pixels, and with it all of its edges.
void snapToPixels(QPainter *painter)
{
    const QTransform device = painter->deviceTransform();
    if (device.type() > QTransform::TxScale)
        return;
    painter->translate((std::round(device.dx()) - device.dx()) / device.m11(),
                       (std::round(device.dy()) - device.dy()) / device.m22());
}

class StateIconEngine : public QIconEngine
{
public:
    StateIconEngine(DisplayState state, const std::optional<QPalette> &palette, double phase)
        : m_state(state)
        , m_palette(palette)
        , m_phase(phase)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = m_palette.value_or(QGuiApplication::palette());
        const double margin = m_palette ? Margin * rect.width() : 0;
        painter->save();
        if (mode == QIcon::Disabled)
            painter->setOpacity(DisabledOpacity * painter->opacity());
        if (mode == QIcon::Selected) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(palette.color(QPalette::Base));
            painter->drawRoundedRect(QRectF(rect), rect.width() / 5.0, rect.width() / 5.0);
        }
        paintState(painter, QRectF(rect).adjusted(margin, margin, -margin, -margin), m_state,
                   stateColor(m_state, palette), m_phase);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new StateIconEngine(*this); }
    QString key() const override { return QStringLiteral("qproxysql-state"); }

private:
    const DisplayState m_state;
    const std::optional<QPalette> m_palette;
    const double m_phase;
};

} // namespace

QColor stateColor(DisplayState state, Background background)
{
    struct Colors
    {
        QRgb onLight;
        QRgb onDark;
    };
    constexpr Colors All[DisplayStateCount] = {
            {0x1B6B4F, 0x2EE6A0}, // Up
            {0xB07A1E, 0xFFCB33}, // Slow
            {0xB07A1E, 0xFFCB33}, // Checking
            {0xB3150A, 0xF0553A}, // Down
            {0x1B7FE6, 0x8CC8FF}, // Draining: #1F86F0 had 2.97 to 1 on some light alternate rows
            {0x1B7FE6, 0x8CC8FF}, // Stalled
            {0x7B1FA2, 0xC455F0}, // Drained
            {0x7B1FA2, 0xC455F0}, // SafeToStop
            {0x7B1FA2, 0xC455F0}, // Stopped
            {0x6E6E6E, 0xA0A0A0}, // NoData
    };
    const Colors &colors = All[int(state)];
    return QColor(background == Background::Dark ? colors.onDark : colors.onLight);
}

Background backgroundOf(const QPalette &palette)
{
    const float base = palette.color(QPalette::Base).lightnessF();
    return base < palette.color(QPalette::Text).lightnessF() ? Background::Dark : Background::Light;
}

QColor stateColor(DisplayState state, const QPalette &palette)
{
    if (state == DisplayState::NoData)
        return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.4);
    return stateColor(state, backgroundOf(palette));
}

void paintState(QPainter *painter, const QRectF &rect, DisplayState state, const QColor &color,
                double phase)
{
    const double side = std::min(rect.width(), rect.height());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.center().x() - side / 2, rect.center().y() - side / 2);
    snapToPixels(painter);
    painter->scale(side / StateGlyph::Size, side / StateGlyph::Size);
    const StateGlyph glyph = StateGlyph::of(state, painter->deviceTransform().m11(), phase);
    if (!glyph.faint.isEmpty()) {
        QColor faint = color;
        faint.setAlphaF(float(Faintness));
        painter->fillPath(glyph.faint, faint);
    }
    painter->fillPath(glyph.solid, color);
    painter->restore();
}

QIcon stateIcon(DisplayState state, const QPalette &palette, double phase)
{
    return QIcon(new StateIconEngine(state, palette, phase));
}

QIcon stateIcon(DisplayState state)
{
    return QIcon(new StateIconEngine(state, std::nullopt, 0));
}

} // namespace qproxysql
