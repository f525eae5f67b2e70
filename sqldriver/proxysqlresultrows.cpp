// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

// The rows of a ProxySqlResult. They are buffered in the client.

#include "proxysqlresult.h"

#include <QtCore/QLoggingCategory>

Q_DECLARE_METATYPE(MYSQL_RES *)
Q_DECLARE_METATYPE(MYSQL_STMT *)

namespace qproxysql {

namespace {

// As QMYSQL does, in its category.
void warnOfColumn(int column)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    static const auto *const category = new QLoggingCategory("qt.sql.mysql");
    qCWarning((*category), "QMYSQLResult::data: column %d out of range", column);
#else
    qWarning("QMYSQLResult::data: column %d out of range", column);
#endif
}

} // namespace

template<typename Move>
bool ProxySqlResult::moveTo(int row, const Move &move)
{
    std::optional<QSqlError> error; // does not allocate, as a QSqlError does
    PreparedStatement *const prepared = preparedRows();
    const bool isOk = prepared ? move(*prepared, &error) : move(m_rows, &error);
    if (Q_LIKELY(isOk))
        setAt(row);
    else if (error)
        setLastError(*error);
    return isOk;
}

bool ProxySqlResult::fetch(int row)
{
    if (!m_driver)
        return false;
    if (isForwardOnly()) {
        if (at() >= row)
            return false;
        for (int between = row - at() - 1; between > 0 && fetchNext(); --between) {
        }
        return fetchNext();
    }
    if (at() == row)
        return true;
    return moveTo(row, [row](auto &rows, auto *error) { return rows.seek(row, error); });
}

bool ProxySqlResult::fetchNext()
{
    return m_driver && moveTo(at() + 1, [](auto &rows, auto *error) { return rows.next(error); });
}

bool ProxySqlResult::fetchFirst()
{
    if (at() == 0)
        return true;
    if (!isForwardOnly())
        return fetch(0);
    return at() == QSql::BeforeFirstRow && fetchNext();
}

bool ProxySqlResult::fetchLast()
{
    if (!m_driver)
        return false;
    if (isForwardOnly()) {
        const bool hasMoved = fetchNext();
        while (fetchNext()) {
        }
        const int last = at(); // what was tried after the last row is no row
        return hasMoved
               && moveTo(last, [last](auto &rows, auto *error) { return rows.seek(last, error); });
    }
    const int count = size();
    if (at() == count)
        return true;
    return count > 0 && fetch(count - 1);
}

QVariant ProxySqlResult::data(int column)
{
    if (Q_UNLIKELY(!m_driver))
        return QVariant();
    if (Q_UNLIKELY(!isSelect() || column >= columnCount())) {
        warnOfColumn(column);
        return QVariant();
    }
    PreparedStatement *const prepared = preparedRows();
    return prepared ? prepared->value(column, numericalPrecisionPolicy())
                    : m_rows.value(column, numericalPrecisionPolicy());
}

bool ProxySqlResult::isNull(int column)
{
    if (column < 0 || column >= columnCount())
        return true;
    const PreparedStatement *const prepared = preparedRows();
    return prepared ? prepared->isNull(column) : m_rows.isNull(column);
}

int ProxySqlResult::size()
{
    if (!m_driver || !isSelect())
        return -1;
    return int(m_statement ? m_statement->size() : m_rows.size());
}

// QMYSQL has no names for them while its connection has an error.
QSqlRecord ProxySqlResult::record() const
{
    if (!isActive() || !isSelect() || !m_driver)
        return QSqlRecord();
    if (MYSQL *const mysql = connectionOfRows(); mysql && m_calls.errorNumber(mysql) != 0)
        return QSqlRecord();
    const PreparedStatement *const prepared = preparedRows();
    return prepared ? prepared->record() : m_rows.record();
}

QVariant ProxySqlResult::handle() const
{
    if (!m_isPrepared)
        return QVariant::fromValue(m_rows.handle());
    if (MYSQL_RES *const metadata = m_statement ? m_statement->giveMetadata() : nullptr)
        return QVariant::fromValue(metadata);
    return QVariant::fromValue(m_statement ? m_statement->giveHandle() : nullptr);
}

} // namespace qproxysql
