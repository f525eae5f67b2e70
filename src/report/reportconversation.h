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

/// The conversation with one reader of the process's reports. Deletes itself at its end. It has a timeout for
/// each step and buffers at most one line. Used only in the thread that made it.
class ReportConversation : public QObject
{
    Q_OBJECT

public:
    /// Probes the process's peers when a reader asks for it. The functions must not block.
    struct Probes
    {
        std::function<void()> start; ///< empty: the request `probe` is refused
        std::function<bool()> areUnderWay{};
    };

    static constexpr int LongestRequest = 128; ///< bytes, including the line end

    /// Takes ownership of \a socket. \a line returns a report including the line end.
    ReportConversation(QLocalSocket *socket, std::function<QByteArray()> line, Probes probes,
                       std::chrono::milliseconds patience, QObject *parent);

    /// Refuses any request with the text \a why. Call it before the first read.
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
