// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/sessionpins.h"

#include <chrono>
#include <vector>

namespace qproxysql {

/// Finds lasting pins of one connection: those that are still held 30 s and ten statements after they were
/// set. Owner's thread only.
class LastingPins
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// Call it after a statement on a session that has \a pins; \a revision changes whenever they may
    /// change. Returns those that have just become lasting, each once per connection.
    SessionPins note(SessionPins pins, quint64 revision, TimePoint now);

private:
    struct Pin
    {
        SessionPin pin;
        TimePoint since;
        int statements = 0;
    };

    void update(SessionPins pins, TimePoint now);

    std::vector<Pin> m_pins; ///< not reported yet
    SessionPins m_reported;
    quint64 m_revision = 0;
};

} // namespace qproxysql
