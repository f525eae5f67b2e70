// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QHash>
#include <QtCore/QStringList>

#include <map>
#include <utility>
#include <vector>

namespace chaos {

/// What a writer was told of one write.
enum class Fate {
    Acknowledged, ///< it is there, once
    Unknown,      ///< it is there once, or not at all: somebody has to look
    NotDone       ///< it is not there
};

/// One thread's record of all that it wrote, each write under a token that nobody else has. Filled by that
/// thread, compared with the servers after it has ended.
class Ledger
{
public:
    /// A token in `rows` rows that are written together.
    void note(quint64 token, int rows, Fate fate);
    /// An increment of the counter that all threads share.
    void noteIncrement(Fate fate);
    /// What the application was told of a write of unknown fate, and during which fault.
    void noteUnknown(int fault, const QString &told);
    void append(const Ledger &other);

    qint64 increments(Fate fate) const;
    int unknownWrites() const;
    /// How many of the writes of unknown fate were found, and how many not, on the servers.
    std::pair<int, int> lookUpUnknown(const QHash<quint64, int> &found) const;

    /// What contradicts the ledger: \a found holds the rows of each token on all servers together. At most ten
    /// lines; empty when all is as it was told.
    QStringList contradictions(const QHash<quint64, int> &found) const;
    /// What was told where one fault left this thread with more than one write of unknown fate.
    QStringList unknownTooOften() const;

private:
    struct Entry
    {
        quint64 token;
        int rows;
        Fate fate;
    };

    std::vector<Entry> m_entries;
    std::map<Fate, qint64> m_increments;
    std::map<int, QStringList> m_unknownByFault;
};

} // namespace chaos
