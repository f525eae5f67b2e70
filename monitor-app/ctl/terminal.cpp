// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctl/terminal.h"

#include "cluster/ctltexts.h"

#include <cstdio>

#ifdef Q_OS_UNIX
#include <sys/ioctl.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

bool isTerminalQuiet = false;
bool isCleared = false; ///< by redraw()

void write(std::FILE *file, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), file);
    std::fflush(file);
}

/// 0: not known.
int terminalHeight()
{
#ifdef Q_OS_UNIX
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
#else
    return 0;
#endif
}

} // namespace

void Terminal::setQuiet(bool isQuiet)
{
    isTerminalQuiet = isQuiet;
}

bool Terminal::canRedraw()
{
#ifdef Q_OS_UNIX
    const QByteArray kind = qgetenv("TERM");
    return ::isatty(STDOUT_FILENO) && !kind.isEmpty() && kind != "dumb";
#else
    return false;
#endif
}

bool Terminal::hasColors()
{
    return canRedraw() && qEnvironmentVariableIsEmpty("NO_COLOR");
}

void Terminal::print(const QString &line)
{
    write(stdout, line + u'\n');
}

void Terminal::note(const QString &line)
{
    if (!isTerminalQuiet)
        print(line);
}

void Terminal::error(const QString &line)
{
    write(stderr, u"qproxysql-ctl: "_s + line + u'\n');
}

void Terminal::redraw(const QStringList &lines)
{
    // The last row stays free: a line feed there would scroll.
    const qsizetype rows = terminalHeight() - 1;
    const bool isCut = rows > 1 && lines.size() > rows;
    const qsizetype shown = isCut ? rows - 1 : lines.size();
    // Home; no line wraps; each line ends with erasing what was there before.
    QString text = (std::exchange(isCleared, true) ? u"\x1b[H"_s : u"\x1b[2J\x1b[H"_s)
                   + u"\x1b[?7l"_s;
    for (const QString &line : lines.first(shown))
        text += line + u"\x1b[K\n"_s;
    if (isCut)
        text += CtlTexts::tr("... %n more line(s)", nullptr, int(lines.size() - shown))
                + u"\x1b[K\n"_s;
    write(stdout, text + u"\x1b[J\x1b[?7h"_s);
}

} // namespace qproxysql
