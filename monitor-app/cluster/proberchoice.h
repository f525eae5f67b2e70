// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/knownprocesses.h"

namespace qproxysql {

/// Selects, from the processes \a ids that have a socket, those that are asked to probe their
/// pools' peers: a few of each pool, others every five seconds, so that a thousand processes do not
/// all connect at once, and a few that have not reported yet. Pure.
QSet<QString> probersOf(const QStringList &ids, const QList<KnownProcess> &known,
                        Clock::time_point now);

} // namespace qproxysql
