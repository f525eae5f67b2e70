// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/verdictbanner.h"

#include "models/stateicon.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr double HeadlineScale = 1.4;
constexpr QColor SafeColor(0x1b, 0x6e, 0x35); ///< white text on it has a contrast of 6

DisplayState stateOf(VerdictBanner::Kind kind)
{
    switch (kind) {
    case VerdictBanner::Kind::Safe:
        return DisplayState::SafeToStop;
    case VerdictBanner::Kind::NotYet:
        return DisplayState::Draining;
    case VerdictBanner::Kind::Unknown:
        break;
    }
    return DisplayState::NoData;
}

QColor mixed(const QColor &one, const QColor &other, double part)
{
    const auto mix = [part](int from, int to) { return int(from + (to - from) * part); };
    return {mix(one.red(), other.red()), mix(one.green(), other.green()),
            mix(one.blue(), other.blue())};
}

} // namespace

VerdictBanner::VerdictBanner(QWidget *parent)
    : QFrame(parent)
    , m_glyph(new QLabel(this))
    , m_headline(new QLabel(this))
    , m_text(new QLabel(this))
{
    setObjectName(u"verdictBanner"_s);
    setAutoFillBackground(true);
    setFrameShape(QFrame::Box);
    for (QLabel *label : {m_headline, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_headline->setObjectName(u"verdictHeadline"_s);
    m_text->setObjectName(u"verdictText"_s);
    QFont large = font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * HeadlineScale);
    m_headline->setFont(large);
    auto *const layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_glyph);
    auto *const texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_headline);
    texts->addWidget(m_text);
    layout->addLayout(texts, 1);
}

void VerdictBanner::show(Kind kind, const QString &headline, const QString &text,
                         const QString &quietText)
{
    const bool isOther = kind != m_kind || m_headline->text().isEmpty();
    m_kind = kind;
    m_headline->setText(headline);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    // Only with an event, so that screen readers do not speak countdowns.
    if (accessibleName() != quietText)
        setAccessibleName(quietText);
    if (isOther)
        colour();
    setVisible(!headline.isEmpty());
}

QString VerdictBanner::headline() const
{
    return m_headline->text();
}

QString VerdictBanner::text() const
{
    return m_text->text().isEmpty() ? headline() : headline() + u": "_s + m_text->text();
}

void VerdictBanner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange && !m_isColouring)
        colour();
}

void VerdictBanner::colour()
{
    m_isColouring = true;
    QPalette colours = QApplication::palette();
    const QColor base = colours.color(QPalette::Window);
    const QColor accent = stateColor(stateOf(m_kind), colours);
    const bool isSafe = m_kind == Kind::Safe;
    colours.setColor(QPalette::Window, isSafe ? SafeColor : mixed(base, accent, 0.15));
    colours.setColor(QPalette::WindowText,
                     isSafe ? QColor(Qt::white)
                            : QApplication::palette().color(QPalette::WindowText));
    setPalette(colours);
    const int size = m_headline->fontMetrics().height() * 5 / 4;
    QPixmap glyph(QSize(size, size) * devicePixelRatio());
    glyph.setDevicePixelRatio(devicePixelRatio());
    glyph.fill(Qt::transparent);
    QPainter painter(&glyph);
    paintState(&painter, QRectF(0, 0, size, size), stateOf(m_kind),
               isSafe ? QColor(Qt::white) : accent);
    painter.end();
    m_glyph->setPixmap(glyph);
    m_isColouring = false;
}

} // namespace qproxysql
