// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "control/processreport.h"

namespace qproxysql {

/// True when one of \a names, host:port or what a server calls itself, means \a peer. Letter case does
/// not matter.
bool isPeerNamed(const PeerReport &peer, const QStringList &names);

} // namespace qproxysql
