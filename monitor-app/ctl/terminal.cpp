// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctl/terminal.h"

#include <cstdio>

namespace qproxysql {

namespace {

bool isTerminalQuiet = false;

void write(std::FILE *file, const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), file);
    std::fflush(file);
}

} // namespace

void Terminal::setQuiet(bool isQuiet)
{
    isTerminalQuiet = isQuiet;
}

void Terminal::print(const QString &line)
{
    write(stdout, line);
}

void Terminal::note(const QString &line)
{
    if (!isTerminalQuiet)
        write(stdout, line);
}

void Terminal::error(const QString &line)
{
    write(stderr, QStringLiteral("qproxysql-ctl: ") + line);
}

} // namespace qproxysql
