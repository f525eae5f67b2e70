// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "results/column.h"

#include <QtCore/QVariant>
#include <QtSql/qtsqlglobal.h>

namespace qproxysql {

/// The value of a column that the server sent as the text \a data, which is not NULL. Pure, thread-safe.
[[gnu::hot]] QVariant textValue(const Column &column, const char *data, size_t length,
                                QSql::NumericalPrecisionPolicy policy);

/// The value of a BIT column: its bytes, the highest first.
QVariant bitValue(const Column &column, const char *data);

} // namespace qproxysql
