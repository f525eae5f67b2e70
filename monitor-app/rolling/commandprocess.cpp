// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "rolling/commandprocess.h"

#include <QtCore/QFile>
#include <QtCore/QList>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <csignal>
#endif

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

/// What /proc says of a process. Empty: nothing, also where other users' processes are hidden.
struct ProcessStatus
{
    explicit ProcessStatus(qint64 pid)
    {
        constexpr qsizetype StateField = 0;
        constexpr qsizetype StartField = 19;
        const QByteArray text = contentOf(u"/proc/%1/stat"_s.arg(pid));
        // The name before it may contain blanks and parentheses.
        const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        state = fields.value(StateField);
        start = QString::fromLatin1(fields.value(StartField));
    }
    bool hasEnded() const { return state == "Z" || state == "X"; }

    QByteArray state;
    QString start;
};

QString bootOfMachine()
{
    return QString::fromLatin1(contentOf(u"/proc/sys/kernel/random/boot_id"_s));
}

} // namespace

CommandProcess CommandProcess::of(qint64 pid)
{
    return {.pid = pid, .boot = bootOfMachine(), .start = ProcessStatus(pid).start};
}

bool CommandProcess::isAlive() const
{
    if (pid <= 0 || (!boot.isEmpty() && boot != bootOfMachine()))
        return false;
    const ProcessStatus now(pid);
    if (now.hasEnded() || (!start.isEmpty() && !now.start.isEmpty() && start != now.start))
        return false;
#ifdef Q_OS_UNIX
    return ::kill(pid_t(pid), 0) == 0 || errno == EPERM;
#else
    return false;
#endif
}

} // namespace qproxysql
