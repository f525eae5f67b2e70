// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// A process of this machine, told from a later one with the same number. Value type.
struct CommandProcess
{
    qint64 pid = 0; ///< 0: none
    QString boot;   ///< of the machine; empty: not known, as on systems without /proc
    QString start;  ///< in the kernel's ticks since the boot; empty: not known

    /// The one that has this number now.
    static CommandProcess of(qint64 pid);
    bool isAlive() const;

    friend bool operator==(const CommandProcess &, const CommandProcess &) = default;
};

} // namespace qproxysql
