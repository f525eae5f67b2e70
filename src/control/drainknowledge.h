// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "control/drainfile.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>

namespace qproxysql {

/// What this process knows of operators' wishes: the newest of each peer and pool that any reading of the
/// directory said. It only grows: a file that is damaged, unreadable, gone or older than what was read
/// before takes nothing back. Thread-safe, no I/O under its mutex.
class DrainKnowledge
{
public:
    DrainKnowledge();

    /// True when something is new. Logs a trouble when it begins, changes and ends.
    bool take(const DrainFile::Reading &reading, const QString &path);
    /// There is no directory to read.
    void takeTrouble(const QString &text);

    /// Never nullptr.
    std::shared_ptr<const PeerWishes> wishes() const;
    /// The newest generation among them; 0 when there are none.
    quint64 generation() const;

private:
    bool merge(const QList<DrainEntry> &entries, QStringList *outdated);
    void tell(const QString &trouble);

    mutable std::mutex m_mutex;
    std::map<std::pair<QString, QString>, DrainEntry> m_entries; ///< by peer and pool
    std::shared_ptr<const PeerWishes> m_wishes;
    quint64 m_generation = 0;
    QString m_trouble; ///< as told
};

} // namespace qproxysql
