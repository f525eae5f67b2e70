// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "window/desktop.h"

#include <memory>

QT_BEGIN_NAMESPACE
class QSystemTrayIcon;
QT_END_NAMESPACE

namespace qproxysql {

class NotificationService;

/// The user's desktop: the tray as Qt finds it, and the notification service of the session's
/// D-Bus, where the program was built with Qt D-Bus.
class SystemDesktop : public Desktop
{
    Q_OBJECT

public:
    SystemDesktop();
    ~SystemDesktop() override;

    bool hasTray() const override;
    bool hasNotifications() const override;
    void showIcon(const QIcon &icon, const QString &toolTip, QMenu *menu) override;
    void hideIcon() override;
    void notify(const Message &message) override;

private:
    NotificationService *service() const; ///< nullptr: there is no session bus

    std::unique_ptr<QSystemTrayIcon> m_icon;
    mutable NotificationService *m_service = nullptr; ///< a child
};

} // namespace qproxysql
