// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.config": what is read, ignored or broken in pool files.
const QLoggingCategory &lcConfig();

} // namespace qproxysql
