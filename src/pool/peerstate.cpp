// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/peerstate.h"

#include <numeric>

namespace qproxysql {

TransactionFates &TransactionFates::operator+=(const TransactionFates &others)
{
    replayed += others.replayed;
    for (auto it = others.lost.cbegin(); it != others.lost.cend(); ++it)
        lost[it.key()] += it.value();
    return *this;
}

int TransactionFates::lostInAll() const
{
    return std::accumulate(lost.cbegin(), lost.cend(), 0);
}

} // namespace qproxysql
