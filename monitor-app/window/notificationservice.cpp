// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/notificationservice.h"

#include <QtDBus/QDBusConnectionInterface>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

const auto BusName = u"org.freedesktop.Notifications"_s;
const auto Path = u"/org/freedesktop/Notifications"_s;
const auto DefaultAction = u"default"_s; ///< a click on the notification itself

QDBusMessage callOf(const QString &method)
{
    return QDBusMessage::createMethodCall(BusName, Path, BusName, method);
}

} // namespace

NotificationService::NotificationService(const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
    , m_bus(bus)
{
    const auto watch = [this](const QString &signal, const char *slot) {
        m_bus.connect(BusName, Path, BusName, signal, this, slot);
    };
    watch(u"ActionInvoked"_s, SLOT(noteAction(uint, QString)));
    watch(u"ActivationToken"_s, SLOT(noteToken(uint, QString)));
    watch(u"NotificationClosed"_s, SLOT(noteClosed(uint)));
}

bool NotificationService::isThere() const
{
    QDBusConnectionInterface *const bus = m_bus.interface();
    return !bus // a direct connection to the service
           || bus->isServiceRegistered(BusName)
           || bus->activatableServiceNames().value().contains(BusName);
}

void NotificationService::show(const Desktop::Message &message)
{
    if (m_hasMarkup) {
        send(message);
        return;
    }
    m_waiting.append(message);
    if (m_waiting.size() > 1)
        return;
    auto *const watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(callOf(u"GetCapabilities"_s)),
                                                      this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QStringList> reply = *watcher;
        if (reply.isValid())
            m_hasMarkup = reply.value().contains("body-markup"_L1);
        const QList<Desktop::Message> waiting = std::exchange(m_waiting, {});
        for (const Desktop::Message &one : waiting)
            send(one);
        watcher->deleteLater();
    });
}

void NotificationService::send(const Desktop::Message &message)
{
    const QVariantMap hints{{u"urgency"_s, QVariant::fromValue(uchar(message.isUrgent ? 2 : 1))},
                            {u"desktop-entry"_s, u"qproxysql-monitor"_s}};
    QList<uint> outdated = outdatedBy(message);
    QDBusMessage call = callOf(u"Notify"_s);
    call << tr("QPROXYSQL Monitor") << (outdated.isEmpty() ? 0U : outdated.takeFirst())
         << u"qproxysql-monitor"_s << message.title
         << (m_hasMarkup.value_or(false) ? message.text.toHtmlEscaped() : message.text)
         << QStringList{DefaultAction, tr("Show")} << hints << -1;
    auto *const watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, message] {
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isValid())
            m_shown.insert(reply.value(), message);
        else
            qWarning("qproxysql-monitor: a notification was not shown: %s",
                     qPrintable(reply.error().message()));
        watcher->deleteLater();
    });
    for (const uint id : std::as_const(outdated)) {
        QDBusMessage close = callOf(u"CloseNotification"_s);
        close << id;
        m_bus.send(close);
    }
}

// Urgent ones stay until somebody closes them: "Down" must not outlive "Up again".
QList<uint> NotificationService::outdatedBy(const Desktop::Message &message)
{
    QList<uint> outdated;
    for (auto shown = m_shown.begin(); shown != m_shown.end(); ++shown) {
        const auto removed = shown->about.removeIf(
                [&message](const QString &one) { return message.about.contains(one); });
        if (removed > 0 && shown->about.isEmpty())
            outdated.append(shown.key());
    }
    return outdated;
}

// The service tells everybody of every program's notifications.
void NotificationService::noteAction(uint id, const QString &)
{
    const auto shown = m_shown.constFind(id);
    if (shown != m_shown.cend())
        Q_EMIT activated(shown->pool, shown->peer);
}

/// Wayland lets a window come to the front only with what the click was given.
void NotificationService::noteToken(uint id, const QString &token)
{
    if (m_shown.contains(id))
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
}

void NotificationService::noteClosed(uint id)
{
    m_shown.remove(id);
}

} // namespace qproxysql
