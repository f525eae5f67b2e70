// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

namespace qproxysql {

/// Where the drain directory of this machine or user is (docs/drain.md). Any thread. Not cached, since an
/// administrator may create the machine's folder while applications run.
class DirectoryLocation
{
public:
    /// The absolute path: QPROXYSQL_DIR, else the machine's folder if it exists, else the user's. It need
    /// not exist. An error when QPROXYSQL_DIR is not absolute or the user has no home.
    static Expected<QString> folder();

    /// /var/lib/qproxysql, %PROGRAMDATA%\qproxysql. Only an administrator creates it.
    static QString machineFolder();
    /// $XDG_STATE_HOME/qproxysql, ~/.local/state/qproxysql; empty without a home.
    static QString userFolder();
};

} // namespace qproxysql
