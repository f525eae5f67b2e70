// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/answer.h"

namespace qproxysql {

void Answer::clear()
{
    digest.clear();
    insertId = affectedRows = 0;
    isKnown = false;
}

// The id after rows is that of an earlier statement.
void Answer::addText(const ClientCalls &calls, MYSQL *mysql, MYSQL_RES *rows)
{
    digest.addRows(calls, rows);
    addNumbers(calls.affectedRows(mysql), rows ? 0 : calls.insertId(mysql));
}

void Answer::addPrepared(PreparedStatement &statement)
{
    statement.addRowsTo(&digest);
    addNumbers(statement.affectedRows(), statement.hasColumns() ? 0 : statement.insertId());
}

void Answer::addNumbers(quint64 rows, quint64 id)
{
    affectedRows = rows;
    insertId = id;
    digest.addNumber(rows);
    digest.addNumber(id);
    isKnown = true;
}

void Answer::addError(const QSqlError &error)
{
    const QByteArray code = error.nativeErrorCode().toUtf8();
    const QByteArray text = error.databaseText().toUtf8();
    digest.clear();
    digest.addBytes(code.constData(), size_t(code.size()));
    digest.addBytes(text.constData(), size_t(text.size()));
    isKnown = true;
}

} // namespace qproxysql
