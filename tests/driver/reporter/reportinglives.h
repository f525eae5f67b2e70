// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql::reporting {

/// What a child of the test does; \a life is one of: open, off, twice, exit, read. Says "ready" when there
/// is something to see, and goes on at each line that it is sent. \a where: hosts, or the folder to read.
/// Returns the exit code.
int live(int argc, char **argv, const QString &life, const QString &where);

} // namespace qproxysql::reporting
