// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/reportfolder.h"
#include "report/socketpath.h"
#include "verdict/reportanswer.h"

#include <QtCore/QObject>
#include <QtNetwork/QLocalSocket>

namespace qproxysql {

/// Asks one process for its report. One thread with an event loop. Does not time out by itself.
class ReportQuestion : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 LongestLine = 4 * 1024 * 1024;

    enum class Request {
        Report,
        Probe ///< have the process probe its peers first, if its version supports that
    };
    ReportQuestion(ReportFolder folder, const QString &id, Request request, QObject *parent);

    void ask();    ///< answered() is emitted later, not before this returns
    void giveUp(); ///< the time is over: emits answered() unless it was emitted

Q_SIGNALS:
    void answered(const qproxysql::ReportAnswer &answer); ///< emitted once

private:
    void read();
    void askPlainly();
    void failed(QLocalSocket::LocalSocketError error);
    void understand(const QByteArray &line);
    void finish(ReportAnswer::Kind kind, const QString &text = QString());

    const ReportFolder m_folder;
    const SocketPath m_path;
    QLocalSocket m_socket;
    QByteArray m_received;
    ReportAnswer m_answer;
    Request m_request; ///< Report after the process has declined to probe
    bool m_wasConnected = false;
    bool m_isDone = false;
};

} // namespace qproxysql
