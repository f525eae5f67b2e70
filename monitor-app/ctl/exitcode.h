// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainrefusal.h"

namespace qproxysql {

/// Exit codes of qproxysql-ctl (docs/ctl.md).
enum ExitCode {
    Ok = 0,
    UnexpectedError = 1,
    Usage = 2,
    Unreachable = 3, ///< or the login was refused
    Refused = 4,     ///< last healthy peer, read-only, no rights
    TimedOut = 5,    ///< still draining; of rolling: a step took too long
    Unknown = 6,     ///< pool or peer
    ChangedMeanwhile = 7,
    CommandFailed = 8, ///< of --run
    SomePeerDown = 10
};

constexpr ExitCode exitCodeOf(DrainRefusal::Kind kind)
{
    switch (kind) {
    case DrainRefusal::BadRequest:
        return Usage;
    case DrainRefusal::LastHealthyPeer:
    case DrainRefusal::NoRights:
    case DrainRefusal::ReadOnly:
    case DrainRefusal::RollingRestart:
        return Refused;
    case DrainRefusal::ChangedMeanwhile:
        return ChangedMeanwhile;
    case DrainRefusal::Unreachable:
        return Unreachable;
    case DrainRefusal::Damaged:
    case DrainRefusal::NewerFormat:
    case DrainRefusal::IoError:
        break;
    }
    return UnexpectedError;
}

} // namespace qproxysql
