// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.health": what needs a person, and what probes are doing.
const QLoggingCategory &lcHealth();

} // namespace qproxysql
