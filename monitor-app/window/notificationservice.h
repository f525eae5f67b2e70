// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "window/desktop.h"

#include <QtCore/QHash>
#include <QtDBus/QDBusConnection>

#include <optional>

namespace qproxysql {

/// The desktop's notification service (org.freedesktop.Notifications). The GUI thread; waits for
/// the bus only in isThere().
class NotificationService : public QObject
{
    Q_OBJECT

public:
    explicit NotificationService(const QDBusConnection &bus, QObject *parent = nullptr);

    bool isThere() const; ///< it runs, or the bus can start it
    void show(const Desktop::Message &message);

Q_SIGNALS:
    void activated(const QString &pool, const QString &peer); ///< by a click

private Q_SLOTS:
    void noteAction(uint id, const QString &action);
    void noteToken(uint id, const QString &token);
    void noteClosed(uint id);

private:
    void send(const Desktop::Message &message);
    QList<uint> outdatedBy(const Desktop::Message &message);

    QDBusConnection m_bus;
    std::optional<bool> m_hasMarkup; ///< nothing: not known yet
    QList<Desktop::Message> m_waiting;
    QHash<uint, Desktop::Message> m_shown;
};

} // namespace qproxysql
