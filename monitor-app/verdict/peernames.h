// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/processreport.h"

namespace qproxysql {

/// True when one of \a names, an address or what a server calls itself, means \a peer.
bool isPeerNamed(const PeerReport &peer, const QStringList &names);

} // namespace qproxysql
