// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

namespace qproxysql {

/// What a peer is shown as: health and the requested state together, one glyph each.
enum class PeerLook {
    Up,
    Slow,     ///< up, and its connections take far longer than its pool's
    Checking, ///< something was lost on it; a probe decides
    Down,
    Draining,
    Stalled, ///< draining, and nobody leaves
    Drained, ///< no session left; not yet known to be safe to stop
    SafeToStop,
    Stopped, ///< safe to stop, and does not answer any more
    NoData   ///< nobody has looked, or nobody can tell
};
constexpr int PeerLookCount = 10;

PeerLook lookOf(const PeerView &peer);

/// "Down · recheck in 12 s", "Draining · 7 of 41 left", "No data for 35 s". Of a drained peer health is
/// told, too, where it is not Up.
QString stateText(const PeerView &peer, PeerLook look);
/// The same without anything that counts up or down by itself, for screen readers.
QString quietStateText(const PeerView &peer, PeerLook look);
/// The one word that the glyph stands for: "Up", "Safe to stop".
QString lookWord(PeerLook look);

/// Somebody should look at it. A drain that goes on, and what a drained peer does, is none.
bool isProblem(PeerLook look);
/// The higher the more it matters; of Up 0.
int severityOf(PeerLook look);
/// The one of the two that matters more.
PeerLook worse(PeerLook one, PeerLook other);
/// One of a peer that drains.
bool isDrainLook(PeerLook look);

/// What people read for a health: "Up", "Not ready".
QString healthWord(const ReportedHealth &health);

} // namespace qproxysql
