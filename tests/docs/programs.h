// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

namespace qproxysql::docs {

/// What a program or script of the project says of its arguments: a sentence; empty: nothing is wrong.
/// \a words: the program first. No program is started: qproxysql-ctl and qproxysql-monitor read the
/// arguments with their own parsers, of the others the sources must name each option.
QString faultOfArguments(const QStringList &words);

bool isOfProject(const QString &program); ///< by its name or path; it need not exist

/// True if some program or script of the project takes the option, without its leading dashes.
bool isOption(const QString &name);

} // namespace qproxysql::docs
