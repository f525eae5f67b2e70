// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/proberchoice.h"

#include <QtCore/QMap>

#include <algorithm>

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

constexpr qsizetype MostOfPool = 8;
constexpr qsizetype MostUnknown = 16;
constexpr auto Turn = 5s;

} // namespace

QSet<QString> probersOf(const QStringList &ids, const QList<KnownProcess> &known,
                        Clock::time_point now)
{
    QMap<QString, QStringList> pools;
    QStringList unknown = ids;
    for (const KnownProcess &one : known) {
        if (!one.report || !ids.contains(one.process.id))
            continue;
        unknown.removeAll(one.process.id);
        for (const PoolReport &pool : one.report->pools)
            pools[pool.name].append(one.process.id);
    }
    const QStringList first = unknown.mid(0, MostUnknown);
    QSet<QString> chosen(first.begin(), first.end());
    const qsizetype begin = qsizetype(now.time_since_epoch() / Turn) * MostOfPool;
    for (const QStringList &candidates : std::as_const(pools)) {
        for (qsizetype i = 0; i < std::min(MostOfPool, candidates.size()); ++i)
            chosen.insert(candidates.at((begin + i) % candidates.size()));
    }
    return chosen;
}

} // namespace qproxysql
