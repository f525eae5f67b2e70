// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterevents.h"

#include <QtCore/QFile>

#include <deque>

namespace qproxysql {

/// Appends events to a file, a line of JSON each: the audit log. What several sources see of the same
/// event is written once. One thread; local file I/O.
class EventRecorder
{
public:
    /// Sources look at about the same time: an event that another one has brought within this time is the same.
    static constexpr std::chrono::seconds SameWithin{10};

    explicit EventRecorder(const Clock &clock = Clock::steady())
        : m_clock(clock)
    {
    }

    /// Goes on with \a path where it exists; empty: records no longer. False: errorString().
    bool setPath(const QString &path);
    QString path() const { return m_file.fileName(); }
    bool isRecording() const { return m_file.isOpen(); }
    /// \a source: an address, for comparison only. False: errorString(), and it has ended.
    bool record(const void *source, const QList<ClusterEvent> &events);
    QString errorString() const { return m_error; }

private:
    struct Recent
    {
        Clock::time_point when;
        const void *source;
        ClusterEvent event;
    };
    bool isKnown(const void *source, const ClusterEvent &event) const;
    bool fail();

    const Clock &m_clock;
    std::deque<Recent> m_recent; ///< the oldest first
    QFile m_file;
    QString m_error;
};

} // namespace qproxysql
