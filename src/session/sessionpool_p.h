// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

// Shared by sessionpool.cpp (parks, resets and hands out sessions) and sessionpoolends.cpp (closes them).

#include "session/sessionpool.h"

namespace qproxysql {

struct SessionPool::Entry
{
    std::shared_ptr<PeerSession> session; ///< owned by the worker during a reset
    std::shared_ptr<SessionLine> line;
    std::shared_ptr<Workers::Ticket> ticket;
    Clock::time_point since; ///< when it was parked
    Clock::time_point expires;
    bool isResetting = true;
    bool hasTaker = false;    ///< a caller of take() waits for its reset
    bool isForgotten = false; ///< to be closed when its reset ends
};

/// Sessions to be cut or closed after the mutex is released.
struct SessionPool::ToClose
{
    std::vector<std::shared_ptr<SessionLine>> lines; ///< to be cut
    Sessions sessions;
};

/// How a peer has answered COM_CHANGE_USER.
struct SessionPool::Resets
{
    int lossesInARow = 0;
    Clock::time_point refusedUntil;
};

} // namespace qproxysql
