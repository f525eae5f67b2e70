// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Makes foreign \a text safe for logs and terminals: replaces control characters by spaces and cuts it off
/// after \a longest characters (-1: no limit).
QString plainText(QString text, qsizetype longest = -1);

} // namespace qproxysql
