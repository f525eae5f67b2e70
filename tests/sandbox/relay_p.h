// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/relay.h"

#include <deque>

namespace qproxysql::sandbox {

/// One direction of a connection.
struct Relay::Flow
{
    struct Piece
    {
        QByteArray bytes;
        TimePoint due;
    };

    int from = -1;
    int to = -1;
    bool toServer = false;
    std::deque<Piece> queue;
    qsizetype queued = 0;
    bool ended = false;    ///< nothing more comes
    bool passedOn = false; ///< and the other side knows
    bool isForgotten = false;
};

struct Relay::Connection
{
    int client = -1;
    int server = -1;
    Flow up;
    Flow down;
    RequestCounter counter;
    bool isGreeted = false;
    bool hasLoggedIn = false; ///< or tried to
    bool endsAfterAnswer = false;
    std::optional<RequestCounter::Request> lastRequest;
    /// A cut that waits for the answer to the request that triggered it.
    std::unique_ptr<ArmedCut> triggered;

    bool isOpen() const { return client >= 0; }
};

} // namespace qproxysql::sandbox
