// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// A user of this machine, as the system lists it. Value type.
struct SystemUser
{
    QString name; ///< empty: not listed
    QString home; ///< empty: not listed

    /// May ask a directory server.
    static SystemUser withId(uint id);
};

} // namespace qproxysql
