// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.control": what operators want, and why it cannot be read or told.
const QLoggingCategory &lcControl();

} // namespace qproxysql
