// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/selection.h"

#include <algorithm>

namespace qproxysql {
namespace {

/// Draws an index by weight. Excludes the index \a without unless it is -1.
int drawByWeight(std::span<const Candidate> candidates, RandomSource &random, int without = -1)
{
    quint32 total = 0;
    for (const Candidate &candidate : candidates)
        total += quint32(candidate.weight);
    if (without >= 0)
        total -= quint32(candidates[size_t(without)].weight);

    quint32 drawn = random.bounded(total);
    int last = -1;
    for (int i = 0; i < int(candidates.size()); ++i) {
        if (i == without)
            continue;
        last = i;
        const auto weight = quint32(candidates[size_t(i)].weight);
        if (drawn < weight)
            break;
        drawn -= weight;
    }
    return last;
}

const Candidate &lessLoadedOfTwo(std::span<const Candidate> candidates, RandomSource &random)
{
    const int first = drawByWeight(candidates, random);
    if (candidates.size() == 1)
        return candidates[size_t(first)];
    const int second = drawByWeight(candidates, random, first);
    const Candidate &a = candidates[size_t(first)];
    const Candidate &b = candidates[size_t(second)];
    return qint64(b.load) * a.weight < qint64(a.load) * b.weight ? b : a;
}

} // namespace

PeerId selectPeer(std::span<const Candidate> candidates, Balance balance, RandomSource &random)
{
    if (candidates.empty())
        return NoPeer;
    switch (balance) {
    case Balance::First:
        return std::ranges::min(candidates, {}, &Candidate::order).id;
    case Balance::LeastConn:
        return lessLoadedOfTwo(candidates, random).id;
    case Balance::Random:
        break;
    }
    return candidates[size_t(drawByWeight(candidates, random))].id;
}

bool mayComeBack(const PeerSnapshot &peer)
{
    return !peer.isRetired && peer.service == Service::InService && peer.health != Health::Blocked
           && peer.health != Health::Misconfigured;
}

Preference preferenceOf(const PeerSnapshot &peer, Attempts attempts, Clock::time_point now)
{
    const bool hangs = attempts == Attempts::Hanging;
    if (peer.isRetired || peer.service == Service::Draining)
        return Preference::Unselectable;

    switch (peer.health) {
    case Health::Up:
        if (!peer.serverRequest.isEmpty())
            return Preference::Unwelcome;
        [[fallthrough]];
    // Good even with pending attempts: otherwise all opens at the start of an application would
    // choose the peer that answers first.
    case Health::Unknown:
        return hangs ? Preference::Uncertain : Preference::Good;
    case Health::Overloaded:
        if (peer.nextCheck > now)
            return Preference::Unselectable;
        return attempts == Attempts::None ? Preference::Good : Preference::Uncertain;
    case Health::Suspect:
        // A lost session may not be the peer's fault, unlike a connect that fails or hangs.
        return peer.lastError.source == PeerError::Source::Statement && !hangs
                       ? Preference::Doubtful
                       : Preference::Unselectable;
    case Health::Down:
    case Health::NotReady:
    case Health::Blocked:
    case Health::Misconfigured:
        break;
    }
    return Preference::Unselectable;
}

} // namespace qproxysql
