// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/eventrecorder.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>

#include <algorithm>

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

bool EventRecorder::isKnown(const void *source, const ClusterEvent &event) const
{
    return std::ranges::any_of(m_recent, [&](const Recent &recent) {
        const ClusterEvent &known = recent.event;
        return recent.source != source && known.kind == event.kind && known.pool == event.pool
               && known.peer == event.peer && known.text == event.text;
    });
}

bool EventRecorder::record(const void *source, const QList<ClusterEvent> &events)
{
    if (!isRecording())
        return true;
    const Clock::time_point now = m_clock.now();
    while (!m_recent.empty() && now - m_recent.front().when > SameWithin)
        m_recent.pop_front();
    for (const ClusterEvent &event : events) {
        if (isKnown(source, event))
            continue;
        m_recent.push_back({now, source, event});
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
