// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "results/preparedstatement.h"

#include <array>

namespace qproxysql {

/// The prepared statements that one session keeps for texts that come again.
///
/// A text is kept from its second use on, so that texts with literals do not push out the others. Whatever
/// may change what a text means (another schema, sql_mode or character set, a temporary table) empties the
/// cache. A request to close a statement may only be sent while no results are pending on the connection,
/// so closeOutdated() does it later. Owner's thread only.
class StatementCache
{
public:
    /// How many statements are kept at most, at first none.
    void setSize(int size);

    bool isEmpty() const { return m_statements.empty(); }

    /// A kept statement of \a sql, which the caller uses alone; nullptr when there is none.
    std::unique_ptr<PreparedStatement> take(const QString &sql);

    /// What a text meant when it was prepared: two texts of one age mean the same.
    struct Age
    {
        quint32 settings = 0;
        quint32 tables = 0;
        bool operator==(const Age &) const = default;
    };
    Age age() const { return m_age; }

    /// Keeps \a statement, or destroys it. \a age is age() as of its preparation.
    void giveBack(std::unique_ptr<PreparedStatement> statement, Age age);

    // What was prepared before is not kept any more.
    void settingsChanged();
    void tablesChanged();

    void retireAll() { retireFirst(m_statements.size()); } ///< keeps none of the present ones

    /// Closes the statements that are not kept any more. Sends a request for each. No results may be
    /// pending on the connection.
    void closeOutdated() { m_outdated.clear(); }
    bool hasOutdated() const { return !m_outdated.empty(); }

    /// Keeps nothing from now on.
    void turnOff()
    {
        setSize(0);
        m_isOff = true;
    }

private:
    void retireFirst(size_t count);
    bool hasSeen(const QString &sql);

    size_t m_size = 0;
    Age m_age;
    std::vector<std::unique_ptr<PreparedStatement>> m_statements; ///< the last used ones last
    std::vector<std::unique_ptr<PreparedStatement>> m_outdated;
    std::array<size_t, 64> m_seen{}; ///< hashes of texts used once
    size_t m_nextSeen = 0;
    bool m_isOff = false;
};

/// The columns of \a sql are those that it names, and its preparation can be used again. Not so with
/// "SELECT *": the names of its columns may change without that an execution shows it. Pure.
bool mayBeKept(QStringView sql);

} // namespace qproxysql
