// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainfile.h"
#include "pool/drainrequests.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace qproxysql {

/// The drain requests that this process has read from one directory, a file or the fleet's table: the
/// newest of each peer and pool. A file that is damaged, unreadable, missing or older than before takes
/// nothing back. Thread-safe, no I/O under its mutex.
class DrainKnowledge
{
public:
    /// \a name: the directory's name in messages.
    explicit DrainKnowledge(const QString &name = QStringLiteral("the drain directory"));

    static constexpr size_t MostKnown = 2 * DrainDocument::MostEntries;

    /// Call it before each reading. The number it returns orders the readings of several threads.
    quint64 begin() { return ++m_begun; }

    /// Adds a reading of the file. True when something is new. Logs a problem when it begins, changes and
    /// ends, unless a reading that \a began later was added already. Beyond MostKnown requests, the oldest
    /// of those that the file no longer has are forgotten, those for peers in service first.
    bool take(const DrainFile::Reading &reading, const QString &path, quint64 began);
    /// The same for a reading of a table. \a leftOut: rows that were not understood. \a table: its name in
    /// messages. \a givenUp: requests that are dropped, see remember().
    bool take(const QList<DrainRequest> &entries, const QStringList &leftOut, const QString &table,
              quint64 began, QList<DrainRequest> *givenUp = nullptr);
    /// Adds the table's copy on disk, which is read before the table. True when something is new. A request
    /// with a generation ahead of this machine's clock could outrank a later resume. It is dropped as soon
    /// as the table was read and has a row of that peer for all pools, for the request's pool or for
    /// \a pool. Other requests are kept: the first server that is read may be one that was down.
    bool remember(const QList<DrainRequest> &entries, const QString &pool);
    /// The reading had \a problem; empty: none. Logs it as take() does.
    void noteProblem(const QString &problem, quint64 began);
    bool isNewest(quint64 began) const; ///< no later reading has been added

    /// Never nullptr.
    std::shared_ptr<const DrainRequests> requests() const;
    /// The newest generation among them; 0 when there are none.
    quint64 generation() const { return newestGeneration(requests()->all()); }

private:
    // With the mutex held.
    bool merge(const QList<DrainRequest> &entries, QStringList *outdated);
    QList<DrainRequest> giveUp(const QList<DrainRequest> &rows);
    void publish();
    void forgetExcess(const std::map<DrainKey, quint64> &read);

    const QString m_name;
    std::atomic<quint64> m_begun{0};
    mutable std::mutex m_mutex;
    std::map<DrainKey, DrainRequest> m_entries;
    std::set<DrainKey> m_remembered; ///< entries from the disk that the table has not confirmed
    QString m_rememberedFor;         ///< the pool of remember()
    std::shared_ptr<const DrainRequests> m_requests;
    QString m_problem;       ///< as logged
    quint64 m_notedUpTo = 0; ///< the newest reading
};

} // namespace qproxysql
