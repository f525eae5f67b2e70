// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "window/desktop.h"

#include <QtGui/QIcon>
#include <QtWidgets/QMenu>

/// A desktop that remembers what it was asked to show.
class FakeDesktop : public qproxysql::Desktop
{
public:
    using Message = qproxysql::Desktop::Message;

    bool isTrayThere = true;
    bool isServiceThere = true;
    bool isIconShown = false;
    QIcon icon;
    QString toolTip;
    QMenu *menu = nullptr;
    QList<Message> messages;

    FakeDesktop()
        : Desktop(nullptr)
    {
    }
    bool hasTray() const override { return isTrayThere; }
    bool hasNotifications() const override { return isServiceThere; }
    void showIcon(const QIcon &shown, const QString &text, QMenu *shownMenu) override
    {
        isIconShown = true;
        icon = shown;
        toolTip = text;
        menu = shownMenu;
    }
    void hideIcon() override { isIconShown = false; }
    void notify(const Message &message) override { messages.append(message); }

    QStringList titles() const
    {
        QStringList all;
        for (const Message &message : messages)
            all.append(message.title);
        return all;
    }
};
