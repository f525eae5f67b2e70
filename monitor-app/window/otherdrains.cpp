// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/otherdrains.h"

#include "models/plaintooltip.h"
#include "models/stateicon.h"

#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace qproxysql {

OtherDrains::OtherDrains(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"otherDrains"_s);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    hide();
}

void OtherDrains::addLine()
{
    auto *const line = new QToolButton(this);
    line->setObjectName(u"drainLine"_s);
    line->setAutoRaise(true);
    line->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    line->setFocusPolicy(Qt::StrongFocus);
    line->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    const qsizetype number = m_lines.size();
    connect(line, &QToolButton::clicked, this,
            [this, number] { Q_EMIT wanted(m_cards.at(number).peer); });
    layout()->addWidget(line);
    m_lines.append(line);
}

void OtherDrains::setCards(const QList<DrainCard> &cards)
{
    if (cards == m_cards)
        return;
    m_cards = cards;
    while (m_lines.size() < cards.size())
        addLine();
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        QToolButton *const line = m_lines.at(i);
        line->setVisible(i < cards.size());
        if (i >= cards.size())
            continue;
        const DrainCard &card = cards.at(i);
        line->setIcon(stateIcon(card.state));
        QString text = card.title + u" · "_s + card.verdict.text();
        line->setText(text.replace(u'&', "&&"_L1));
        line->setToolTip(plainToolTip(card.who));
        line->setAccessibleName(card.title + u": "_s + card.quietVerdict);
    }
    setVisible(!cards.isEmpty());
}

} // namespace qproxysql
