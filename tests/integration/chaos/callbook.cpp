// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "callbook.h"

namespace chaos {

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace {

constexpr int ShownFailures = 10;

} // namespace

void CallBook::noteCall(const QString &kind, Duration took, int fault)
{
    Calls &calls = m_calls[kind];
    ++calls.count;
    calls.longest = std::max(calls.longest, took);
    if (took > m_longest) {
        m_longest = took;
        m_longestCall = u"%1 during fault %2"_s.arg(kind).arg(fault);
    }
}

void CallBook::noteFailure(const QString &kind, const QString &what, bool isAllowed)
{
    ++m_failures[kind];
    if (!isAllowed && m_forbidden.size() < ShownFailures)
        m_forbidden += kind + u": "_s + what;
}

void CallBook::append(const CallBook &other)
{
    for (const auto &[kind, calls] : other.m_calls) {
        Calls &mine = m_calls[kind];
        mine.count += calls.count;
        mine.longest = std::max(mine.longest, calls.longest);
    }
    for (const auto &[kind, count] : other.m_failures)
        m_failures[kind] += count;
    m_forbidden = (m_forbidden + other.m_forbidden).mid(0, ShownFailures);
    if (other.m_longest > m_longest) {
        m_longest = other.m_longest;
        m_longestCall = other.m_longestCall;
    }
}

milliseconds CallBook::longest() const
{
    return duration_cast<milliseconds>(m_longest);
}

qint64 CallBook::calls() const
{
    qint64 all = 0;
    for (const auto &[kind, calls] : m_calls)
        all += calls.count;
    return all;
}

qint64 CallBook::failures() const
{
    qint64 all = 0;
    for (const auto &[kind, count] : m_failures)
        all += count;
    return all;
}

QString CallBook::callTable() const
{
    QString text = u"%1 %2 %3\n"_s.arg(u"call"_s, -20).arg(u"times"_s, 8).arg(u"longest"_s, 12);
    for (const auto &[kind, calls] : m_calls)
        text += u"%1 %2 %3 ms\n"_s.arg(kind, -20)
                        .arg(calls.count, 8)
                        .arg(duration_cast<milliseconds>(calls.longest).count(), 9);
    return text;
}

QString CallBook::failureTable() const
{
    QString text;
    for (const auto &[kind, count] : m_failures)
        text += u"%1 %2\n"_s.arg(kind, -40).arg(count, 8);
    return text.isEmpty() ? u"no failures\n"_s : text;
}

} // namespace chaos
