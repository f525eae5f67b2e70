// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QMetaType>
#include <QtSql/QSqlField>

#include <mysql.h>

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

/// A field of QSqlResult::record().
QSqlField recordField(const MYSQL_FIELD &field);

} // namespace qproxysql
