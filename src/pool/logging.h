// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.pool": every change of a peer's state, one line each.
const QLoggingCategory &lcPool();

} // namespace qproxysql
