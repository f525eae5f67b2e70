// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

// What the files of the session pool share: sessionpool.cpp parks, resets and hands out,
// sessionpoolends.cpp ends what nobody shall have.

#include "session/sessionpool.h"

namespace qproxysql {

struct SessionPool::Entry
{
    std::shared_ptr<PeerSession> session; ///< the worker's while it is reset
    std::shared_ptr<SessionLine> line;
    std::shared_ptr<Workers::Ticket> ticket;
    Clock::time_point since; ///< when it was parked
    Clock::time_point expires;
    bool isResetting = true;
    bool hasTaker = false;    ///< somebody waits for its reset
    bool isForgotten = false; ///< is to be closed when its reset ends
};

/// What is to be ended once the mutex is free.
struct SessionPool::Doomed
{
    std::vector<std::shared_ptr<SessionLine>> lines; ///< to be cut
    Sessions sessions;
};

/// What a peer has shown of its way with COM_CHANGE_USER.
struct SessionPool::Resets
{
    int lossesInARow = 0;
    Clock::time_point refusedUntil;
};

} // namespace qproxysql
