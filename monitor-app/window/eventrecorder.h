// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "control/clusterevents.h"

#include <QtCore/QFile>

namespace qproxysql {

/// Appends events to a file, a line of JSON each: the audit log. One thread; local file I/O.
class EventRecorder
{
public:
    /// Goes on with \a path where it exists; empty: records no longer. False: errorString().
    bool setPath(const QString &path);
    QString path() const { return m_file.fileName(); }
    bool isRecording() const { return m_file.isOpen(); }
    bool record(const QList<ClusterEvent> &events); ///< false: errorString(), and it has ended
    QString errorString() const { return m_error; }

private:
    bool fail();

    QFile m_file;
    QString m_error;
};

} // namespace qproxysql
