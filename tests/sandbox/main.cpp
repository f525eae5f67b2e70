// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/console.h"
#include "sandbox/wakepipe.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

#include <csignal>
#include <memory>
#include <poll.h>
#include <unistd.h>

using namespace qproxysql::sandbox;

static WakePipe *stopRequest = nullptr;

static void requestStop(int)
{
    stopRequest->wake();
}

/// Executes lines of standard input until one says quit, input ends or a signal comes.
static void serveCommands(Console &console, bool readInput)
{
    QByteArray input;
    for (;;) {
        pollfd waits[2]{{stopRequest->descriptor(), POLLIN, 0},
                        {readInput ? STDIN_FILENO : -1, POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0)
            continue;
        if (waits[0].revents)
            return;
        char buffer[1024];
        const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (count <= 0)
            return;
        input.append(buffer, count);
        for (qsizetype end = input.indexOf('\n'); end >= 0; end = input.indexOf('\n')) {
            if (!console.execute(QString::fromUtf8(input.left(end))))
                return;
            input.remove(0, end + 1);
        }
    }
}

template<typename Servers>
static int run(Servers &servers, QTextStream &out, bool readInput)
{
    if (!servers.start()) {
        QTextStream(stderr) << "qproxysql-sandbox: " << servers.errorString() << '\n';
        return 1;
    }
    Console console(&servers, out);
    console.list();
    console.hint();
    serveCommands(console, readInput);
    return 0;
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("qproxysql-sandbox"));

    QCommandLineParser parser;
    parser.setApplicationDescription(
            QStringLiteral("Starts throwaway MariaDB servers on 127.0.0.1, prints a line for each "
                           "(name host:port pid socket),\nand takes commands on standard input "
                           "until quit, end of input, Ctrl+C or SIGTERM.\n\nCommands:\n")
            + Console::commandHelp());
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("start"), QStringLiteral("Start the servers."));
    const QCommandLineOption count(QStringLiteral("servers"), QStringLiteral("How many (3)."),
                                   QStringLiteral("N"), QStringLiteral("3"));
    const QCommandLineOption galera(QStringLiteral("galera"),
                                    QStringLiteral("A Galera cluster instead of single servers."));
    const QCommandLineOption folder(QStringLiteral("dir"),
                                    QStringLiteral("Where the data goes, and stays at the end. "
                                                   "Default: a temporary folder."),
                                    QStringLiteral("D"));
    const QCommandLineOption flag(QStringLiteral("flag"),
                                  QStringLiteral("A flag for every server, e.g. "
                                                 "--flag=--max-connections=20. Repeatable."),
                                  QStringLiteral("F"));
    const QCommandLineOption noInput(QStringLiteral("no-stdin"),
                                     QStringLiteral("Take no commands; end by a signal only."));
    parser.addOptions({count, galera, folder, flag, noInput});
    parser.process(application);

    const int serverCount = parser.value(count).toInt();
    if (parser.positionalArguments() != QStringList(QStringLiteral("start")) || serverCount < 1
        || serverCount > 50) {
        QTextStream(stderr) << parser.helpText();
        return 2;
    }

    WakePipe stop;
    stopRequest = &stop;
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        // Who starts us with a signal ignored (nohup, a script's background) means it.
        if (std::signal(number, requestStop) == SIG_IGN)
            std::signal(number, SIG_IGN);
    }
    std::signal(SIGPIPE, SIG_IGN);

    QTextStream out(stdout);
    const bool readInput = !parser.isSet(noInput);
    if (parser.isSet(galera)) {
        GaleraCluster cluster(serverCount, parser.values(flag), parser.value(folder));
        return run(cluster, out, readInput);
    }
    ServerGroup servers(serverCount, parser.values(flag), parser.value(folder));
    return run(servers, out, readInput);
}
