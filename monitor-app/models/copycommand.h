// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// The command lines that are equivalent to actions in the window.

/// "qproxysql-ctl drain db2:3306 --reason 'kernel update'". \a common: options for the same
/// sources, as in commonOptions(). All arguments are quoted as needed.
QString commandOf(const DrainRequest &request, const QStringList &common = {});
QString recheckCommand(const QString &peerName, const QStringList &common = {});
/// "qproxysql-ctl rolling db1:3306 db2:3306". \a command: empty: none.
QString rollingCommand(const QStringList &peerNames, const QString &reason, const QString &command,
                       const QStringList &common = {});

/// For a POSIX shell: in single quotes unless the text is safe without.
QString shellQuoted(const QString &text);

} // namespace qproxysql
