// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QModelIndexList>

namespace qproxysql {

/// The peers of a pool, all columns, with a header: RFC 4180, UTF-8, numbers as machines read them.
/// What is not known is empty. A text that a spreadsheet would take for a formula begins with a single
/// quote instead.
QByteArray csvOf(const PoolView &pool);
/// As qproxysql-ctl list --json prints it, of one pool.
QByteArray jsonOf(const ClusterView &view, const QString &poolName);

/// What the rows of \a indexes show, tab-separated, a line each in the order of the view, with the
/// headers of their columns. Tabs and line breaks in a cell become spaces.
QString tabSeparated(QModelIndexList indexes);

} // namespace qproxysql
