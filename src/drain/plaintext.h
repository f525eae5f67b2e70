// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// \a text as it may go to logs and terminals when others have written it: control characters are
/// spaces, and what is beyond \a longest characters is cut off (-1: nothing is).
QString plainText(QString text, qsizetype longest = -1);

} // namespace qproxysql
