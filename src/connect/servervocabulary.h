// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/readinessquery.h"

#include <optional>

namespace qproxysql {

/// Caches which readiness variables a server release has, so that later sessions can select them by
/// name: 15 µs instead of 240 µs of the server's time (MariaDB 10.11). Keyed by the greeted
/// version.
///
/// Nothing is cached if the server reports another version than the greeting: a proxy may have
/// several servers, and ProxySQL ties a session to one backend if a text contains @@. Process-wide,
/// never destroyed, thread-safe.
class ServerVocabulary
{
public:
    struct Entry
    {
        QStringList variables;
        bool isGalera = false; ///< wsrep_on was ON, so that the status is queried
        QString trackingSql;   ///< switches on session tracking; empty if it is not supported
    };

    static std::optional<Entry> find(const QString &greetedVersion);
    /// False if nothing is cached for this version.
    static bool learn(const QString &greetedVersion, const ReadinessQuery::Values &values,
                      const QString &trackingSql = {});
    static void forget(const QString &greetedVersion);
};

} // namespace qproxysql
