// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/fullconnect.h"
#include "pool/peerpool.h"

#include <memory>

namespace qproxysql {

/// What a caller whose connect failed should do.
enum class AfterConnectFailure {
    NextPeer,    ///< try another peer
    OnePeerMore, ///< login or setup refused: at most one more peer, then return the error itself
    Stop         ///< the error is the caller's own: return it
};

/// What is known of a peer that may have stopped answering.
struct PeerSilence
{
    /// When the server itself last said anything: an answer on a session, a login, a refusal of its
    /// own. Default constructed: never.
    Clock::time_point lastHeard;
    Clock::time_point lastRefused; ///< when a probe showed that its host lives and takes nobody
    /// Probes that failed in a row without a word from server or host, nothing having been heard of
    /// either since the first of them began.
    int failedProbes = 0;
    Clock::time_point since;                         ///< when the first of these began
    Clock::time_point lastBegan;                     ///< and the last
    bool isProbing = false;                          ///< a probe is under way
    GroupStanding standing = GroupStanding::Unknown; ///< that makes it NotReady
    bool hasHungUp = false; ///< Down, since the last connect was refused or hung up on
};

/// What a caller who finds no peer to choose asks for.
struct SweepRequest
{
    Clock::time_point deadline;
    /// Goes on asking for as long as no peer has been usable for less than this.
    std::chrono::milliseconds patience{0};
    std::vector<PeerId> tried{}; ///< by the caller, in vain
};

/// Judges one pool's peers from everything that is seen of them, schedules rechecks and runs the
/// shared sweep. Made by Supervisor, one per pool, living as long as the process. Thread-safe:
/// reports come from owners' threads, workers and the supervisor alike.
class PoolHealth
{
public:
    virtual ~PoolHealth() = default;

    virtual PeerPool &pool() const = 0;

    /// An open or a probe failed. Marks the peer once for the process and schedules its recheck.
    virtual AfterConnectFailure connectFailed(PeerId peer, const ConnectFailure &failure) = 0;

    /// A statement failed with \a code: marks the peer and starts a probe at once where
    /// docs/errors.md says so.
    virtual ErrorClass statementFailed(PeerId peer, int code, const QString &text,
                                       ServerFlavour flavour) = 0;

    /// A session of this process had an answer from the peer at \a when. Outweighs a connect that
    /// timed out: the peer is Suspect then, not Down. Whoever samples the sessions calls this, at
    /// least once a second for peers that have sessions; costs one lock.
    virtual void answered(PeerId peer, Clock::time_point when) = 0;

    virtual PeerSilence silence(PeerId peer) const = 0;

    /// Asks for a probe of one peer now; single-flight. Does not wait.
    virtual void checkNow(PeerId peer) = 0;

    /// No peer is selectable: probes all of them at once, in one sweep shared by all callers that had
    /// come when it began; one begins a second at most. Waits until one can be connected to, or one
    /// can be chosen that the caller has not tried (true), or until all have failed and patience or
    /// deadline is over (false).
    virtual bool sweep(const SweepRequest &request) = 0;

    /// Every peer that can be chosen refuses writes. Probes all of them twice a second, for all callers
    /// together, and waits until one takes writes (true). False at once: none has ever been seen to take
    /// writes, or this has lasted for \a patience already; and after \a deadline.
    virtual bool awaitWritable(Clock::time_point deadline, std::chrono::milliseconds patience) = 0;
};

} // namespace qproxysql
