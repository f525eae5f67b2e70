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

/// Says above the pools what went wrong, in place of message boxes: one line at a time, the most recent
/// one, the others behind it. What is said again and again is not shown again and again: once a person
/// has closed a message, the same one stays away for 10 s, then for twice as long each time, up to ten
/// minutes. One thread.
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
    /// \a key: what it is about; a second message of the same key takes the first one's place.
    void tell(const QString &key, Kind kind, const QString &text, const Action &action = {});
    /// It is over: takes the message of that key away, and forgets that it was closed.
    void clear(const QString &key);

    QString text() const; ///< what is shown; empty: nothing

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
    QList<Message> m_messages; ///< the last one is shown
    QHash<QString, Pause> m_pauses;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_button;
    QToolButton *m_close;
};

} // namespace qproxysql
