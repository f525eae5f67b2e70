// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/probe.h"

namespace qproxysql {

ProbeOutcome probe(const FullConnectRequest &request)
{
    FullConnectResult result = fullConnect(request);
    if (!result.isOk())
        return {false, {}, result.failure};
    result.connection.reset();
    return {true, result.facts, {}};
}

} // namespace qproxysql
