// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "docs/programs.h"

#include "docs/projecttree.h"

#include "ctl/commandline.h"
#include "window/monitorcommandline.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql::docs {

namespace {

const ProjectTree &tree()
{
    return ProjectTree::instance();
}

QString nameOf(const QString &program)
{
    return program.section(u'/', -1);
}

template<typename Parser>
QString helpOf()
{
    return Parser().read({u"program"_s, u"--help"_s}).text;
}

QString mainHelp()
{
    static const QString help = helpOf<CommandLine>() + helpOf<MonitorCommandLine>();
    return help;
}

/// How an option stands in a help text or a script, and in the source of a program.
const QString inText = QStringLiteral("(?<![\\w-])--%1(?![\\w-])");
const QString inSource = QStringLiteral("\"%1\"");

bool names(const QString &text, const QString &option, const QString &pattern)
{
    return text.contains(QRegularExpression(pattern.arg(QRegularExpression::escape(option))));
}

QStringList optionsIn(const QStringList &words)
{
    QStringList options;
    for (const QString &word : words.mid(1)) {
        if (word.startsWith("--"_L1) && word.size() > 2)
            options.append(word.mid(2).section(u'=', 0, 0));
    }
    return options;
}

/// \a text: a script, or the main file of a program.
QString faultOfOptions(const QStringList &words, const QString &text, const QString &pattern)
{
    for (const QString &option : optionsIn(words)) {
        if (option != "help"_L1 && !names(text, option, pattern))
            return u"%1 has no option --%2"_s.arg(words.constFirst(), option);
    }
    return {};
}

template<typename Parser>
QString faultOfParser(const QStringList &words)
{
    if (words.size() == 1)
        return {};                                                    // its name alone
    if (words.at(1).startsWith(u'-') && !words.contains(u"--help"_s)) // options alone, of any verb
        return faultOfOptions(words, helpOf<Parser>(), inText);
    const auto reading = Parser().read(words);
    return reading.state == Parser::Reading::Wrong ? reading.text : QString();
}

/// The folder whose CMakeLists.txt makes a program of that name; empty: there is none.
QString folderOfProgram(const QString &name)
{
    const QRegularExpression made(u"add_executable\\(%1\\b(?!-)"_s.arg(name));
    for (const QString &source : tree().sources()) {
        if (source.endsWith("CMakeLists.txt"_L1) && tree().read(source).contains(made))
            return source.section(u'/', 0, -2);
    }
    return {};
}

/// True where CMake files, scripts or sources have the name, as those of packages.
bool isNamed(const QString &name)
{
    const QStringList sources = tree().sources();
    return std::any_of(sources.cbegin(), sources.cend(), [&](const QString &source) {
        return !source.startsWith("tests/docs/"_L1) && tree().read(source).contains(name);
    });
}

} // namespace

bool isOfProject(const QString &program)
{
    const QString folder = program.section(u'/', 0, -2);
    return folder == "scripts"_L1 || program == ".ci/run"_L1
           || (nameOf(program).startsWith("qproxysql-"_L1)
               && (folder.isEmpty() || folder.endsWith("bin"_L1)));
}

QString faultOfArguments(const QStringList &words)
{
    const QString program = words.constFirst();
    const QString name = nameOf(program);
    if (name == "qproxysql-ctl"_L1)
        return faultOfParser<CommandLine>(words);
    if (name == "qproxysql-monitor"_L1)
        return faultOfParser<MonitorCommandLine>(words);
    if (const QString folder = folderOfProgram(name); !folder.isEmpty())
        return faultOfOptions(words, tree().read(folder + "/main.cpp"_L1), inSource);
    const QString script = tree().find(name.startsWith("qproxysql-"_L1) ? name : program);
    if (!script.isEmpty())
        return faultOfOptions(words, tree().read(script), inText);
    const bool isPackage = words.size() == 1 && isNamed(program);
    return isPackage ? QString() : u"there is no program %1"_s.arg(program);
}

bool isOption(const QString &name)
{
    if (name == "help"_L1 || name == "version"_L1 || names(mainHelp(), name, inText))
        return true;
    for (const QString &source : tree().sources()) {
        const bool isScript = source.startsWith("scripts/"_L1);
        if ((isScript || source.endsWith("/main.cpp"_L1))
            && names(tree().read(source), name, isScript ? inText : inSource))
            return true;
    }
    return false;
}

} // namespace qproxysql::docs
