// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/messagebar.h"

#include <QtGui/QAccessible>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

MessageBar::MessageBar(const Clock &clock, QWidget *parent)
    : QFrame(parent)
    , m_clock(clock)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(u"messageBar"_s);
    setAccessibleName(tr("Message"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_close->setAutoRaise(true);
    m_close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    auto *const layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_messages.isEmpty())
            return;
        const Message message = m_messages.takeLast();
        showLast();
        message.action.run();
    });
    hide();
}

void MessageBar::report(const QString &key, Kind kind, const QString &text, const Action &action)
{
    const auto pause = m_pauses.constFind(key);
    if (pause != m_pauses.cend() && pause->text == text && m_clock.now() < pause->until)
        return;
    const auto isSame = [&](const Message &message) { return message.key == key; };
    const auto known = std::ranges::find_if(m_messages, isSame);
    if (known != m_messages.end() && known->text == text)
        return;
    m_messages.removeIf(isSame);
    m_messages.append({key, kind, text, action});
    showLast();
}

void MessageBar::clear(const QString &key)
{
    m_pauses.remove(key);
    if (m_messages.removeIf([&](const Message &message) { return message.key == key; }) > 0)
        showLast();
}

QString MessageBar::text() const
{
    return m_messages.isEmpty() ? QString() : m_messages.constLast().text;
}

void MessageBar::dismiss()
{
    if (m_messages.isEmpty())
        return;
    const Message message = m_messages.takeLast();
    Pause &pause = m_pauses[message.key];
    if (pause.text == message.text)
        pause.length = std::min(pause.length * 2, LongestPause);
    else
        pause = {message.text, {}, FirstPause};
    pause.until = m_clock.now() + pause.length;
    showLast();
}

void MessageBar::showLast()
{
    if (m_messages.isEmpty()) {
        hide();
        return;
    }
    const Message &message = m_messages.constLast();
    const auto icon = message.kind == Kind::Warning ? QStyle::SP_MessageBoxWarning
                                                    : QStyle::SP_MessageBoxInformation;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(style()->standardIcon(icon).pixmap(size));
    m_text->setText(message.text);
    m_button->setText(message.action.text);
    m_button->setAccessibleName(message.action.text);
    m_button->setVisible(bool(message.action.run));
    setAccessibleDescription(message.text);
    setVisible(true);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace qproxysql
