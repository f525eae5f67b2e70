// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "window/loginkeeper.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace qproxysql {

class MessageBar;
class MonitorSettings;
class WatchedSource;

/// Reports a refused account and asks for another one. The GUI thread.
class LoginPrompts : public QObject
{
    Q_OBJECT

public:
    LoginPrompts(MessageBar &messages, MonitorSettings &settings, QWidget *window);

    void watch(WatchedSource *source);
    void ask(WatchedSource *source); ///< opens the dialog, unless one is open

private:
    void report(WatchedSource *source);
    void reportUnseen(WatchedSource *source);
    void use(WatchedSource *source, const LoginSource &typed, const QString &password,
             LoginKeeper::Storage storage);

    MessageBar &m_messages;
    MonitorSettings &m_settings;
    QWidget *const m_window;
    QHash<const WatchedSource *, QString> m_unseen; ///< what was said of servers without data
};

} // namespace qproxysql
