// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "docs/commands.h"

#include "docs/programs.h"
#include "docs/projecttree.h"

#include "config/connectoptions.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace qproxysql::docs {

namespace {

/// Programs of the system, and what stands for a program of the reader's.
const QStringList foreignPrograms =
        QStringLiteral(
                "./myapp ./your-application cat cd chmod chown clang-format codespell cp curl "
                "cut date docker dpkg echo env export getent git grep "
                "groupadd head install journalctl jq ln ls lupdate man mariadb "
                "mariadb-admin mkdir mysql nc podman pre-commit promtool python3 reuse rm "
                "sed socat ssh systemctl tail usermod valgrind your-application")
                .split(u' ');

/// A word in capitals that stands for what the reader chooses.
bool isPlaceholder(const QString &word)
{
    return word == word.toUpper();
}

QString cmakeTexts()
{
    static const QString texts = [] {
        QString all;
        for (const QString &source : ProjectTree::instance().sources()) {
            if (source.endsWith("CMakeLists.txt"_L1) || source.endsWith(".cmake"_L1))
                all += ProjectTree::instance().read(source);
        }
        return all;
    }();
    return texts;
}

bool isTarget(const QString &name)
{
    static const QString made =
            u"(add_(executable|library|custom_target|test)|_target)\\(\\s*%1\\b(?!-)"_s;
    return cmakeTexts().contains(QRegularExpression(made.arg(QRegularExpression::escape(name))))
           || ProjectTree::instance().contains(name + ".cpp"_L1) || name == "install"_L1;
}

QString faultOfPreset(const QString &preset)
{
    const QString presets = ProjectTree::instance().read(u"CMakePresets.json"_s);
    return isPlaceholder(preset) || presets.contains(u"\"name\": \"%1\""_s.arg(preset))
                   ? QString()
                   : u"there is no preset %1"_s.arg(preset);
}

QString faultOfDefinition(const QString &definition)
{
    const QString name = definition.mid(2).section(u'=', 0, 0).section(u':', 0, 0);
    return name.startsWith("CMAKE_"_L1) || ProjectTree::instance().knows(name)
                   ? QString()
                   : u"no CMake file has the variable %1"_s.arg(name);
}

QString faultOfCMake(const QStringList &words)
{
    bool isTargets = false;
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString &word = words.at(i);
        const QString next = words.value(i + 1);
        QString fault;
        if (word == "--preset"_L1)
            fault = faultOfPreset(next);
        else if (word.startsWith("--preset="_L1))
            fault = faultOfPreset(word.section(u'=', 1));
        else if (word.startsWith("-D"_L1))
            fault = faultOfDefinition(word);
        else if (word == "-S"_L1 && next != "."_L1 && !ProjectTree::instance().contains(next))
            fault = u"there is no folder %1"_s.arg(next);
        else if (isTargets && !word.startsWith(u'-') && !isPlaceholder(word) && !isTarget(word))
            fault = u"there is no target %1"_s.arg(word);
        if (!fault.isEmpty())
            return fault;
        isTargets = word == "--target"_L1 || word == "-t"_L1
                    || (isTargets && !word.startsWith(u'-'));
    }
    return {};
}

QString faultOfCTest(const QStringList &words)
{
    const QString pattern = words.value(words.indexOf(u"-R"_s) + 1);
    static const QRegularExpression name(u"tst_\\w+"_s);
    for (const auto &match : name.globalMatch(words.contains(u"-R"_s) ? pattern : QString())) {
        if (!isTarget(match.captured()) && !ProjectTree::instance().knows(match.captured()))
            return u"there is no test %1"_s.arg(match.captured());
    }
    return {};
}

/// scripts/packages knows each package that the project asks for; its own packages are made by CMake.
QString faultOfPackages(const QStringList &words)
{
    if (!words.contains(u"install"_s))
        return {};
    const QString known = ProjectTree::instance().read(u"scripts/packages"_s) + cmakeTexts();
    for (const QString &package : words.mid(words.indexOf(u"install"_s) + 1)) {
        if (package.startsWith(u'-') || package.contains(u'/') || isPlaceholder(package))
            continue;
        if (!known.contains(QRegularExpression(
                    u"(?<![\\w.-])%1(?![\\w.-])"_s.arg(QRegularExpression::escape(package)))))
            return u"scripts/packages does not have %1"_s.arg(package);
    }
    return {};
}

QString faultOfVariable(const QString &assignment)
{
    const QString name = assignment.section(u'=', 0, 0);
    if (name.startsWith("QPROXYSQL_"_L1) && !ProjectTree::instance().knows(name))
        return u"nothing reads %1"_s.arg(name);
    if (name != "QPROXYSQL_OPTIONS"_L1)
        return {};
    const auto options = ConnectOptions::parse(assignment.section(u'=', 1), name);
    return options ? QString() : options.error();
}

} // namespace

QString faultOfCommand(const ShellCommand &command)
{
    for (const QString &variable : command.variables) {
        if (const QString fault = faultOfVariable(variable); !fault.isEmpty())
            return fault;
    }
    if (command.words.isEmpty())
        return {};
    const QString program = command.words.constFirst();
    if (isOfProject(program))
        return faultOfArguments(command.words);
    if (program == "cmake"_L1)
        return faultOfCMake(command.words);
    if (program == "ctest"_L1)
        return faultOfCTest(command.words);
    if (program == "apt"_L1 || program == "apt-get"_L1)
        return faultOfPackages(command.words);
    if (program.section(u'/', -1).startsWith("tst_"_L1))
        return isTarget(program.section(u'/', -1)) ? QString() : u"there is no %1"_s.arg(program);
    return foreignPrograms.contains(program) ? QString() : u"%1 is not known"_s.arg(program);
}

} // namespace qproxysql::docs
