// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/bannerstrip.h"

#include <QtCore/QEvent>
#include <QtWidgets/QApplication>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr QColor StripColor(0xb3, 0x15, 0x0a);

} // namespace

BannerStrip::BannerStrip(QWidget *parent)
    : QLabel(parent)
{
    setObjectName(u"banner"_s);
    setTextFormat(Qt::PlainText);
    setAlignment(Qt::AlignCenter);
    setAutoFillBackground(true);
    setMargin(3);
    QFont bold = font();
    bold.setBold(true);
    setFont(bold);
    hide();
}

void BannerStrip::show(const QString &banner, bool isReadOnly, const QString &pool)
{
    QStringList parts;
    if (!banner.isEmpty())
        parts.append(banner);
    if (isReadOnly)
        parts.append(tr("READ-ONLY"));
    setVisible(!parts.isEmpty());
    if (!pool.isEmpty())
        parts.append(pool);
    const QString line = parts.join(u"   "_s);
    if (text() == line)
        return;
    m_isBanner = !banner.isEmpty();
    colour();
    setText(line);
}

void BannerStrip::colour()
{
    m_isColouring = true;
    QPalette colours = QApplication::palette();
    const QColor back = m_isBanner ? StripColor : colours.color(QPalette::Highlight);
    const QColor text = m_isBanner ? QColor(Qt::white) : colours.color(QPalette::HighlightedText);
    colours.setColor(QPalette::Window, back);
    colours.setColor(QPalette::WindowText, text);
    setPalette(colours);
    m_isColouring = false;
}

void BannerStrip::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange && !m_isColouring)
        colour();
}

} // namespace qproxysql
