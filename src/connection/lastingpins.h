// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

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
    QStringList note(const QStringList &pins, quint64 revision, TimePoint now);

private:
    struct Pin
    {
        QString name;
        TimePoint since;
        int statements = 0;
    };

    void update(const QStringList &pins, TimePoint now);

    std::vector<Pin> m_pins; ///< those not told yet
    QStringList m_told;
    quint64 m_revision = 0;
};

} // namespace qproxysql
