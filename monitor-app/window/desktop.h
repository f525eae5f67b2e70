// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QObject>
#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QIcon;
class QMenu;
QT_END_NAMESPACE

namespace qproxysql {

/// What the desktop offers to a program at which nobody looks: a place in its tray, and
/// notifications. Either may be missing, and may come and go. The GUI thread.
class Desktop : public QObject
{
    Q_OBJECT

public:
    struct Message
    {
        QString title;
        QString text;
        bool isUrgent = false;
        QString pool; ///< of notificationActivated()
        QString peer;
        /// The peers, and their pools, that it tells of. It takes the place of earlier messages that tell
        /// of none but these.
        QStringList about{};
    };

    using QObject::QObject;

    virtual bool hasTray() const = 0;
    virtual bool hasNotifications() const = 0;
    /// Shows the icon, or changes it. \a menu: not owned.
    virtual void showIcon(const QIcon &icon, const QString &toolTip, QMenu *menu) = 0;
    virtual void hideIcon() = 0;
    virtual void notify(const Message &message) = 0;

Q_SIGNALS:
    void iconActivated();
    void notificationActivated(const QString &pool, const QString &peer);
};

} // namespace qproxysql
