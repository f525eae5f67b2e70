// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql::docs {

/// What is wrong with a name between backticks, a sentence; empty: nothing, or it is none that can be
/// checked. Checked are tests and their functions (tst_name::function), files and folders, classes and
/// functions of C++, options of programs, options of connections with their values, and environment
/// variables. SQL, values and names of others are not.
QString faultOfName(const QString &code);

} // namespace qproxysql::docs
