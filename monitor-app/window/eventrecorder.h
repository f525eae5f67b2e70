// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterevents.h"

#include <QtCore/QFile>

#include <deque>

namespace qproxysql {

/// Appends events to a file, one JSON object per line: the audit log. An event that several sources
/// report is written once. One thread; local file I/O.
class EventRecorder
{
public:
    /// An event that another source reported within this time is the same.
    static constexpr std::chrono::seconds SameWithin{10};

    explicit EventRecorder(const Clock &clock = Clock::steady())
        : m_clock(clock)
    {
    }

    /// Appends to \a path if it exists; empty: stops recording. False: see errorString().
    bool setPath(const QString &path);
    QString path() const { return m_file.fileName(); }
    bool isRecording() const { return m_file.isOpen(); }
    /// \a source: an address, for comparison only. False: see errorString(); recording has ended.
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
