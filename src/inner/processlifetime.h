// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <functional>

namespace qproxysql {

/// Hooks for the end of the application (Qt's post routines) and the process (std::atexit).
///
/// Qt drops its post routines whenever an application is destroyed, but a process may have several
/// applications one after the other. Hooks run in reverse order of registration, without a lock
/// held. They must limit their waiting: exit takes no longer than CONNECT_TIMEOUT. Our own code
/// stays loaded until the process ends, since worker threads may be executing it. Thread-safe,
/// process-wide, never destroyed.
class ProcessLifetime
{
public:
    /// \a hook runs whenever a QCoreApplication is destroyed, and at the latest before the hooks of
    /// onProcessEnd(). Register it once for all applications.
    static void onApplicationEnd(std::function<void()> hook);

    /// \a hook runs once, at exit().
    static void onProcessEnd(std::function<void()> hook);

    /// Ensures that the hooks of onApplicationEnd() run for the current application. Call it
    /// whenever a connection opens; it costs one atomic read if there is nothing to do.
    static void watchApplication();

    /// True once exit() has begun.
    static bool isEnding() noexcept;
};

} // namespace qproxysql
