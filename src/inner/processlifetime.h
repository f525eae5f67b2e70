// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <functional>

namespace qproxysql {

/// When things end: one place for the post routine of QCoreApplication and for std::atexit.
///
/// Qt forgets its post routines whenever an application is destroyed, and a process may have several
/// applications one after the other; std::atexit is for once. Hooks run in reverse order of
/// registration, without a lock held, and must bound what they wait for: nobody's exit waits longer
/// than CONNECT_TIMEOUT. Our own code is kept loaded until the process ends, since worker threads may
/// be inside it. Thread-safe, process-wide, never destroyed.
class ProcessLifetime
{
public:
    /// \a hook runs whenever a QCoreApplication is being destroyed, and at the latest before the
    /// hooks of onProcessEnd(). Registered once for all applications to come.
    static void onApplicationEnd(std::function<void()> hook);

    /// \a hook runs once, at exit().
    static void onProcessEnd(std::function<void()> hook);

    /// Makes sure that the hooks of onApplicationEnd() will run for the application that exists now.
    /// Call it whenever a connection opens; costs one atomic read when nothing is to do.
    static void watchApplication();

    /// True from the beginning of exit() on.
    static bool isEnding() noexcept;
};

} // namespace qproxysql
