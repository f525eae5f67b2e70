// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "replay/tablefacts.h"
#include "session/peersession.h"

#include <QtCore/QHash>

#include <chrono>
#include <mutex>

namespace qproxysql {

/// Remembers what servers said of their tables, for a minute, or until this process executes DDL. What others
/// do to a table is seen after a minute. A temporary table that hides one is not seen: see
/// SessionPin::TemporaryTables.
///
/// Process-wide and never destroyed. Thread-safe; nothing is asked under the mutex.
class TableFactsCache
{
public:
    static TableFactsCache &instance();

    /// The facts of \a tables on the server of \a session, as its account sees them. A hit takes less than a
    /// microsecond and no request; the tables that are not known are asked for in one round trip. \a schema is the
    /// session's current one, null: the one that it got at its login. The caller holds the claim.
    Expected<TableFacts, QSqlError> of(
            PeerSession &session, const QString &schema, const std::vector<TableName> &tables,
            std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now());

    /// After each statement of the process, whether it succeeded or not: DDL makes everything unknown.
    static void noteExecuted(const StatementTraits &traits)
    {
        if (Q_UNLIKELY(mayChangeTables(traits)))
            instance().forget();
    }

private:
    /// Two sessions for which it is equal mean the same table, and may see the same of it.
    struct Key
    {
        QString peer;
        QString user;
        QString options; ///< they may name an account, too
        QString initSql; ///< it may select a schema
        QString schema;
        QString name;

        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed)
        {
            return qHashMulti(seed, key.peer, key.user, key.options, key.initSql, key.schema,
                              key.name);
        }
    };
    struct Entry
    {
        TableFact fact;
        QString server; ///< another one may have started at the address
        std::chrono::steady_clock::time_point asked;
    };

    static bool mayChangeTables(const StatementTraits &traits)
    {
        return (traits.transaction == TransactionVerb::ImplicitCommit
                && !traits.releases.testFlag(SessionPin::Autocommit))
               || (!traits.isSingle && traits.mayCommit)
               || traits.pins.testFlag(SessionPin::Unknown);
    }
    void forget();

    std::mutex m_mutex;
    QHash<Key, Entry> m_entries;
    quint64 m_generation = 0; ///< of m_entries
};

} // namespace qproxysql
