// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/lexermode.h"

#include <QtCore/QStringList>

namespace qproxysql {

/// Splits \a sql into its statements and leaves out empty ones. A text with semicolons that may not
/// end a statement (BEGIN NOT ATOMIC ... END, a conditional comment, an open quote) is not split.
QStringList singleStatements(const QString &sql, LexerMode mode);

} // namespace qproxysql
