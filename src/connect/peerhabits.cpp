// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/peerhabits.h"

#include <QtCore/QHash>

#include <mutex>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto HabitHolds = 1min;

} // namespace

bool PeerHabits::Entry::holds() const noexcept
{
    const std::chrono::steady_clock::time_point noted = m_noted;
    return noted != std::chrono::steady_clock::time_point()
           && std::chrono::steady_clock::now() - noted < HabitHolds;
}

PeerHabits::Entry &PeerHabits::entry(Habit habit, const QString &key)
{
    static std::mutex mutex;
    static auto *const entries = new QHash<std::pair<int, QString>, Entry *>;
    const std::scoped_lock lock(mutex);
    Entry *&entry = (*entries)[{int(habit), key}];
    if (!entry)
        entry = new Entry;
    return *entry;
}

} // namespace qproxysql
