// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/configresolver.h"
#include "config/connectoptions.h"
#include "config/poolfilestore.h"
#include "runtexts.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QLoggingCategory>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace qproxysql;

namespace {

/// Those of env(1), which no program should use for its own failures.
enum ExitCode { Failed = 125, NotExecutable = 126, NotFound = 127 };

int fail(const QString &text, ExitCode code = Failed)
{
    std::fprintf(stderr, "qproxysql-run: %s\n", qPrintable(text));
    return code;
}

bool holds(const QString &pluginFolder, const QString &library)
{
    return !QDir(pluginFolder + "/sqldrivers"_L1)
                    .entryList({library + ".*"_L1}, QDir::Files)
                    .isEmpty();
}

/// \a installed and \a built: the folder as it lies from this program's, after installing and in the
/// build. Returns the one that has the library, else what is looked for.
QString folderOf(const QString &library, const char *installed, const char *built)
{
    const QDir here(QCoreApplication::applicationDirPath());
    const auto folder = [&here](const char *path) {
        return QDir::cleanPath(here.absoluteFilePath(QString::fromUtf8(path)));
    };
    return holds(folder(installed), library) || !holds(folder(built), library) ? folder(installed)
                                                                               : folder(built);
}

/// Puts the alias, and where Qt would not look for it the plugin, before the program's other folders.
Expected<void> preparePluginPath()
{
    const auto missing = [](const QString &library, const QString &folder) {
        return Unexpected(RunTexts::tr("%1 is missing in %2/sqldrivers: install QPROXYSQL again")
                                  .arg(library, folder));
    };
    QStringList folders{folderOf(u"libqsqlproxysqlalias"_s, QPROXYSQL_ALIAS_FOLDER, "../alias")};
    if (!holds(folders.first(), u"libqsqlproxysqlalias"_s))
        return missing(u"libqsqlproxysqlalias"_s, folders.first());
    const auto hasPlugin = [](const QString &folder) { return holds(folder, u"libqsqlproxysql"_s); };
    if (!std::ranges::any_of(QCoreApplication::libraryPaths(), hasPlugin)) {
        folders += folderOf(u"libqsqlproxysql"_s, QPROXYSQL_PLUGIN_FOLDER, "../plugins");
        if (!hasPlugin(folders.last()))
            return missing(u"libqsqlproxysql"_s, folders.last());
    }
    const QString given = qEnvironmentVariable("QT_PLUGIN_PATH");
    for (const QString &folder : given.split(QDir::listSeparator(), Qt::SkipEmptyParts)) {
        if (!folders.contains(folder)) // when run from within itself
            folders += folder;
    }
    qputenv("QT_PLUGIN_PATH", QFile::encodeName(folders.join(QDir::listSeparator())));
    return {};
}

/// Sets what the options ask for, and has the mistakes be reported that would make open() fail.
Expected<void> prepareOptions(const QCommandLineParser &parser)
{
    if (parser.isSet(u"pool-file"_s)) {
        const QString file = QFileInfo(parser.value(u"pool-file"_s)).absoluteFilePath();
        if (const auto read = PoolFileStore::instance().read(file); !read)
            return Unexpected(read.error());
        qputenv("QPROXYSQL_CONFIG", QFile::encodeName(file));
    }
    if (parser.isSet(u"options"_s)) {
        const QString options = parser.value(u"options"_s);
        if (const auto read = ConnectOptions::parse(options, u"--options"_s); !read)
            return Unexpected(read.error());
        qputenv("QPROXYSQL_OPTIONS", options.toUtf8());
    }
    if (!parser.isSet(u"pool"_s))
        return {};
    if (parser.value(u"pool"_s).isEmpty())
        return Unexpected(RunTexts::tr("--pool needs a value: NAME"));
    qputenv("QPROXYSQL_POOL", parser.value(u"pool"_s).toUtf8());
    const auto config = ConfigResolver::resolve({});
    return config ? Expected<void>() : Unexpected(config.error());
}

void describe(QCommandLineParser *parser)
{
    parser->setApplicationDescription(RunTexts::tr(
            "Runs a program that asks Qt for QMYSQL with QPROXYSQL in its place.\n\n"
            "Ends as the program does; with 125 when it was not started, 126 when it cannot be\n"
            "executed, 127 when there is none of that name."));
    parser->addOption({u"pool"_s,
                       RunTexts::tr("The program's connections use this pool of the pool file, "
                                    "whatever host and socket they name."),
                       u"NAME"_s});
    parser->addOption(
            {u"pool-file"_s,
             RunTexts::tr("The pool file. Default: QPROXYSQL_CONFIG, else qproxysql.ini in "
                          "the system's configuration folders."),
             u"FILE"_s});
    parser->addOption({u"options"_s,
                       RunTexts::tr("Connect options for those that the program does not give, "
                                    "instead of QPROXYSQL_OPTIONS."),
                       u"STRING"_s});
    parser->addOption({{u"h"_s, u"help"_s}, RunTexts::tr("Show this.")});
    parser->addOption({{u"v"_s, u"version"_s}, RunTexts::tr("Show the version.")});
    parser->addPositionalArgument(u"PROGRAM"_s, RunTexts::tr("What to run."));
    parser->addPositionalArgument(u"ARGUMENT"_s, RunTexts::tr("The program's arguments."),
                                  u"[ARGUMENT...]"_s);
    // Options after the program are the program's.
    parser->setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
}

} // namespace

int main(int argc, char **argv)
{
    int onlyProgram = 1; // Qt must not take an argument of the program for its own
    const QCoreApplication application(onlyProgram, argv);
    QCoreApplication::setApplicationName(u"qproxysql-run"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(QPROXYSQL_VERSION));
    QLoggingCategory::setFilterRules(u"qproxysql.*=false"_s);

    QCommandLineParser parser;
    describe(&parser);
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    const bool isGood = parser.parse(arguments);
    if (isGood && parser.isSet(u"help"_s)) {
        std::fputs(qPrintable(parser.helpText()), stdout);
        return 0;
    }
    if (isGood && parser.isSet(u"version"_s)) {
        std::puts("qproxysql-run " QPROXYSQL_VERSION);
        return 0;
    }
    const qsizetype count = parser.positionalArguments().size();
    if (!isGood || count == 0)
        return fail(
                RunTexts::tr("%1; see --help for what is allowed")
                        .arg(isGood ? RunTexts::tr("no program was given") : parser.errorText()));
    if (const auto prepared = preparePluginPath(); !prepared)
        return fail(prepared.error());
    if (const auto prepared = prepareOptions(parser); !prepared)
        return fail(prepared.error());

    char **const program = argv + (argc - count); // the bytes as they were given
    ::execvp(program[0], program);
    const int error = errno;
    return fail(RunTexts::tr("%1: %2").arg(QFile::decodeName(program[0]), qt_error_string(error)),
                error == ENOENT ? NotFound : NotExecutable);
}
