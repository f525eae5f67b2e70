// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "parity/generator.h"

#include <vector>

namespace qproxysql::parity {

/// A column's definition and SQL literals at the edges of what it takes where sql_mode is ''.
struct ColumnType
{
    const char *definition;
    QStringList edges;
    QString (*draw)(Generator &generator); ///< one more literal
};

std::vector<ColumnType> numberColumns();
std::vector<ColumnType> timeColumns();
std::vector<ColumnType> textColumns();
std::vector<ColumnType> otherColumns();

} // namespace qproxysql::parity
