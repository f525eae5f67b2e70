// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/controlschema.h"
#include "pool/drainrequest.h"

#include <QtCore/QSet>

QT_BEGIN_NAMESPACE
class QSqlDriver;
class QSqlError;
class QSqlRecord;
QT_END_NAMESPACE

namespace qproxysql {

/// The fleet's drain table as one server has it. Reading blocks for the server: on a worker thread.
class DrainTable
{
public:
    static constexpr int MostRows = 1000;       ///< the newest ones are read
    static constexpr qsizetype MostJson = 4096; ///< bytes in UTF-8; of identities, and of more

    /// Settings of a session that reads it again and again: nothing that it does may keep a
    /// snapshot, a lock, or a thread of the server that waits for a lock.
    static QString sessionSql();

    explicit DrainTable(const ControlSchema &schema);

    struct Reading
    {
        enum State {
            Good,
            Missing,  ///< no such table, or no such schema
            NoRights, ///< the account may not
            Failed,   ///< another error of the server; the session is as before
            Lost      ///< the session has ended, or its server does not work
        };
        State state = Lost;
        QList<DrainRequest> entries;
        QStringList leftOut;        ///< rows that could not be understood, each with the reason
        QSet<DrainKey> newerFormat; ///< of a later format: obeyed, not to be written by us
        int code = 0;               ///< the server's error number
        QString error;              ///< its text; names the account, no secret
    };
    enum class Lock { None, ForUpdate };
    Reading read(const QSqlDriver &driver, Lock lock = Lock::None) const;

    static Reading::State stateOf(const QSqlError &error);
    /// Nothing, and \a error names the column, when the row does not say all that it must.
    static std::optional<DrainRequest> entryOf(const QSqlRecord &row, QString *error);
    /// The entry is of a row that a later version has written.
    static bool isOfNewerFormat(const DrainRequest &entry);

private:
    const ControlSchema m_schema;
};

} // namespace qproxysql
