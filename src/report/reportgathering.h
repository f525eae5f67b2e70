// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/processreport.h"

namespace qproxysql {

/// The present report of this process, from its pools, open connections and idle sessions. It copies what they
/// publish anyway, so it does not delay statements. Any thread; no I/O. A pool without connections is
/// included while it has sessions.
ProcessReport gatherReport(const ProcessIdentity &process, quint64 generation);

} // namespace qproxysql
