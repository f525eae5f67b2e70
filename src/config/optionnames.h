// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// True for options of the inner driver: UNIX_SOCKET and names that begin with CLIENT_, MYSQL_ or
/// SSL_, in any case. Source: QMYSQL's documentation of Qt 6.4 to 6.11.
bool isInnerOption(QStringView name);

/// The option of ours or QMYSQL's that \a name was probably meant to be; empty if none is similar.
QString closestOption(QStringView name);

/// The names of all options of ours, separated by commas.
QString optionNames();

} // namespace qproxysql
