// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/lexermode.h"

#include <QtCore/QStringList>

namespace qproxysql {

/// The statements of \a sql, without those that are empty. A text whose semicolons may not all end a
/// statement (BEGIN NOT ATOMIC ... END, a conditional comment, quotes without an end) is one.
QStringList singleStatements(const QString &sql, LexerMode mode);

} // namespace qproxysql
