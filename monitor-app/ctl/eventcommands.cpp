// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctl/eventcommands.h"

#include "cluster/ctltexts.h"

#include <QtCore/QProcess>
#include <QtCore/QTimer>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// The shell and all that it has started.
void endAll(qint64 session, int signal)
{
#ifdef Q_OS_UNIX
    if (session > 0)
        ::kill(-pid_t(session), signal);
#else
    Q_UNUSED(session)
    Q_UNUSED(signal)
#endif
}

} // namespace

EventCommands::EventCommands(const QString &command, std::chrono::milliseconds timeout,
                             std::function<void(const QString &)> report)
    : m_command(command)
    , m_timeout(timeout)
    , m_report(std::move(report))
{
}

// The destructor of QProcess would kill it.
EventCommands::~EventCommands()
{
    for (QProcess *process : std::as_const(m_running))
        process->disconnect(this);
}

void EventCommands::run(const QByteArray &input)
{
    if (m_running.size() < MostAtOnce) {
        start(input);
        return;
    }
    m_waiting.enqueue(input);
    if (m_waiting.size() <= MostWaiting)
        return;
    m_waiting.dequeue();
    m_report(CtlTexts::tr("too many commands are running: an event was dropped"));
}

void EventCommands::start(const QByteArray &input)
{
    auto *const process = new QProcess;
    m_running.append(process);
    process->setProcessChannelMode(QProcess::ForwardedChannels);
#ifdef Q_OS_UNIX
    process->setChildProcessModifier([] { ::setsid(); });
#endif
    connect(process, &QProcess::finished, this,
            [this, process](int code, QProcess::ExitStatus status) {
                const QString crash = CtlTexts::tr("the command was killed");
                const QString why = CtlTexts::tr("the command ended with %1").arg(code);
                ended(process, status != QProcess::NormalExit ? crash
                               : code == 0                    ? QString()
                                                              : why);
            });
    connect(process, &QProcess::errorOccurred, this, [this, process](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended(process, process->errorString());
    });
    process->start(u"/bin/sh"_s, {u"-c"_s, m_command});
    process->write(input);
    process->closeWriteChannel();
    const qint64 session = process->processId();
    QTimer::singleShot(m_timeout, process, [this, session] {
        m_report(CtlTexts::tr("the command took more than %1 s and was ended")
                         .arg(double(m_timeout.count()) / 1000));
        endAll(session, SIGTERM);
    });
    QTimer::singleShot(m_timeout + Grace, process, [session] { endAll(session, SIGKILL); });
}

void EventCommands::ended(QProcess *process, const QString &why)
{
    if (m_running.removeAll(process) == 0)
        return;
    process->deleteLater();
    if (!why.isEmpty())
        m_report(why);
    if (!m_waiting.isEmpty())
        start(m_waiting.dequeue());
}

} // namespace qproxysql
