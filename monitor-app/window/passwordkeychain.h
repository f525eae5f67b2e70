// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QObject>

#include <functional>
#include <optional>

namespace qproxysql {

/// The desktop's keychain, if the window was built with QtKeychain; otherwise it is not available
/// and does nothing. Never blocks. The GUI thread.
class PasswordKeychain
{
public:
    static bool isAvailable();

    /// \a done: called with the password, or without one, when the keychain has answered, unless \a
    /// context was destroyed.
    static void read(const QString &account, QObject *context,
                     std::function<void(const std::optional<QString> &)> done);
    /// \a done: with the error; empty: it was stored.
    static void write(const QString &account, const QString &password, QObject *context,
                      std::function<void(const QString &)> done);
};

} // namespace qproxysql
