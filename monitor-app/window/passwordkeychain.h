// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QObject>

#include <functional>
#include <optional>

namespace qproxysql {

/// The desktop's keychain, where the window was built with QtKeychain; else it has nothing and keeps
/// nothing. Never blocks. The GUI thread.
class PasswordKeychain
{
public:
    static bool isAvailable();

    /// \a done: with the password, or without one, once the keychain has answered, unless \a context has
    /// gone by then.
    static void read(const QString &account, QObject *context,
                     std::function<void(const std::optional<QString> &)> done);
    /// \a done: with what was wrong; empty: it is kept.
    static void write(const QString &account, const QString &password, QObject *context,
                      std::function<void(const QString &)> done);
};

} // namespace qproxysql
