// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QDeadlineTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <chrono>
#include <functional>

QT_BEGIN_NAMESPACE
class QLocalSocket;
QT_END_NAMESPACE

namespace qproxysql {

/// One reader of a process's reports, from the connect to its end, which deletes this object. Waits for
/// nobody longer than it is told, and keeps no more for a reader than the one line that it is being sent.
/// The thread it was made in.
class ReportConversation : public QObject
{
    Q_OBJECT

public:
    /// Probes of the process's peers, when a reader asks for them. Neither blocks.
    struct Probes
    {
        std::function<void()> start; ///< empty: the request is refused, as by versions without it
        std::function<bool()> areUnderWay{};
    };

    static constexpr int LongestRequest = 128; ///< bytes, with the line's end

    /// Takes \a socket over. \a line gives a report with its line's end.
    ReportConversation(QLocalSocket *socket, std::function<QByteArray()> line, Probes probes,
                       std::chrono::milliseconds patience, QObject *parent);

    /// Whatever it asks, it is told \a why not. Before it is read from.
    void decline(const QString &why) { m_whyNot = why; }

private:
    void refuse(const QString &why);
    void read();
    void obey(const QByteArray &request);
    void probe();
    void sendOnce();
    void send(const QByteArray &line);
    void end();

    QLocalSocket *const m_socket;
    const std::function<QByteArray()> m_line;
    const Probes m_probes;
    QString m_whyNot;
    QByteArray m_request;
    bool m_isAsked = false;
    QTimer m_patience;
    QTimer m_probing;
    QDeadlineTimer m_probesUntil;
};

} // namespace qproxysql
