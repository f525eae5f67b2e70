// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/optiontable.h"
#include "config/pooldefinition.h"

#include <QtCore/QStringList>

namespace qproxysql {

/// At least one digit, and nothing but digits.
bool isDigits(QStringView text);

/// Seconds with up to any number of decimals ("30", "0.5"), rounded to milliseconds; nothing when it
/// is no number or not above 0.
std::optional<std::chrono::milliseconds> readSeconds(const QString &value);

/// The names of IGNORE_STATE, in lower case, as docs/pins.md has them; nothing when one of them is not
/// to be ignored: a transaction, results, locks and what the application does by itself hold on.
std::optional<QStringList> readIgnoredState(const QString &value);

/// True for what may be the schema of the drain tables: 1 to 64 letters, digits or '_'.
bool isSchemaName(QStringView value);

/// True when both texts mean the same value of \a option ("3" and "3.0", "FIRST" and "first").
bool isSameValue(Option option, const QString &a, const QString &b);

/// Sets the field of \a policy that \a option means. \a value must have been judged Allowed;
/// options that are no policy of a pool change nothing.
void applyToPolicy(Option option, const QString &value, PoolPolicy *policy);

/// The field of \a policy that \a option means, as it would be written in connect options; empty
/// for options that are no policy of a pool.
QString policyText(Option option, const PoolPolicy &policy);

} // namespace qproxysql
