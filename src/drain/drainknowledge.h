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

/// What this process knows of the drain requests: the newest of each peer and pool that any reading
/// of one directory, a file or the fleet's table, said. It only grows: a file that is damaged,
/// unreadable, gone or older than what was read before takes nothing back. Thread-safe, no I/O
/// under its mutex.
class DrainKnowledge
{
public:
    /// \a name: of what is read, for messages.
    explicit DrainKnowledge(const QString &name = QStringLiteral("the drain directory"));

    static constexpr size_t MostKnown = 2 * DrainDocument::MostEntries;

    /// To be called before each reading: what it gives tells which of two threads has read last.
    quint64 begin() { return ++m_begun; }

    /// True when something is new. Logs a trouble when it begins, changes and ends, unless a
    /// reading that \a began later was taken already. Beyond MostKnown requests the oldest of those
    /// that the file no longer has are forgotten, those for peers in service first.
    bool take(const DrainFile::Reading &reading, const QString &path, quint64 began);
    /// The same for what a table said, and for rows of it that were not understood. \a table: for
    /// messages. \a givenUp: what is not believed any more, see remember().
    bool take(const QList<DrainRequest> &entries, const QStringList &leftOut, const QString &table,
              quint64 began, QList<DrainRequest> *givenUp = nullptr);
    /// What the disk has of a table, read before the table. True when something is new. A request that is
    /// ahead of this machine's clock, so that whoever resumes the peer today might not outrank it, is
    /// given up once the table is read and has a row of that peer in all pools, in its own pool or in
    /// \a pool. Others are not: the first server that is read may be one that was away.
    bool remember(const QList<DrainRequest> &entries, const QString &pool);
    /// There is no directory to read.
    void takeTrouble(const QString &text, quint64 began);
    bool isNewest(quint64 began) const; ///< of the readings that were taken

    /// Never nullptr.
    std::shared_ptr<const DrainRequests> requests() const;
    /// The newest generation among them; 0 when there are none.
    quint64 generation() const { return newestGeneration(requests()->all()); }

private:
    bool merge(const QList<DrainRequest> &entries, QStringList *outdated);
    bool mergeLocked(const QList<DrainRequest> &entries, QStringList *outdated);
    QList<DrainRequest> giveUp(const QList<DrainRequest> &rows);
    void publish();
    void forgetExcess(const std::map<DrainKey, quint64> &read);
    void tell(const QString &trouble, quint64 began);

    const QString m_name;
    std::atomic<quint64> m_begun{0};
    mutable std::mutex m_mutex;
    std::map<DrainKey, DrainRequest> m_entries;
    std::set<DrainKey> m_remembered; ///< of these: from the disk, and nobody has said so since
    QString m_rememberedFor;         ///< the pool
    std::shared_ptr<const DrainRequests> m_requests;
    QString m_trouble;    ///< as told
    quint64 m_toldOf = 0; ///< the reading
};

} // namespace qproxysql
