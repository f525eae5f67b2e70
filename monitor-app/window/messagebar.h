// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"

#include <QtCore/QHash>
#include <QtWidgets/QFrame>

#include <functional>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QToolButton;
QT_END_NAMESPACE

namespace qproxysql {

/// Shows errors above the pools instead of message boxes: one line, the most recent message first,
/// the others queued. After a person has closed a message, the same message is hidden for 10 s,
/// then for twice as long each time, up to ten minutes. One thread.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Information, Warning };
    static constexpr std::chrono::seconds FirstPause{10};
    static constexpr std::chrono::seconds LongestPause{600};

    explicit MessageBar(const Clock &clock = Clock::steady(), QWidget *parent = nullptr);

    struct Action
    {
        QString text;
        std::function<void()> run;
    };
    /// \a key: the subject; a second message with the same key replaces the first.
    void report(const QString &key, Kind kind, const QString &text, const Action &action = {});
    /// Removes the message of that key and forgets that it was closed.
    void clear(const QString &key);

    QString text() const; ///< the visible message; empty: none

private:
    struct Message
    {
        QString key;
        Kind kind = Kind::Information;
        QString text;
        Action action;
    };
    struct Pause
    {
        QString text;
        Clock::time_point until;
        std::chrono::seconds length{FirstPause};
    };
    void showLast();
    void dismiss();

    const Clock &m_clock;
    QList<Message> m_messages; ///< the last one is visible
    QHash<QString, Pause> m_pauses;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_button;
    QToolButton *m_close;
};

} // namespace qproxysql
