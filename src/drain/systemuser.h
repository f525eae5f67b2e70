// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// A user account of this machine. Value type.
struct SystemUser
{
    QString name; ///< empty: unknown
    QString home; ///< empty: unknown
                  /// May ask a directory server.
    static SystemUser withId(uint id);
};

} // namespace qproxysql
