// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// Less than 0, 0, more than 0: "db2" comes before "db10", whatever the locale (QCollator has no numbers in
/// the C locale). Case does not count unless nothing else differs.
int compareNaturally(QStringView one, QStringView other);

} // namespace qproxysql
