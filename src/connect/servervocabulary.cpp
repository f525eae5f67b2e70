// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/servervocabulary.h"

#include <mutex>

namespace qproxysql {

namespace {

struct Known
{
    std::mutex mutex;
    QHash<QString, ServerVocabulary::Entry> entries;
};

Known &known()
{
    static auto *const instance = new Known;
    return *instance;
}

} // namespace

std::optional<ServerVocabulary::Entry> ServerVocabulary::find(const QString &greetedVersion)
{
    const std::scoped_lock lock(known().mutex);
    const auto it = known().entries.constFind(greetedVersion);
    return it == known().entries.cend() ? std::nullopt : std::optional(*it);
}

bool ServerVocabulary::learn(const QString &greetedVersion, const ReadinessQuery::Values &values,
                             const QString &trackingSql)
{
    if (greetedVersion.isEmpty() || values.value(QStringLiteral("version")) != greetedVersion)
        return false;
    Entry entry;
    entry.trackingSql = trackingSql;
    for (const QString &name : ReadinessQuery::variables()) {
        if (values.contains(name))
            entry.variables += name;
    }
    entry.isGalera = ReadinessQuery::isGalera(values);
    const std::scoped_lock lock(known().mutex);
    known().entries.insert(greetedVersion, entry);
    return true;
}

void ServerVocabulary::forget(const QString &greetedVersion)
{
    const std::scoped_lock lock(known().mutex);
    known().entries.remove(greetedVersion);
}

} // namespace qproxysql
