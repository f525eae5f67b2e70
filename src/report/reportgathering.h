// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/processreport.h"

namespace qproxysql {

/// What there is to say of this process now: from its pools, its open connections and its idle
/// sessions. Copies what they publish anyway, so that nothing of it stands on the way of a statement.
/// Any thread; no I/O. A pool that no connection uses is told of while it has sessions.
ProcessReport gatherReport(const ProcessIdentity &process, quint64 generation);

} // namespace qproxysql
