// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QLoggingCategory>

namespace qproxysql {

/// Category "qproxysql.session": statements that are run again on another peer.
const QLoggingCategory &lcSession();

} // namespace qproxysql
