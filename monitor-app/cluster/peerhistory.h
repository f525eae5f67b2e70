// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"
#include "report/reportedhealth.h"

#include <QtCore/QList>

#include <array>
#include <optional>

namespace qproxysql {

struct PeerView;

/// A peer during one step of its history.
struct TrendSample
{
    enum class Reach : quint8 {
        NotSeen, ///< no observation, or none with a result
        Reached,
        NotReached ///< at least once
    };
    Reach reach = Reach::NotSeen;
    int sessions = -1; ///< the last number in that step; -1: not known

    friend bool operator==(const TrendSample &, const TrendSample &) = default;
};

/// What this process has observed of a peer. Value type.
struct PeerPast
{
    /// Errors of the last five minutes: our own failed probes, and new errors in reports of
    /// applications. Nothing at the first poll.
    std::optional<int> errors5m;
    /// S since health or service last changed; nothing: no poll yet.
    std::optional<double> stateAge;
    bool isChangeSeen = false;     ///< false: unchanged since the first poll or longer
    bool hasFailed = false;        ///< was down while in service, and has not been up since
    std::optional<double> dataAge; ///< s since any source reported its health; nothing: never
    QList<TrendSample>
            trend; ///< one for each PeerHistory::Step, the newest last; at most PeerHistory::Steps

    friend bool operator==(const PeerPast &, const PeerPast &) = default;
};

/// The last five minutes of one peer in fixed steps, so that its size does not depend on the
/// polling interval. Ages are measured by this process's own monotonic clock. One thread at a time.
class PeerHistory
{
public:
    static constexpr std::chrono::seconds Step{5};
    static constexpr qint64 Steps = 60; ///< five minutes

    /// \a newErrors: reported since the last poll, without a failed probe of \a peer.
    void note(const PeerView &peer, int newErrors, Clock::time_point now);
    PeerPast past(Clock::time_point now) const;
    Clock::time_point noted() const { return m_noted; } ///< the last time

private:
    struct Slot
    {
        qint64 step = -1; ///< the step that it holds
        TrendSample sample;
        int errors = 0;
    };
    static qint64 stepOf(Clock::time_point when);
    Slot &slotOf(qint64 step);

    std::array<Slot, size_t(Steps)> m_slots;
    int m_polls = 0; ///< counted up to two
    qint64 m_firstStep = 0;
    Clock::time_point m_noted;
    Clock::time_point m_changed;
    bool m_isChangeSeen = false;
    bool m_hasFailed = false;
    std::optional<Clock::time_point> m_healthSeen;
    Clock::time_point m_probed; ///< start of the newest probe that was added
    ReportedHealth m_health;
    Service m_service = Service::InService;
};

} // namespace qproxysql
