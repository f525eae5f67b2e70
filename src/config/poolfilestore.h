// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/poolfile.h"

#include <memory>

namespace qproxysql {

/// Keeps the last valid version of every pool file that this process has read, so that a
/// temporarily invalid file does no harm. Logs (category qproxysql.config) once per invalid
/// content, and once per file and unknown key. Thread-safe; file access and logging happen outside
/// its mutex. Process-wide, never destroyed.
class PoolFileStore
{
public:
    static PoolFileStore &instance();

    /// Reads the file now. Returns its content, or the last valid content if it is invalid; never
    /// nullptr, and the same pointer while the content is unchanged. Fails if the file was never
    /// valid; the error names file, line and reason. \a path is made absolute.
    Expected<std::shared_ptr<const PoolFile>> read(const QString &path);

    /// The file in which host names that are pools are looked up; empty if there is none. It is the
    /// value of the environment variable QPROXYSQL_CONFIG if that is set (even if the file does not
    /// exist), else the first qproxysql.ini in QStandardPaths::GenericConfigLocation (on Unix
    /// ~/.config, then /etc/xdg).
    static QString defaultPath();

private:
    PoolFileStore();
    struct State;
    State *m_state; ///< never freed
};

} // namespace qproxysql
