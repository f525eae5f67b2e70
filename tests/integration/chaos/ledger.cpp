// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ledger.h"

#include <QtCore/QSet>

#include <algorithm>

namespace chaos {

void Ledger::note(quint64 token, int rows, Fate fate)
{
    m_entries.push_back({token, rows, fate});
}

void Ledger::noteIncrement(Fate fate)
{
    ++m_increments[fate];
}

void Ledger::noteUnknown(int fault, const QString &told)
{
    m_unknownByFault[fault] += told;
}

void Ledger::append(const Ledger &other)
{
    m_entries.insert(m_entries.end(), other.m_entries.begin(), other.m_entries.end());
    for (const auto &[fate, count] : other.m_increments)
        m_increments[fate] += count;
    for (const auto &[fault, told] : other.m_unknownByFault)
        m_unknownByFault[fault] += told;
}

qint64 Ledger::increments(Fate fate) const
{
    const auto found = m_increments.find(fate);
    return found == m_increments.end() ? 0 : found->second;
}

int Ledger::unknownWrites() const
{
    int all = 0;
    for (const auto &[fault, told] : m_unknownByFault)
        all += int(told.size());
    return all;
}

std::pair<int, int> Ledger::lookUpUnknown(const QHash<quint64, int> &found) const
{
    std::pair<int, int> result{0, 0};
    for (const Entry &entry : m_entries) {
        if (entry.fate == Fate::Unknown)
            ++(found.value(entry.token) > 0 ? result.first : result.second);
    }
    return result;
}

QStringList Ledger::contradictions(const QHash<quint64, int> &found) const
{
    constexpr int AtMost = 10;
    QStringList lines;
    QSet<quint64> told;
    const auto complain = [&lines](quint64 token, int rows, const QString &but) {
        if (lines.size() < AtMost)
            lines += QStringLiteral("token %1.%2 is there in %3 rows, but %4")
                             .arg(token >> 32)
                             .arg(token & 0xffffffff)
                             .arg(rows)
                             .arg(but);
    };
    for (const Entry &entry : m_entries) {
        told.insert(entry.token);
        const int rows = found.value(entry.token);
        if (entry.fate == Fate::Acknowledged && rows != entry.rows)
            complain(entry.token, rows, QStringLiteral("was acknowledged"));
        else if (entry.fate == Fate::NotDone && rows != 0)
            complain(entry.token, rows, QStringLiteral("was said not to have been written"));
        else if (entry.fate == Fate::Unknown && rows != 0 && rows != entry.rows)
            complain(entry.token, rows, QStringLiteral("can only be there wholly or not at all"));
    }
    for (auto it = found.begin(); it != found.end(); ++it) {
        if (!told.contains(it.key()))
            complain(it.key(), it.value(), QStringLiteral("nobody wrote it"));
    }
    return lines;
}

QStringList Ledger::unknownTooOften() const
{
    QStringList lines;
    for (const auto &[fault, told] : m_unknownByFault) {
        if (told.size() > 1)
            lines += told;
    }
    return lines;
}

} // namespace chaos
