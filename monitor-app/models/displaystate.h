// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// The displayed state of a peer: its health and requested state combined, with one glyph each.
enum class DisplayState {
    Up,
    Slow,     ///< up, and connecting takes far longer than to its pool's other peers
    Checking, ///< a session was lost; a probe will decide
    Down,
    Draining,
    Stalled, ///< draining, and no session leaves
    Drained, ///< no session left; not all checks have passed yet
    SafeToStop,
    Stopped, ///< safe to stop, and it no longer answers
    NoData   ///< no observation, or none with a result
};
constexpr int DisplayStateCount = 10;

DisplayState displayStateOf(const PeerView &peer);

/// "Down · recheck in 12 s", "Draining · 7 of 41 left", "No data for 35 s". The text of a drained
/// peer includes its health if it is not Up.
QString stateText(const PeerView &peer, DisplayState state);
/// The same without running counters, for screen readers.
QString quietStateText(const PeerView &peer, DisplayState state);
/// The name of the glyph: "Up", "Safe to stop".
QString stateWord(DisplayState state);
/// What the glyph means, a sentence.
QString stateMeaning(DisplayState state);

/// True for states that need an operator. A drain in progress and an outage of a drained peer do
/// not.
bool isProblem(DisplayState state);
/// 0 for Up; higher is more important.
int severityOf(DisplayState state);
/// The more important one.
DisplayState worse(DisplayState one, DisplayState other);
/// True for states of a drained peer.
bool isDrainState(DisplayState state);

} // namespace qproxysql
