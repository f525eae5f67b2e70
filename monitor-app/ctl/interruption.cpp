// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctl/interruption.h"

#include <atomic>
#include <csignal>
#include <cstring>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace qproxysql {

namespace {

#ifdef Q_OS_UNIX
std::atomic<char *> farewell{nullptr}; ///< never freed: the signal handler may be using it

void printFarewell(int signal)
{
    if (const char *const text = farewell.load()) {
        const ssize_t ignored = ::write(STDERR_FILENO, text, std::strlen(text));
        static_cast<void>(ignored);
    }
    ::_exit(128 + signal); // as a shell says it
}
#endif

void handleBy(void (*handler)(int))
{
    std::signal(SIGINT, handler);
    std::signal(SIGTERM, handler);
}

} // namespace

Interruption::Interruption(const QString &text)
{
    setText(text);
#ifdef Q_OS_UNIX
    handleBy(printFarewell);
#endif
}

Interruption::~Interruption()
{
    handleBy(SIG_DFL);
}

void Interruption::setText(const QString &text)
{
#ifdef Q_OS_UNIX
    const QByteArray line = (text + u'\n').toUtf8();
    if (const char *const before = farewell.load(); !before || line != before)
        farewell = qstrdup(line.constData());
#else
    Q_UNUSED(text)
#endif
}

} // namespace qproxysql
