// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sql/sessionpins.h"

#include <chrono>
#include <vector>

namespace qproxysql {

/// Notices the pins of one connection that stay: those that are still there 30 s and ten statements
/// after they came. Owner's thread only; the time is the caller's.
class LastingPins
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// After a statement on a session that has \a pins; \a revision is another one whenever they may
    /// be others. Those that have just turned out to last, each once for the connection.
    SessionPins note(SessionPins pins, quint64 revision, TimePoint now);

private:
    struct Pin
    {
        SessionPin pin;
        TimePoint since;
        int statements = 0;
    };

    void update(SessionPins pins, TimePoint now);

    std::vector<Pin> m_pins; ///< those not told yet
    SessionPins m_told;
    quint64 m_revision = 0;
};

} // namespace qproxysql
