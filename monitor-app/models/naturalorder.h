// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Negative, 0, or positive: "db2" comes before "db10" in any locale (QCollator ignores numbers in
/// the C locale). Case only decides between otherwise equal texts.
int compareNaturally(QStringView one, QStringView other);

} // namespace qproxysql
