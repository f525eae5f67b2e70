// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

// What the files of the guard share: guard.cpp runs statements, guardlosses.cpp says what a lost
// session means, guardmoves.cpp gives the connection its sessions.

#include "connection/conflictbackoff.h"
#include "connection/guard.h"
#include "connection/losstexts.h"

namespace qproxysql {

inline bool isStatement(const Touch &what)
{
    return what.kind == Touch::Kind::Text || what.kind == Touch::Kind::ExecutePrepared;
}

inline bool isBegin(const Touch &what, const StatementTraits &traits)
{
    return what.kind == Touch::Kind::Begin
           || (isStatement(what) && traits.isSingle && traits.transaction == TransactionVerb::Begin);
}

inline bool isCommit(const Touch &what, const StatementTraits &traits)
{
    return what.kind == Touch::Kind::Commit
           || (isStatement(what) && traits.isSingle
               && traits.transaction == TransactionVerb::Commit);
}

inline bool isRollbackText(const Touch &what, const StatementTraits &traits)
{
    return isStatement(what) && traits.isSingle && traits.transaction == TransactionVerb::Rollback;
}

/// How often one statement was tried, and why.
struct Connection::Guard::Tries
{
    explicit Tries(int retryConflicts)
        : conflicts(retryConflicts, RandomSource::system())
    {
    }

    std::vector<PeerId> lostOn;    ///< in the order of the losses
    std::vector<PeerId> refusedBy; ///< before execution, the session goes on
    std::chrono::steady_clock::time_point refusedFirst;
    ConflictBackoff conflicts;
};

} // namespace qproxysql
