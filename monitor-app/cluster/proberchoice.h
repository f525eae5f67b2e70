// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/knownprocesses.h"

namespace qproxysql {

/// Which of the processes \a ids, which have a socket, are asked to probe their pools' peers: a few of each pool,
/// others every five seconds, so that a thousand of them do not all connect at once; and a few of those that
/// have not reported yet. Pure.
QSet<QString> probersOf(const QStringList &ids, const QList<KnownProcess> &known,
                        Clock::time_point now);

} // namespace qproxysql
