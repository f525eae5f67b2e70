// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QModelIndexList>

namespace qproxysql {

/// The peers of a pool, all columns, with a header: RFC 4180, UTF-8, locale-independent numbers.
/// Unknown values are empty. A text that a spreadsheet would execute as a formula gets a single
/// quote in front.
QByteArray csvOf(const PoolView &pool);
/// One pool in the format of qproxysql-ctl list --json.
QByteArray jsonOf(const ClusterView &view, const QString &poolName);

/// The texts of \a indexes, separated by tabs, one line for each row in the order of the view, with
/// their column headers. Tabs and line breaks in a cell become spaces.
QString tabSeparated(const QModelIndexList &indexes);

} // namespace qproxysql
