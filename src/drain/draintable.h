// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"
#include "drain/controlschema.h"
#include "pool/drainrequest.h"

#include <QtCore/QSet>

QT_BEGIN_NAMESPACE
class QSqlDriver;
class QSqlError;
class QSqlRecord;
QT_END_NAMESPACE

namespace qproxysql {

/// The fleet's drain table on one server. Reading blocks on the server: use a worker thread.
class DrainTable
{
public:
    static constexpr int MostRows = 1000; ///< the newest rows are read
    static constexpr qsizetype MostJson =
            4096; ///< UTF-8 bytes; limit of the columns identities and more
    /// Settings of a session that reads the table repeatedly. It must not hold a snapshot or a lock, nor
    /// let a server thread wait for a lock.
    static QString sessionSql();

    explicit DrainTable(const ControlSchema &schema);

    struct Reading
    {
        enum State {
            Good,
            Missing,  ///< no such table, or no such schema
            NoRights, ///< the account may not read it
            Failed,   ///< another error of the server; the session is still usable
            Lost      ///< the session has ended, or its server does not work
        };
        State state = Lost;
        QList<DrainRequest> entries;
        QStringList leftOut;        ///< rows that could not be read, each with the reason
        QSet<DrainKey> newerFormat; ///< rows of a later format: obeyed, but not rewritten
        int code = 0;               ///< the server's error number
        QString error;              ///< its text; may name the account, but holds no secret
    };
    enum class Lock { None, ForUpdate };
    Reading read(const QSqlDriver &driver, Lock lock = Lock::None) const;

    static Reading::State stateOf(const QSqlError &error);
    /// The error names a required column that is missing or invalid.
    static Expected<DrainRequest> entryOf(const QSqlRecord &row);
    /// A later version has written the entry's row.
    static bool isOfNewerFormat(const DrainRequest &entry);

private:
    const ControlSchema m_schema;
};

} // namespace qproxysql
