// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "parity/observer.h"

#include <QtSql/QSqlDatabase>

namespace qproxysql::parity {

/// One way of running a SELECT and reading its rows.
struct FetchMode
{
    bool isPrepared;
    bool isForwardOnly;
    QSql::NumericalPrecisionPolicy policy;

    QString name() const;
};

/// Text and prepared, forward-only or not, with each precision policy or with the usual one alone.
QList<FetchMode> fetchModes(bool everyPolicy);

/// Runs the SELECT with a query of its own each time, as often as it takes for a prepared statement to be
/// kept and found again, and reads all rows; then executes the last query once more.
void fetchIn(Observer &observer, const QSqlDatabase &db, const FetchMode &mode, const QString &sql);

} // namespace qproxysql::parity
