// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/fullconnect.h"
#include "pool/peerpool.h"

#include <memory>

namespace qproxysql {

/// What a caller whose connect failed should do.
enum class AfterConnectFailure {
    NextPeer,    ///< try another peer
    OnePeerMore, ///< login or setup refused: try at most one more peer, then return the error
    Stop         ///< the caller's own error: return it
};

/// The silence of a peer that may have stopped answering.
struct PeerSilence
{
    /// When the server itself last answered: on a session, by a login or by refusing one. Default
    /// constructed for never.
    Clock::time_point lastHeard;
    Clock::time_point lastRefused; ///< when its host last refused or closed the connection of a probe
    /// Consecutive probes without answer from server or host. Any answer resets the count.
    int failedProbes = 0;
    Clock::time_point since;                         ///< when the first of these began
    Clock::time_point lastBegan;                     ///< when the last of these began
    bool isProbing = false;                          ///< a probe is under way
    GroupStanding standing = GroupStanding::Unknown; ///< set if it makes the peer NotReady
    bool hasHungUp = false; ///< Down because the last connect was refused or closed
};

/// The request of a caller that finds no selectable peer.
struct SweepRequest
{
    Clock::time_point deadline;
    /// Sweep again until no peer has been usable for this long.
    std::chrono::milliseconds patience{0};
    std::vector<PeerId> tried{}; ///< peers that the caller has tried without success
};

/// Judges the health of a pool's peers from all observations, schedules rechecks and runs the
/// shared sweep. Supervisor creates one per pool, which lives as long as the process. Thread-safe:
/// owners' threads, workers and the supervisor report observations.
class PoolHealth
{
public:
    virtual ~PoolHealth() = default;

    virtual PeerPool &pool() const = 0;

    /// Reports a failed open or probe. Updates the peer's health and schedules its recheck.
    virtual AfterConnectFailure connectFailed(PeerId peer, const ConnectFailure &failure) = 0;

    /// Reports a failed statement. Updates the health and starts a probe if docs/errors.md requires
    /// it.
    virtual ErrorClass statementFailed(PeerId peer, int code, const QString &text,
                                       ServerFlavour flavour) = 0;

    /// Reports that a session of this process had an answer from the peer at \a when. If a connect
    /// timed out meanwhile the peer becomes Suspect instead of Down. To be called at least once a
    /// second for peers that have sessions; costs one lock.
    virtual void answered(PeerId peer, Clock::time_point when) = 0;

    virtual PeerSilence silence(PeerId peer) const = 0;

    /// Starts a probe of the peer now unless one is under way. Does not wait.
    virtual void checkNow(PeerId peer) = 0;

    /// How the peer's server numbers generated keys, as of the last login or probe of this process.
    /// If that was longer than \a maxAge ago, probes it for the next caller. Does not wait.
    virtual KeySteps keySteps(PeerId peer, std::chrono::milliseconds maxAge) = 0;

    /// Probes all peers at once because none is selectable. All callers that were waiting when it
    /// began share a sweep; at most one begins per second. Waits until a connect succeeds or a peer
    /// is selectable that the caller has not tried (true), or until all have failed and patience or
    /// deadline is over (false).
    virtual bool sweep(const SweepRequest &request) = 0;

    /// Waits for a peer that takes writes while all selectable peers refuse them (true). Probes all
    /// of them twice a second, for all callers together. False at \a deadline, or at once if no
    /// peer has ever taken writes or the situation has already lasted for \a patience.
    virtual bool awaitWritable(Clock::time_point deadline, std::chrono::milliseconds patience) = 0;
};

} // namespace qproxysql
