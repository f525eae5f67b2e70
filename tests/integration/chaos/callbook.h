// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <map>

namespace chaos {

/// One thread's statistics of its calls: how many of each kind, the longest, and what failed how.
class CallBook
{
public:
    using Duration = std::chrono::steady_clock::duration;

    void noteCall(const QString &kind, Duration took, int fault);
    /// \a isAllowed: one of the failures that the documentation promises for such a call.
    void noteFailure(const QString &kind, const QString &what, bool isAllowed);
    void append(const CallBook &other);

    std::chrono::milliseconds longest() const;
    QString longestCall() const { return m_longestCall; }
    qint64 calls() const;
    qint64 failures() const; ///< allowed or not
    /// Failures that must not be, at most ten lines.
    QStringList forbidden() const { return m_forbidden; }
    /// Two parts of the summary.
    QString callTable() const;
    QString failureTable() const;

private:
    struct Calls
    {
        qint64 count = 0;
        Duration longest{0};
    };

    std::map<QString, Calls> m_calls;
    std::map<QString, int> m_failures;
    QStringList m_forbidden;
    Duration m_longest{0};
    QString m_longestCall;
};

} // namespace chaos
