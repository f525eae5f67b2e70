// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QHash>
#include <QtCore/QString>

#include <span>

namespace qproxysql {

/// A row of a program's command line. Texts are source texts of the context QProxySqlCtl.
struct CommandOption
{
    const char *name;
    const char *valueName; ///< nullptr: a switch
    const char *verbs;     ///< the verbs of qproxysql-ctl that take it; nullptr: all
    const char *text;
};

/// The options that qproxysql-ctl and qproxysql-monitor share.
std::span<const CommandOption> commonOptions();

/// The options of \a rows that were given, with their values; a switch has none. Newer Qt warns on
/// standard error when a switch is asked for its value, so all code reads values from here.
/// \a Parser: QCommandLineParser.
template<typename Parser>
QHash<QString, QString> givenOptions(const Parser &parser, std::span<const CommandOption> rows)
{
    QHash<QString, QString> given;
    for (const CommandOption &row : rows) {
        const QString name = QString::fromLatin1(row.name);
        if (parser.isSet(name))
            given.insert(name, row.valueName ? parser.value(name) : QString());
    }
    return given;
}

} // namespace qproxysql
