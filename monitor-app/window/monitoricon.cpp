// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/monitoricon.h"

#include "models/stateicon.h"

#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr QColor Cylinder(0x1f, 0x86, 0xf0);
constexpr QColor CylinderLid(0x8c, 0xc8, 0xff);
constexpr QColor CylinderRim(0x0d, 0x3f, 0x7a);

/// On a square of 64.
void paintCylinder(QPainter *painter, double x, double y, double width, double height)
{
    const double lid = width * 0.36;
    QPainterPath body;
    body.moveTo(x, y + lid / 2);
    body.lineTo(x, y + height - lid / 2);
    body.arcTo(QRectF(x, y + height - lid, width, lid), 180, 180);
    body.lineTo(x + width, y + lid / 2);
    body.closeSubpath();
    painter->setPen(QPen(CylinderRim, 2));
    painter->setBrush(Cylinder);
    painter->drawPath(body);
    painter->setBrush(CylinderLid);
    painter->drawEllipse(QRectF(x, y, width, lid));
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(CylinderLid, 2));
    for (const double part : {0.36, 0.64})
        painter->drawArc(QRectF(x + 2, y + height * part, width - 4, lid), 190 * 16, 160 * 16);
}

class MonitorIconEngine : public QIconEngine
{
public:
    explicit MonitorIconEngine(std::optional<DisplayState> worst)
        : m_worst(worst)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / 64.0, rect.height() / 64.0);
        paintCylinder(painter, 5, 6, 30, 38);
        paintCylinder(painter, 28, 18, 32, 41);
        if (m_worst) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(Qt::white);
            painter->drawEllipse(QRectF(32, 32, 32, 32));
            paintState(painter, QRectF(34, 34, 28, 28), *m_worst,
                       stateColor(*m_worst, Background::Light));
        }
        painter->restore();
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine *clone() const override { return new MonitorIconEngine(*this); }

private:
    const std::optional<DisplayState> m_worst;
};

} // namespace

QIcon monitorIcon(std::optional<DisplayState> worst)
{
    return QIcon(new MonitorIconEngine(worst));
}

} // namespace qproxysql
