// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/poolfile.h"

#include <memory>

namespace qproxysql {

/// The last good version of every pool file that this process has read, so that a file that is
/// broken for a while breaks nothing. Says once per content that it is broken, and once per file and
/// key that a key is unknown (category qproxysql.config). Thread-safe; file access and logging happen
/// outside its mutex. Process-wide, never destroyed.
class PoolFileStore
{
public:
    static PoolFileStore &instance();

    /// Reads the file now. What it says when it parses (the same pointer as long as it says the
    /// same), else the last version that did; never nullptr. Where none ever did the error names file,
    /// line and reason. \a path is made absolute.
    Expected<std::shared_ptr<const PoolFile>> read(const QString &path);

    /// The file in which host names that are pools are looked up: environment QPROXYSQL_CONFIG, also
    /// when no such file exists (set but empty: there is none); else the first qproxysql.ini in
    /// QStandardPaths::GenericConfigLocation, which is the user's folder before the system's (on
    /// Unix ~/.config, then /etc/xdg). Empty when there is none.
    static QString defaultPath();

private:
    PoolFileStore();
    struct State;
    State *m_state; ///< never freed
};

} // namespace qproxysql
