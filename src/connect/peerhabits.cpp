// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/peerhabits.h"

#include <QtCore/QHash>

#include <chrono>
#include <mutex>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto HabitHolds = 1min;

struct NotedHabits
{
    std::mutex mutex;
    QHash<std::pair<int, QString>, std::chrono::steady_clock::time_point> times;
};

NotedHabits &notedHabits()
{
    static auto *const instance = new NotedHabits;
    return *instance;
}

} // namespace

bool PeerHabits::has(Habit habit, const QString &key)
{
    const std::scoped_lock lock(notedHabits().mutex);
    const auto it = notedHabits().times.constFind({int(habit), key});
    return it != notedHabits().times.cend() && std::chrono::steady_clock::now() - *it < HabitHolds;
}

void PeerHabits::note(Habit habit, const QString &key)
{
    const std::scoped_lock lock(notedHabits().mutex);
    notedHabits().times.insert({int(habit), key}, std::chrono::steady_clock::now());
}

void PeerHabits::forget(Habit habit, const QString &key)
{
    const std::scoped_lock lock(notedHabits().mutex);
    notedHabits().times.remove({int(habit), key});
}

} // namespace qproxysql
