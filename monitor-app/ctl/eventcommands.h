// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QQueue>

#include <chrono>
#include <functional>

QT_BEGIN_NAMESPACE
class QProcess;
QT_END_NAMESPACE

namespace qproxysql {

/// Runs an operator's command once for each event, by sh -c, with the event on its standard input.
/// Nothing is put into the command's text. Each run is a session of its own, which is ended as a
/// whole when it takes too long; so no run holds up another. One thread with an event loop.
class EventCommands : public QObject
{
public:
    static constexpr int MostAtOnce = 16;
    static constexpr int MostWaiting = 200; ///< for a place; the oldest are dropped
    static constexpr std::chrono::seconds DefaultTimeout{30};
    static constexpr std::chrono::seconds Grace{2}; ///< from SIGTERM to SIGKILL

    /// \a report: why one run failed, a sentence.
    EventCommands(const QString &command, std::chrono::milliseconds timeout,
                  std::function<void(const QString &)> report);
    /// Commands that still run go on.
    ~EventCommands() override;

    /// \a input: for standard input, which then ends.
    void run(const QByteArray &input);

private:
    void start(const QByteArray &input);
    void ended(QProcess *process, const QString &why);

    const QString m_command;
    const std::chrono::milliseconds m_timeout;
    const std::function<void(const QString &)> m_report;
    QList<QProcess *> m_running;
    QQueue<QByteArray> m_waiting;
};

} // namespace qproxysql
