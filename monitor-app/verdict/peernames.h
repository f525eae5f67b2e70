// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/processreport.h"

namespace qproxysql {

/// True when one of \a names is the peer's address or one of its identities.
bool isPeerNamed(const PeerReport &peer, const QStringList &names);

} // namespace qproxysql
