// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/cleaningturn.h"

#include "commits/logging.h"
#include "inner/workers.h"

#include <QtCore/QStringList>
#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// The row of the turn under way: an ordinary void token of the year 1970.
constexpr auto Turn = "X'00000000000070008000000000000001'"_L1;
constexpr int DuplicateKey = 1062;
constexpr int NeedsRowFormat = 1665; ///< READ COMMITTED with binlog_format=STATEMENT

} // namespace

// The unit of the limit differs between MariaDB and MySQL. With sql_safe_updates the server refuses a DELETE that
// would read the whole table.
QString CleaningTurn::sessionSql()
{
    return u"SET autocommit = 1, time_zone = '+00:00', sql_safe_updates = 1, unique_checks = 1, "
           "foreign_key_checks = 1, lock_wait_timeout = 2, innodb_lock_wait_timeout = 1 "
           "/*M!100101 , max_statement_time = 3 *//*!50708 , max_execution_time = 3000 */; "
           "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"_s;
}

CleaningTurn::CleaningTurn(std::unique_ptr<InnerConnection> connection, CommitTable table)
    : m_connection(std::move(connection))
    , m_table(std::move(table))
    , m_end(Clock::steady().now() + TurnLength - 1min)
    , m_last(Turn)
{
}

bool CleaningTurn::isTimeOver() const
{
    return Clock::steady().now() >= m_end;
}

bool CleaningTurn::step()
{
    m_connection->adopt(nullptr);
    return removePortion() && !isTimeOver();
}

void CleaningTurn::end()
{
    m_connection->adopt(nullptr);
    if (std::exchange(m_hasTurn, false))
        run("DELETE FROM "_L1 + m_table.name() + " WHERE token = "_L1 + Turn);
}

// Tokens that are old by one clock only are passed over.
bool CleaningTurn::removePortion()
{
    QSqlQuery query(m_connection->driver()->createResult());
    query.setForwardOnly(true);
    const bool isOk = query.exec(
            u"SELECT HEX(token), at < NOW() - INTERVAL %1 HOUR FROM %2 WHERE token > %3 AND "
            "token < %4 ORDER BY token LIMIT %5"_s.arg(KeptFor.count())
                    .arg(m_table.name(), m_last,
                         QString::fromLatin1(CommitToken::literalOfAge(KeptFor)))
                    .arg(Portion));
    Workers::checkpoint();
    if (!isOk) {
        qCInfo(lcCommits, "Old tokens cannot be read: %s", qUtf8Printable(query.lastError().text()));
        return false;
    }
    int rows = 0;
    QStringList old;
    for (; query.next(); ++rows) {
        m_last = u"X'%1'"_s.arg(query.value(0).toString());
        if (query.value(1).toBool())
            old += m_last;
    }
    if (!old.isEmpty()) {
        if (!m_hasTurn && !takeTurn())
            return false;
        if (!run(u"DELETE FROM %1 WHERE token IN (%2)"_s.arg(m_table.name(), old.join(u','))))
            return false;
        m_removed += old.size();
    }
    return rows == Portion;
}

// A turn whose process has died, and one that was marked under a wrong clock, ends by its time.
bool CleaningTurn::takeTurn()
{
    m_hasTurn =
            run(u"DELETE FROM %1 WHERE token = %2 AND at NOT BETWEEN NOW() - INTERVAL %3 MINUTE "
                "AND NOW() + INTERVAL %3 MINUTE"_s.arg(m_table.name(), Turn)
                        .arg(TurnLength.count()))
            && run(u"INSERT INTO %1 (token, kind) VALUES (%2, 'void')"_s.arg(m_table.name(), Turn));
    return m_hasTurn;
}

bool CleaningTurn::run(const QString &sql)
{
    QSqlQuery query(m_connection->driver()->createResult());
    bool isOk = query.exec(sql);
    if (!isOk && query.lastError().nativeErrorCode().toInt() == NeedsRowFormat)
        isOk = query.exec(u"SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"_s)
               && query.exec(sql);
    Workers::checkpoint();
    if (!isOk && query.lastError().nativeErrorCode().toInt() != DuplicateKey)
        qCInfo(lcCommits, "Old tokens cannot be removed: %s",
               qUtf8Printable(query.lastError().text()));
    return isOk;
}

} // namespace qproxysql
