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

std::atomic<char *> farewell{nullptr}; ///< never freed: the signal handler may be using it

#ifdef Q_OS_UNIX
void printFarewell(int)
{
    if (const char *const text = farewell.load()) {
        const ssize_t ignored = ::write(STDERR_FILENO, text, std::strlen(text));
        static_cast<void>(ignored);
    }
    ::_exit(130);
}
#endif

} // namespace

Interruption::Interruption(const QString &text)
{
#ifdef Q_OS_UNIX
    farewell = qstrdup((text + u'\n').toUtf8().constData());
    std::signal(SIGINT, printFarewell);
    std::signal(SIGTERM, printFarewell);
#else
    Q_UNUSED(text)
#endif
}

Interruption::~Interruption()
{
#ifdef Q_OS_UNIX
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
#endif
}

} // namespace qproxysql
