// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "config/expected.h"
#include "pool/clock.h"

#include <QtCore/QString>

#include <list>
#include <mutex>

namespace qproxysql {

class PeerPool;

/// When replacement sessions may be opened again after a failure: after 1, 2, 4, ... 30 s. Connections of
/// a pool with the same logins share the result of one try, since a changed password is refused to all of
/// them, and repeated tries can lock the account. Thread-safe.
class MoveBackoff
{
public:
    explicit MoveBackoff(const Clock &clock);

    /// Whether one may be opened now; the error is the text of the last failed().
    Expected<void> mayTry(const PeerPool *pool, const Logins &logins) const;
    /// As mayTry(). While a failure is remembered only one caller at a time gets true; it must report
    /// failed() or succeeded().
    bool begin(const PeerPool *pool, const Logins &logins);

    void failed(const PeerPool *pool, const Logins &logins, const QString &why);
    void succeeded(const PeerPool *pool, const Logins &logins);

private:
    struct Entry
    {
        const PeerPool *pool = nullptr;
        Logins logins;
        int failures = 0;
        Clock::time_point retryAt{};
        bool isTrying = false;
        QString why{};

        bool isWaiting(Clock::time_point now) const { return isTrying || now < retryAt; }
    };
    std::list<Entry>::iterator find(const PeerPool *pool, const Logins &logins) const;

    const Clock &m_clock;
    mutable std::mutex m_mutex;
    mutable std::list<Entry> m_entries;
};

} // namespace qproxysql
