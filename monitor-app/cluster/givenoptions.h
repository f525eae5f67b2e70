// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/commonoptions.h"

#include <QtCore/QHash>
#include <QtCore/QString>

#include <span>

namespace qproxysql {

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
