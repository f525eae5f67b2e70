// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/errorclassification.h"
#include "health/poolhealth.h"
#include "pool/peerstate.h"

namespace qproxysql {

/// When a peer is to be probed next.
enum class Recheck {
    Never,   ///< no probe: the peer is in use, or the next open decides
    Now,     ///< a session was lost
    BackOff, ///< early re-probes, then CHECK_INTERVAL
    Soon,    ///< within 5 s: it answers and may serve at any moment
    Pause,   ///< not chosen for 1-2 s, then chosen again without a probe
    Steady,  ///< at CHECK_INTERVAL: an operator has to act first
    Long     ///< seldom: each attempt may make it worse
};

/// One observation of a peer.
struct Observation
{
    Stage stage = Stage::Connect;
    ErrorClass errorClass = ErrorClass::None; ///< None if it succeeded
    bool timedOut = false;                    ///< the time-out of a connect elapsed
    bool answeredMeanwhile = false;           ///< a session had an answer since the attempt began
    bool isRepeated = false;    ///< not the first BackendLost since the peer was last Up
    bool refusesWrites = false; ///< the peer refused a write, and this connect found it read-only
    bool othersServe = true;    ///< another peer of the pool is selectable
};

/// The consequence of an observation.
struct Judgement
{
    Health health = Health::Unknown;
    Recheck recheck = Recheck::Never;
    AfterConnectFailure action = AfterConnectFailure::NextPeer; ///< after a failed connect

    friend bool operator==(const Judgement &, const Judgement &) = default;
};

/// The rules of docs/errors.md: pure, thread-safe.
Judgement judge(Health current, const Observation &seen);

} // namespace qproxysql
