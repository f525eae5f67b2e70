// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.inner": trouble with threads and inner drivers.
const QLoggingCategory &lcInner();

} // namespace qproxysql
