// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/draincardwidget.h"

#include "models/plaintooltip.h"
#include "models/stateicon.h"
#include "window/peerlabel.h"
#include "window/verdictbanner.h"

#include <QtCore/QEvent>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int ChecksInARow = 2;

QLabel *cardLabel(QWidget *parent, const QString &name)
{
    auto *const label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QColor markColor(DrainCheck::State state, const QPalette &palette)
{
    switch (state) {
    case DrainCheck::State::Pass:
        return stateColor(DisplayState::Up, palette);
    case DrainCheck::State::Fail:
        return stateColor(DisplayState::Draining, palette);
    case DrainCheck::State::NotChecked:
        break;
    }
    return stateColor(DisplayState::NoData, palette);
}

void embolden(QWidget *widget)
{
    QFont font = widget->font();
    font.setBold(true);
    widget->setFont(font);
}

} // namespace

DrainCardWidget::DrainCardWidget(QWidget *parent)
    : QFrame(parent)
    , m_glyph(new QLabel(this))
    , m_title(cardLabel(this, u"cardTitle"_s))
    , m_who(cardLabel(this, u"cardWho"_s))
    , m_resume(new QPushButton(this))
    , m_report(new QPushButton(tr("Cop&y Report"), this))
    , m_bar(new QProgressBar(this))
    , m_progress(cardLabel(this, u"cardProgress"_s))
    , m_checks(new QGridLayout)
    , m_verdict(new VerdictBanner(this))
{
    setObjectName(u"drainCard"_s);
    setFrameShape(QFrame::StyledPanel);
    m_resume->setObjectName(u"resume"_s);
    m_report->setObjectName(u"copyReport"_s);
    m_report->setAccessibleName(tr("Copy report"));
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the drain"));
    m_bar->setMaximumHeight(fontMetrics().height());
    m_who->setForegroundRole(QPalette::PlaceholderText);
    m_who->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    embolden(m_title);
    addRows();
    connect(m_resume, &QPushButton::clicked, this, [this] { Q_EMIT resumeWanted(m_card.peer); });
    connect(m_report, &QPushButton::clicked, this, [this] { Q_EMIT reportWanted(m_card.peer); });
    hide();
}

void DrainCardWidget::addRows()
{
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(4);
    auto *const head = new QHBoxLayout;
    head->addWidget(m_glyph);
    head->addWidget(m_title);
    head->addWidget(m_who, 1);
    head->addWidget(m_resume);
    head->addWidget(m_report);
    layout->addLayout(head);
    auto *const progress = new QHBoxLayout;
    progress->addWidget(m_bar, 1);
    progress->addWidget(m_progress);
    layout->addLayout(progress);
    m_checks->setHorizontalSpacing(6);
    m_checks->setVerticalSpacing(2);
    for (int column = 0; column < ChecksInARow; ++column)
        m_checks->setColumnStretch(2 * column + 1, 1);
    layout->addWidget(m_verdict);
    layout->addLayout(m_checks);
}

void DrainCardWidget::setCard(const DrainCard &card)
{
    if (card == m_card)
        return;
    m_card = card;
    setVisible(card.isDraining);
    if (card.isDraining)
        showCard();
}

void DrainCardWidget::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_card.isDraining)
        showCard(); // recompute the colours
}

void DrainCardWidget::showCard()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_glyph->setPixmap(
            stateIcon(m_card.state, palette()).pixmap(QSize(size, size), devicePixelRatio()));
    m_title->setText(m_card.title);
    m_who->setText(m_card.who);
    m_who->setToolTip(plainToolTip(m_card.who));
    m_resume->setText(tr("&Resume %1").arg(PeerLabel::shortName(m_card.peer)));
    m_resume->setAccessibleName(tr("Resume %1").arg(m_card.peer));
    setAccessibleName(m_card.title);
    m_bar->setRange(0, std::max(m_card.drain.peak, 1));
    m_bar->setValue(m_card.drain.peak > 0 ? m_card.moved() : m_card.drain.left > 0 ? 0 : 1);
    m_progress->setText(m_card.progress);
    showChecks();
    showVerdict();
}

void DrainCardWidget::showChecks()
{
    while (m_marks.size() < m_card.drain.checks.size()) {
        const int number = int(m_marks.size());
        m_marks.append(cardLabel(this, u"mark"_s));
        m_texts.append(cardLabel(this, u"check"_s));
        embolden(m_marks.constLast());
        m_texts.constLast()->setWordWrap(true);
        const int row = number / ChecksInARow;
        const int column = 2 * (number % ChecksInARow);
        m_checks->addWidget(m_marks.constLast(), row, column);
        m_checks->addWidget(m_texts.constLast(), row, column + 1);
    }
    for (qsizetype i = 0; i < m_marks.size(); ++i) {
        const bool isUsed = i < m_card.drain.checks.size();
        m_marks.at(i)->setVisible(isUsed);
        m_texts.at(i)->setVisible(isUsed);
        if (!isUsed)
            continue;
        const DrainCheck &check = m_card.drain.checks.at(i);
        QPalette colours = palette();
        colours.setColor(QPalette::WindowText, markColor(check.state, palette()));
        m_marks.at(i)->setPalette(colours);
        m_marks.at(i)->setText(markOf(check.state));
        m_texts.at(i)->setText(check.text);
        m_texts.at(i)->setToolTip(plainToolTip(check.text));
    }
}

void DrainCardWidget::showVerdict()
{
    using Kind = VerdictBanner::Kind;
    const DrainCard::Verdict &verdict = m_card.verdict;
    const Kind kind = verdict.safety == DrainCard::Safety::Safe     ? Kind::Safe
                      : verdict.safety == DrainCard::Safety::NotYet ? Kind::NotYet
                                                                    : Kind::Unknown;
    m_verdict->show(kind, verdict.headline, verdict.reason, m_card.quietVerdict);
    m_verdict->setToolTip(plainToolTip(m_card.drain.obstacles.join(u'\n')));
}

} // namespace qproxysql
