// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/errorclassification.h"
#include "health/poolhealth.h"
#include "pool/peerstate.h"

namespace qproxysql {

/// When a peer is to be probed next.
enum class Recheck {
    Never,   ///< no probe: the peer is in use, or the next open decides
    Now,     ///< something was lost: find out at once
    BackOff, ///< early re-probes, then CHECK_INTERVAL
    Soon,    ///< within 5 s: it answers and may serve at any moment
    Pause,   ///< left alone for 1-2 s, then chosen again without a probe
    Steady,  ///< at CHECK_INTERVAL: nothing changes before a person has acted
    Long     ///< seldom: each attempt may make it worse
};

/// One thing seen of a peer.
struct Observation
{
    Stage stage = Stage::Connect;
    ErrorClass errorClass = ErrorClass::None; ///< None: it went well
    bool timedOut = false;                    ///< of a connect: the time-out elapsed
    bool answeredMeanwhile = false;           ///< a session had an answer since the attempt began
    bool isSecondStrike = false; ///< BackendLost: not the first since the peer was last seen Up
    bool refusesWrites = false;  ///< a good connect to a peer that is still read-only after it
                                 ///< refused a write
    bool othersServe = true;     ///< another peer of the pool is selectable
};

/// What follows from it.
struct Judgement
{
    Health health = Health::Unknown;
    Recheck recheck = Recheck::Never;
    AfterConnectFailure action = AfterConnectFailure::NextPeer; ///< of a failed connect

    friend bool operator==(const Judgement &, const Judgement &) = default;
};

/// The rules of docs/errors.md: pure, thread-safe.
Judgement judge(Health current, const Observation &seen);

} // namespace qproxysql
