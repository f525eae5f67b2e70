// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtSql/QSqlRecord>
#include <QtSql/QSqlResult>

namespace qproxysql {

/// Makes the protected members of QSqlResult accessible, so that an inner driver's result can be called
/// without private headers: (result->*&InnerAccess::data)(i). Never instantiated; the pointers to members
/// are QSqlResult's own.
struct InnerAccess : QSqlResult
{
    using QSqlResult::at;
    using QSqlResult::boundValues;
    using QSqlResult::data;
    using QSqlResult::detachFromResultSet;
    using QSqlResult::exec;
    using QSqlResult::fetch;
    using QSqlResult::fetchFirst;
    using QSqlResult::fetchLast;
    using QSqlResult::fetchNext;
    using QSqlResult::fetchPrevious;
    using QSqlResult::isActive;
    using QSqlResult::isNull;
    using QSqlResult::isSelect;
    using QSqlResult::lastError;
    using QSqlResult::lastInsertId;
    using QSqlResult::nextResult;
    using QSqlResult::numRowsAffected;
    using QSqlResult::prepare;
    using QSqlResult::record;
    using QSqlResult::reset;
    using QSqlResult::setActive;
    using QSqlResult::setAt;
    using QSqlResult::setForwardOnly;
    using QSqlResult::setLastError;
    using QSqlResult::setNumericalPrecisionPolicy;
    using QSqlResult::setSelect;
    using QSqlResult::size;
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    using QSqlResult::setPositionalBindingEnabled;
#endif

    /// The values that \a result binds at its next exec().
    static QVariantList &valuesOf(QSqlResult &result)
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
        QVariantList &(QSqlResult::*const values)(Qt::Disambiguated_t) = &InnerAccess::boundValues;
        return (result.*values)(Qt::Disambiguated);
#else
        return (result.*&InnerAccess::boundValues)();
#endif
    }
};

} // namespace qproxysql
