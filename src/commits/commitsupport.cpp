// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/commitsupport.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

Expected<CommitSupport, QSqlError> CommitSupport::of(PeerSession &session, const CommitTable &)
{
    const ServerFacts &facts = session.facts();
    CommitSupport support;
    if (!facts.clusterId.isEmpty())
        support.domain = "wsrep:"_L1 + facts.clusterId;
    else if (!facts.isThroughProxy && !facts.identities.isEmpty())
        support.domain = "server:"_L1 + facts.identities.front();
    return support;
}

} // namespace qproxysql
