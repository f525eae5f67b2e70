// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/eventrecorder.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

namespace qproxysql {

bool EventRecorder::setPath(const QString &path)
{
    m_file.close();
    m_file.setFileName(path);
    if (path.isEmpty())
        return true;
    return m_file.open(QIODevice::WriteOnly | QIODevice::Append) || fail();
}

bool EventRecorder::record(const void *source, const QList<ClusterEvent> &events)
{
    if (!isRecording())
        return true;
    const QList<ClusterEvent> fresh = m_recent.take(source, events);
    for (const ClusterEvent &event : fresh) {
        const QByteArray line = QJsonDocument(event.toJson()).toJson(QJsonDocument::Compact) + '\n';
        if (m_file.write(line) != line.size())
            return fail();
    }
    return m_file.flush() || fail();
}

bool EventRecorder::fail()
{
    m_error = QCoreApplication::translate("EventRecorder", "events are not recorded in %1: %2")
                      .arg(m_file.fileName(), m_file.errorString());
    m_file.close();
    return false;
}

} // namespace qproxysql
