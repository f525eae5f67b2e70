// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.control": drain requests and reports, and why they cannot be read or sent.
const QLoggingCategory &lcControl();

} // namespace qproxysql
