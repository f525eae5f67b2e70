// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "docs/names.h"

#include "docs/commands.h"
#include "docs/programs.h"
#include "docs/projecttree.h"

#include "config/connectoptions.h"
#include "config/optionnames.h"
#include "config/optiontable.h"

#include <QtCore/QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace qproxysql::docs {

namespace {

/// Says of a name of its own kind what is wrong with it; nothing when the name is of another kind.
using Fault = std::optional<QString>;

const ProjectTree &tree()
{
    return ProjectTree::instance();
}

QRegularExpressionMatch matched(const char *pattern, const QString &text)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1StringView(pattern)))
            .match(text);
}

Fault faultOfTest(const QString &code)
{
    const auto match = matched("(tst_[\\w*]+)(::(\\w+))?", code);
    if (!match.hasMatch())
        return {};
    const QString name = match.captured(1);
    if (!tree().contains(name + ".cpp"_L1) && !tree().knows(name))
        return u"there is no test %1"_s.arg(name);
    const QString function = match.captured(3);
    const QString text = tree().read(tree().find(name + ".cpp"_L1));
    if (!function.isEmpty() && !text.contains(QRegularExpression(u"\\b%1\\(\\)"_s.arg(function))))
        return u"%1 has no function %2"_s.arg(name, function);
    return QString();
}

Fault faultOfProgramOption(const QString &code)
{
    const auto match = matched("--([a-z-]+)([ =].*)?", code);
    if (!match.hasMatch())
        return {};
    static const QStringList foreign{u"group-add"_s, u"port"_s, u"prefix"_s, u"install"_s};
    const QString name = match.captured(1);
    return isOption(name) || foreign.contains(name) ? QString()
                                                    : u"no program takes --%1"_s.arg(name);
}

Fault faultOfInlineCommand(const QString &code)
{
    static const QStringList builders{u"cmake"_s, u"ctest"_s};
    QString text = code;
    text.remove(QRegularExpression(u"[\\[\\]…]|\\.\\.\\."_s));
    const QList<ShellCommand> commands = commandsOf(text);
    const QString first = commands.isEmpty() ? QString() : commands.constFirst().words.value(0);
    if ((!isOfProject(first) && !builders.contains(first)) || first.contains(u'.'))
        return {};
    for (ShellCommand command : commands) {
        const QString fault = faultOfCommand(command);
        command.words.append(u"PEER"_s); // prose leaves out what the reader chooses
        if (!fault.isEmpty() && !faultOfCommand(command).isEmpty())
            return fault;
    }
    return QString();
}

Fault faultOfAssignment(const QString &code)
{
    if (!matched("[A-Z][A-Z_]+=.*", code).hasMatch() || code.contains("..."_L1))
        return {};
    const QString name = code.section(u'=', 0, 0);
    if (name.startsWith("QPROXYSQL_"_L1) || name.startsWith("CMAKE_"_L1)
        || closestOption(name).isEmpty())
        return {}; // of CMake, of the environment, of a server
    const auto options = ConnectOptions::parse(code, u"the text"_s);
    return options ? QString() : options.error();
}

Fault faultOfOptionName(const QString &code)
{
    if (!matched("[A-Z]+(_[A-Z]+)+", code).hasMatch() || tree().knows(code))
        return {};
    const QString meant = closestOption(code);
    return meant.isEmpty() ? QString() : u"no option %1; is it %2?"_s.arg(code, meant);
}

Fault faultOfPath(const QString &code)
{
    static const QRegularExpression inProject(
            u"^(src|sqldriver|monitor-app|tests|docs|scripts|translations|\\.ci|\\.github)/"_s);
    if (!matched("[\\w.*-]+(/[\\w.*-]+)*/?", code).hasMatch())
        return {};
    const bool isSource = matched(".*[\\w*]\\.(cpp|h|inc|md|bash|svg|png)", code).hasMatch();
    if (!isSource && !inProject.match(code).hasMatch())
        return {};
    return tree().contains(code) ? QString() : u"there is no file %1"_s.arg(code);
}

Fault faultOfIdentifier(const QString &code)
{
    const auto match = matched("(\\w+(?:::\\w+)*)(\\([^()]*\\))?", code);
    const bool isCode = code.contains("::"_L1) || match.capturedLength(2) > 0
                        || matched("[A-Za-z][a-z0-9]+([A-Z][a-z0-9]+)+", code).hasMatch();
    if (!match.hasMatch() || !isCode || code == code.toUpper())
        return {};
    for (const QString &part : match.captured(1).split("::"_L1)) {
        if (!tree().knows(part))
            return u"no source has %1"_s.arg(part);
    }
    return QString();
}

} // namespace

QString faultOfName(const QString &code)
{
    for (const auto kind : {faultOfTest, faultOfProgramOption, faultOfInlineCommand,
                            faultOfAssignment, faultOfOptionName, faultOfPath, faultOfIdentifier}) {
        if (const Fault fault = kind(code))
            return *fault;
    }
    return {};
}

} // namespace qproxysql::docs
