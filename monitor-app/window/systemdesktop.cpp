// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/systemdesktop.h"

#ifdef QPROXYSQL_WITH_DBUS
#include "window/notificationservice.h"

#include <QtDBus/QDBusConnection>
#endif

#include <QtWidgets/QSystemTrayIcon>

namespace qproxysql {

SystemDesktop::SystemDesktop() = default;
SystemDesktop::~SystemDesktop() = default;

bool SystemDesktop::hasTray() const
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void SystemDesktop::showIcon(const QIcon &icon, const QString &toolTip, QMenu *menu)
{
    if (!m_icon) {
        m_icon = std::make_unique<QSystemTrayIcon>();
        m_icon->setContextMenu(menu);
        connect(m_icon.get(), &QSystemTrayIcon::activated, this,
                [this](QSystemTrayIcon::ActivationReason reason) {
                    if (reason != QSystemTrayIcon::Context)
                        Q_EMIT iconActivated();
                });
    }
    m_icon->setIcon(icon);
    m_icon->setToolTip(toolTip);
    m_icon->show();
}

void SystemDesktop::hideIcon()
{
    m_icon.reset();
}

#ifdef QPROXYSQL_WITH_DBUS
// Not QSystemTrayIcon::showMessage(): it needs a tray, which not every desktop with notifications
// has, offers a click only on critical messages, and takes a click on any program's notification
// for one on its own.
NotificationService *SystemDesktop::service() const
{
    if (!m_service && QDBusConnection::sessionBus().isConnected()) {
        auto *const self = const_cast<SystemDesktop *>(this);
        m_service = new NotificationService(QDBusConnection::sessionBus(), self);
        connect(m_service, &NotificationService::activated, this,
                &SystemDesktop::notificationActivated);
    }
    return m_service;
}

bool SystemDesktop::hasNotifications() const
{
    return service() && service()->isThere();
}

void SystemDesktop::notify(const Message &message)
{
    if (service())
        service()->show(message);
}
#else
NotificationService *SystemDesktop::service() const
{
    return m_service;
}

bool SystemDesktop::hasNotifications() const
{
    return false;
}

void SystemDesktop::notify(const Message &) {}
#endif

} // namespace qproxysql
