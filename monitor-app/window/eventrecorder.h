// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "window/recentevents.h"

#include <QtCore/QFile>

namespace qproxysql {

/// Appends events to a file, one JSON object per line: the audit log. An event that several sources
/// report is written once. One thread; local file I/O.
class EventRecorder
{
public:
    explicit EventRecorder(const Clock &clock = Clock::steady())
        : m_recent(clock)
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
    bool fail();

    RecentEvents m_recent;
    QFile m_file;
    QString m_error;
};

} // namespace qproxysql
