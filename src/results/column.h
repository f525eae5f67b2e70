// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "results/clientcalls.h"

#include <QtCore/QMetaType>
#include <QtCore/QVariant>
#include <QtSql/QSqlRecord>

#include <vector>

namespace qproxysql {

/// What the values of a column are read as, by the rules of the QMYSQL of the Qt that this is built with.
struct Column
{
    Column() = default;
    explicit Column(const MYSQL_FIELD &field);

    bool isBit() const { return type == MYSQL_TYPE_BIT; }
    bool isInteger() const;
    bool isBlob() const;
    bool isDateOrTime() const; ///< not TIME, whose range exceeds QTime's: it is a text
    QVariant null() const { return QVariant(QMetaType(valueType)); }

    /// The server describes the same column.
    bool operator==(const Column &) const = default;

    enum_field_types type = MYSQL_TYPE_NULL;
    uint flags = 0;
    ulong length = 0; ///< as declared, in bytes
    uint decimals = 0;
    QMetaType::Type valueType = QMetaType::QString;
};

/// Appends the columns of \a rows, none if that is nullptr.
void readColumns(const ClientCalls &calls, MYSQL_RES *rows, std::vector<Column> *columns);
/// QSqlResult::record() of \a rows.
QSqlRecord recordOf(const ClientCalls &calls, MYSQL_RES *rows);

} // namespace qproxysql
