// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// The command lines that do what a click does.

/// "qproxysql-ctl drain db2:3306 --reason 'kernel update'". \a common: options that name the same
/// sources, of those that commonOptions() lists; each is quoted where it must be.
QString commandOf(const DrainRequest &request, const QStringList &common = {});
QString recheckCommand(const QString &peerName, const QStringList &common = {});

/// For a POSIX shell: as it is where that is safe, else in single quotes.
QString shellQuoted(const QString &text);

} // namespace qproxysql
