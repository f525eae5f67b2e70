// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "pool/clock.h"

#include <QtCore/QString>

#include <list>
#include <mutex>

namespace qproxysql {

class PeerPool;

/// When replacement sessions may be opened again after one could not be. Connections of a pool that
/// log in alike share it: one of them tries, and what it meets holds for all, since a password that
/// was changed is refused to everyone, and asking with it again and again locks accounts. After 1, 2,
/// 4, ... 30 s. Thread-safe.
class MoveBackoff
{
public:
    explicit MoveBackoff(const Clock &clock);

    /// Whether the caller may open one now. While a failure is remembered only one caller at a time
    /// gets true; it must report failed() or succeeded().
    bool mayTry(const PeerPool *pool, const Logins &logins);
    /// mayTry() would answer false. \a why: what failed() was told last.
    bool isWaiting(const PeerPool *pool, const Logins &logins, QString *why = nullptr) const;

    void failed(const PeerPool *pool, const Logins &logins, const QString &why);
    void succeeded(const PeerPool *pool, const Logins &logins);

private:
    struct Entry
    {
        const PeerPool *pool = nullptr;
        Logins logins;
        int failures = 0;
        Clock::time_point retryAt;
        bool isTrying = false;
        QString why;
    };
    std::list<Entry>::iterator find(const PeerPool *pool, const Logins &logins) const;

    const Clock &m_clock;
    mutable std::mutex m_mutex;
    mutable std::list<Entry> m_entries;
};

} // namespace qproxysql
