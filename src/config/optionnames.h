// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// True for names that belong to the inner driver: UNIX_SOCKET and whatever begins with CLIENT_,
/// MYSQL_ or SSL_, in any case. Source: QMYSQL's documentation of Qt 6.4 to 6.11.
bool isInnerOption(QStringView name);

/// The name of ours or of QMYSQL's that \a name was probably meant to be; empty when none is close.
QString closestOption(QStringView name);

} // namespace qproxysql
