// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/peerpool_p.h"

#include "config/enumname.h"
#include "pool/logging.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// An open starts another attempt beside one that has not ended after this time.
constexpr auto HangsAfter = std::chrono::milliseconds(250);

} // namespace

PeerPool::PeerPool(PoolDefinition definition, const Clock &clock, RandomSource &random)
    : m_clock(clock)
    , m_random(random)
{
    m_definition.name = definition.name;
    apply(definition);
}

PeerPool::~PeerPool() = default;

QString PeerPool::name() const
{
    const std::lock_guard lock(m_mutex);
    return m_definition.name;
}

PoolDefinition PeerPool::definition() const
{
    const std::lock_guard lock(m_mutex);
    return m_definition;
}

PoolPolicy PeerPool::policy() const
{
    const std::lock_guard lock(m_mutex);
    return m_definition.policy;
}

void PeerPool::redefine(const PoolDefinition &definition)
{
    announce(recordDefinition(definition));
}

PeerPool::ServiceChanges PeerPool::recordDefinition(const PoolDefinition &definition)
{
    const std::lock_guard lock(m_mutex);
    apply(definition);
    return applyRequests();
}

void PeerPool::apply(const PoolDefinition &definition)
{
    const QString name = m_definition.name; // PoolRegistry knows the pool by this name
    m_definition = definition;
    m_definition.name = name;

    for (Peer &peer : m_peers)
        peer.shown.isRetired = true;
    for (int order = 0; order < definition.peers.size(); ++order) {
        const PeerDefinition &defined = definition.peers.at(order);
        auto it = std::ranges::find(m_peers, defined.address,
                                    [](const Peer &peer) { return peer.shown.address; });
        if (it == m_peers.end()) {
            Peer added;
            added.shown.id = PeerId(m_peers.size());
            added.shown.address = defined.address;
            added.shown.since = QDateTime::currentDateTimeUtc();
            it = m_peers.insert(m_peers.end(), added);
        }
        it->shown.isRetired = false;
        it->shown.weight = defined.weight;
        it->order = order;
    }
    m_candidates.reserve(m_peers.size());
}

PeerId PeerPool::choose(const std::vector<PeerId> &except, Among among)
{
    const Clock::time_point now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    m_candidates.clear();
    auto best = Preference::Unselectable;
    for (const Peer &peer : m_peers) {
        const bool hangs = peer.attempts > 0 && now - peer.waitingSince >= HangsAfter;
        if (hangs && among == Among::Prompt)
            continue;
        const Preference preference = preferenceOf(peer.shown,
                                                   hangs ? Attempts::Hanging : peer.pending(), now);
        if (preference == Preference::Unselectable || preference > best)
            continue;
        if (std::ranges::find(except, peer.shown.id) != except.end())
            continue;
        if (preference < best) {
            m_candidates.clear();
            best = preference;
        }
        m_candidates.push_back({peer.shown.id, peer.order, peer.shown.weight,
                                peer.shown.sessions - peer.shown.idle + peer.attempts});
    }
    return selectPeer(m_candidates, m_definition.policy.balance, m_random);
}

void PeerPool::attemptBegun(PeerId peer)
{
    change(peer, [this](Peer &p) {
        if (p.attempts++ == 0)
            p.waitingSince = m_clock.now();
    });
}

void PeerPool::attemptEnded(PeerId peer)
{
    change(peer, [this](Peer &p) {
        p.attempts = std::max(0, p.attempts - 1);
        p.waitingSince = m_clock.now();
    });
}

void PeerPool::sessionOpened(PeerId peer)
{
    change(peer, [](Peer &p) { ++p.shown.sessions; });
}

void PeerPool::sessionClosed(PeerId peer)
{
    change(peer, [](Peer &p) { p.shown.sessions = std::max(0, p.shown.sessions - 1); });
}

void PeerPool::transactionReplayed(PeerId peer)
{
    change(peer, [](Peer &p) { ++p.shown.transactions.replayed; });
}

void PeerPool::transactionLost(PeerId peer, const QString &why)
{
    change(peer, [&why](Peer &p) { ++p.shown.transactions.lost[why]; });
}

void PeerPool::count(PeerId peer, quint64 PeerCounters::*event)
{
    change(peer, [event](Peer &p) { ++(p.counters.*event); });
}

void PeerPool::countCut(PeerId peer, const QString &why)
{
    change(peer, [&why](Peer &p) { ++p.counters.cuts[why]; });
}

void PeerPool::statementsBegin(PeerId peer, const OwnedCount &statements)
{
    change(peer, [&statements](Peer &p) { p.statements.insert(&statements); });
}

void PeerPool::statementsEnd(PeerId peer, const OwnedCount &statements)
{
    change(peer, [&statements](Peer &p) {
        if (p.statements.erase(&statements) > 0)
            p.counters.statements += statements.value();
    });
}

PeerCounters PeerPool::counters(PeerId peer) const
{
    const std::lock_guard lock(m_mutex);
    if (!isKnown(peer))
        return {};
    PeerCounters counters = m_peers[size_t(peer)].counters;
    for (const OwnedCount *statements : m_peers[size_t(peer)].statements)
        counters.statements += statements->value();
    return counters;
}

void PeerPool::sessionParked(PeerId peer)
{
    change(peer, [](Peer &p) { ++p.shown.idle; });
}

void PeerPool::sessionUnparked(PeerId peer)
{
    change(peer, [](Peer &p) { p.shown.idle = std::max(0, p.shown.idle - 1); });
}

bool PeerPool::hasSessions() const
{
    const std::lock_guard lock(m_mutex);
    return std::ranges::any_of(m_peers, [](const Peer &peer) { return peer.shown.sessions > 0; });
}

bool PeerPool::isSelectable(PeerId peer) const
{
    const Clock::time_point now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    if (!isKnown(peer))
        return false;
    const Peer &p = m_peers[size_t(peer)];
    return preferenceOf(p.shown, p.pending(), now) != Preference::Unselectable;
}

PeerPool::HealthChange PeerPool::recordHealth(PeerId peer, Health health, const PeerError &error,
                                              Clock::time_point nextCheck)
{
    const std::lock_guard lock(m_mutex);
    if (!isKnown(peer))
        return {};
    PeerSnapshot &shown = m_peers[size_t(peer)].shown;
    if (!error.isEmpty()) {
        shown.lastError = error;
        if (error.source == PeerError::Source::Connect)
            shown.lastConnectError = error;
    } else if (health == Health::Up)
        shown.lastConnectError = {};
    shown.nextCheck = nextCheck;
    if (shown.health == health)
        return {};
    const Health before = std::exchange(shown.health, health);
    shown.since = QDateTime::currentDateTimeUtc();
    return {shown, before};
}

namespace {

QString lineOf(const QString &pool, const PeerPool::HealthChange &change, Clock::time_point now)
{
    const PeerSnapshot &peer = change.peer;
    QString line = u"pool %1: peer %2: %3 -> %4"_s.arg(pool, peer.address.name(),
                                                       enumName(change.before),
                                                       enumName(peer.health));
    if (peer.health == Health::Up)
        return line;
    if (!peer.lastError.isEmpty())
        line += u": "_s + peer.lastError.message();
    if (peer.nextCheck > now) {
        const std::chrono::duration<double> left = peer.nextCheck - now;
        line += (peer.health == Health::Overloaded ? u"; not used for %1 s"_s
                                                   : u"; next check in %1 s"_s)
                        .arg(left.count(), 0, 'f', 1);
    }
    return line;
}

} // namespace

void PeerPool::announce(const HealthChange &change)
{
    if (change.peer.id == NoPeer)
        return;
    const QString pool = name();
    const QString line = lineOf(pool, change, m_clock.now());
    switch (change.peer.health) {
    case Health::Up:
        // Do not report that a peer is up at its first connect.
        if (change.before == Health::Unknown)
            qCDebug(lcPool, "%s", qUtf8Printable(line));
        else
            qCInfo(lcPool, "%s", qUtf8Printable(line));
        break;
    case Health::Unknown:
    case Health::Suspect:
        qCInfo(lcPool, "%s", qUtf8Printable(line));
        break;
    default:
        qCWarning(lcPool, "%s", qUtf8Printable(line));
    }
    Q_EMIT peerStateChanged(pool, change.peer.address.name(), change.peer.health);
}

bool PeerPool::hasSelectable(PeerId except) const
{
    return hasOneAt(Preference::Doubtful, except);
}

bool PeerPool::hasServing(PeerId except) const
{
    return hasOneAt(Preference::Unwelcome, except);
}

bool PeerPool::hasOneAt(Preference worst, PeerId except) const
{
    const Clock::time_point now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    return std::ranges::any_of(m_peers, [&](const Peer &peer) {
        return peer.shown.id != except && preferenceOf(peer.shown, peer.pending(), now) <= worst;
    });
}

PeerId PeerPool::meetingPoint(int turn) const
{
    const Clock::time_point now = m_clock.now();
    std::vector<std::pair<QString, PeerId>> byName;
    {
        const std::lock_guard lock(m_mutex);
        for (const Peer &peer : m_peers) {
            if (preferenceOf(peer.shown, Attempts::None, now) == Preference::Good)
                byName.emplace_back(peer.shown.address.name(), peer.shown.id);
        }
    }
    std::ranges::sort(byName);
    return byName.empty() ? NoPeer : byName[size_t(turn) % byName.size()].second;
}

PeerSnapshot PeerPool::peer(PeerId peer) const
{
    const std::lock_guard lock(m_mutex);
    return isKnown(peer) ? m_peers[size_t(peer)].shown : PeerSnapshot();
}

QList<PeerSnapshot> PeerPool::peers() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<const Peer *> present;
    present.reserve(m_peers.size());
    for (const Peer &peer : m_peers) {
        if (!peer.shown.isRetired)
            present.push_back(&peer);
    }
    std::ranges::sort(present, {}, &Peer::order);
    QList<PeerSnapshot> result;
    result.reserve(qsizetype(present.size()));
    for (const Peer *peer : present)
        result.append(peer->shown);
    return result;
}

PeerId PeerPool::find(const PeerAddress &address) const
{
    const std::lock_guard lock(m_mutex);
    for (const Peer &peer : m_peers) {
        if (!peer.shown.isRetired && peer.shown.address == address)
            return peer.shown.id;
    }
    return NoPeer;
}

} // namespace qproxysql
