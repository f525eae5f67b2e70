// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/fleetsession.h"

#include "config/coretexts.h"
#include "drain/draintable.h"
#include "inner/clientlibrary.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// The table is small: a server that takes longer is frozen or overloaded.
constexpr auto FleetReadTimeout = "MYSQL_OPT_READ_TIMEOUT=4"_L1;
constexpr int MostAttempts = 3;

bool isReachable(const PeerSnapshot &peer)
{
    return peer.health == Health::Up || peer.health == Health::Unknown
           || peer.health == Health::Suspect;
}

/// A peer, also when none is selectable.
PeerId anyPeer(PeerPool &pool, const std::vector<PeerId> &tried)
{
    const PeerId chosen = pool.choose(tried);
    if (chosen != NoPeer)
        return chosen;
    const QList<PeerSnapshot> peers = pool.peers();
    const auto left = std::ranges::find_if(peers, [&tried](const PeerSnapshot &peer) {
        return isReachable(peer) && std::ranges::find(tried, peer.id) == tried.end();
    });
    return left == peers.end() ? NoPeer : left->id;
}

FullConnectRequest requestFor(const PeerPool &pool, PeerId peer, const Logins &logins)
{
    const PoolPolicy policy = pool.policy();
    FullConnectRequest request;
    request.peer = pool.peer(peer).address;
    request.login = logins.of(request.peer);
    request.login.options += request.login.options.isEmpty() ? QString(FleetReadTimeout)
                                                             : u';' + FleetReadTimeout;
    request.driver = policy.peerDriver;
    request.connectTimeout = policy.connectTimeout;
    request.checkSql = policy.checkSql;
    request.initSql = DrainTable::sessionSql();
    return request;
}

} // namespace

Expected<std::unique_ptr<FleetSession>, FleetSession::Failure> FleetSession::open(
        PeerPool &pool, const Logins &logins, std::vector<PeerId> *tried)
{
    Failure failure{CoreTexts::tr("no peer can be used at present")};
    for (int attempt = 0; attempt < MostAttempts; ++attempt) {
        const PeerId peer = anyPeer(pool, *tried);
        if (peer == NoPeer)
            break;
        const FullConnectRequest request = requestFor(pool, peer, logins);
        FullConnectResult result = fullConnect(request);
        if (result.isOk())
            return std::unique_ptr<FleetSession>(
                    new FleetSession(std::move(result.connection), peer));
        tried->push_back(peer);
        failure.text = u"%1: %2 %3"_s.arg(request.peer.name(), QString::number(result.failure.code),
                                          result.failure.text);
        failure.isLoginRefused = result.failure.errorClass == ErrorClass::Login;
        if (failure.isLoginRefused)
            break; // the other peers would refuse it, too
    }
    return Unexpected(failure);
}

FleetSession::FleetSession(std::unique_ptr<InnerConnection> connection, PeerId peer)
    : m_connection(std::move(connection))
    , m_peer(peer)
    , m_connectionId(m_connection->library().threadId(m_connection->mysql()))
{
}

QSqlDriver *FleetSession::take()
{
    m_connection->adopt(nullptr);
    return m_connection->driver();
}

} // namespace qproxysql
