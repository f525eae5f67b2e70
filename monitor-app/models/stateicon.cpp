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
    StateIconEngine(PeerLook look, const std::optional<QPalette> &palette, double phase)
        : m_look(look)
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
        paintState(painter, QRectF(rect).adjusted(margin, margin, -margin, -margin), m_look,
                   stateColor(m_look, palette), m_phase);
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
    const PeerLook m_look;
    const std::optional<QPalette> m_palette;
    const double m_phase;
};

} // namespace

QColor stateColor(PeerLook look, bool dark)
{
    switch (look) {
    case PeerLook::Up:
        return dark ? QColor(0x2E, 0xE6, 0xA0) : QColor(0x1B, 0x6B, 0x4F);
    case PeerLook::Slow:
    case PeerLook::Checking:
        return dark ? QColor(0xFF, 0xCB, 0x33) : QColor(0xB0, 0x7A, 0x1E);
    case PeerLook::Down:
        return dark ? QColor(0xF0, 0x55, 0x3A) : QColor(0xB3, 0x15, 0x0A);
    case PeerLook::Draining:
    case PeerLook::Stalled: // #1F86F0 had 2.97 to 1 on the alternate rows of some light palettes
        return dark ? QColor(0x8C, 0xC8, 0xFF) : QColor(0x1B, 0x7F, 0xE6);
    case PeerLook::Drained:
    case PeerLook::SafeToStop:
    case PeerLook::Stopped:
        return dark ? QColor(0xC4, 0x55, 0xF0) : QColor(0x7B, 0x1F, 0xA2);
    case PeerLook::NoData:
        break;
    }
    return dark ? QColor(0xA0, 0xA0, 0xA0) : QColor(0x6E, 0x6E, 0x6E);
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightnessF() < palette.color(QPalette::Text).lightnessF();
}

QColor stateColor(PeerLook look, const QPalette &palette)
{
    if (look == PeerLook::NoData)
        return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.4);
    return stateColor(look, isDark(palette));
}

void paintState(QPainter *painter, const QRectF &rect, PeerLook look, const QColor &color,
                double phase)
{
    const double side = std::min(rect.width(), rect.height());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.center().x() - side / 2, rect.center().y() - side / 2);
    snapToPixels(painter);
    painter->scale(side / StateGlyph::Size, side / StateGlyph::Size);
    const StateGlyph glyph = StateGlyph::of(look, painter->deviceTransform().m11(), phase);
    if (!glyph.faint.isEmpty()) {
        QColor faint = color;
        faint.setAlphaF(float(Faintness));
        painter->fillPath(glyph.faint, faint);
    }
    painter->fillPath(glyph.solid, color);
    painter->restore();
}

QIcon stateIcon(PeerLook look, const QPalette &palette, double phase)
{
    return QIcon(new StateIconEngine(look, palette, phase));
}

QIcon stateIcon(PeerLook look)
{
    return QIcon(new StateIconEngine(look, std::nullopt, 0));
}

} // namespace qproxysql
