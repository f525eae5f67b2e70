// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/peerhabits.h"

#include <QtCore/QHash>

#include <chrono>
#include <mutex>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto HoldsFor = 1min;

struct Known
{
    std::mutex mutex;
    QHash<std::pair<int, QString>, std::chrono::steady_clock::time_point> noted;
};

Known &known()
{
    static auto *const instance = new Known;
    return *instance;
}

} // namespace

bool PeerHabits::has(Habit habit, const QString &key)
{
    const std::scoped_lock lock(known().mutex);
    const auto it = known().noted.constFind({int(habit), key});
    return it != known().noted.cend() && std::chrono::steady_clock::now() - *it < HoldsFor;
}

void PeerHabits::note(Habit habit, const QString &key)
{
    const std::scoped_lock lock(known().mutex);
    known().noted.insert({int(habit), key}, std::chrono::steady_clock::now());
}

} // namespace qproxysql
