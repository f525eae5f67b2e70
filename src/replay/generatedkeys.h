// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "replay/replayability.h"
#include "replay/tablefacts.h"
#include "replay/transactionrecord.h"
#include "session/peersession.h"

namespace qproxysql {

/// How an INSERT that is replayed gets the keys that were generated the first time.
class GeneratedKeys
{
public:
    /// Those of the present session, as of its login; increment 0 if something may have changed them.
    static KeySteps stepsOf(const PeerSession &session);

    /// \a session is the one of the replay; must outlive the object.
    explicit GeneratedKeys(PeerSession &session)
        : m_session(session)
    {
    }

    /// Whether the keys of all rows can be what they were, as far as they are not part of an answer. Else the reason.
    /// The caller holds the claim; one round trip at most.
    Expected<void, NotReplayed> check(const RecordedStatement &statement, const ReplayNeeds &needs,
                                      const TableFacts &tables);

    /// What gives the keys to a statement. All are empty: its answer decides.
    struct Giving
    {
        QString prefix{}; ///< before its text
        QString before{}; ///< statements before and after it
        QString after{};

        bool isEmpty() const { return prefix.isEmpty() && before.isEmpty(); }
    };
    Giving of(const RecordedStatement &statement, const ReplayNeeds &needs,
              const TableFacts &tables) const;

private:
    bool holdStill(const KeySteps &steps);

    PeerSession &m_session;
};

} // namespace qproxysql
