// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/peersession.h"

#include "connect/connectionslots.h"
#include "inner/localport.h"
#include "pool/randomsource.h"

#include <QtSql/QSqlDriver>

#include <algorithm>
#include <atomic>

namespace qproxysql {

namespace {

quint64 nextGeneration()
{
    static std::atomic<quint64> generation{0};
    return ++generation;
}

// Sessions that were opened together must not end together.
double lifetimeShare()
{
    return 1.0 - RandomSource::system().bounded(1001) / 10'000.0;
}

std::shared_ptr<SessionLine> makeLine(const InnerConnection &inner)
{
    void *const mysql = inner.mysql();
    if (!mysql)
        return std::make_shared<SessionLine>(SocketIdentity(), false);
    const ClientLibrary &library = inner.library();
    return std::make_shared<SessionLine>(SocketIdentity(library.socketOf(mysql)),
                                         library.usesTls(mysql));
}

} // namespace

PeerSession::PeerSession(std::unique_ptr<InnerConnection> inner, ServerFacts facts,
                         std::shared_ptr<PeerPool> pool, PeerId peer, SessionKey key,
                         std::chrono::steady_clock::time_point openedAt)
    : m_inner(std::move(inner))
    , m_line(makeLine(*m_inner))
    , m_calls(ClientCalls::of(m_inner->library()))
    , m_generation(nextGeneration())
    , m_facts(std::move(facts))
    , m_pool(std::move(pool))
    , m_peer(peer)
    , m_key(std::move(key))
    , m_peerName(m_pool->peer(peer).address.name())
    , m_lacksStatements(PeerHabits::entry(PeerHabits::Habit::LacksStatements, m_peerName))
    , m_serverThreadId(m_inner->mysql() ? m_inner->library().threadId(m_inner->mysql()) : 0)
    , m_localPort(m_inner->mysql() ? localPortOf(m_inner->library().socketOf(m_inner->mysql())) : 0)
    , m_openedAt(openedAt)
    , m_lifetimeShare(lifetimeShare())
    , m_factsHeard(openedAt)
{
    m_pool->sessionOpened(m_peer);
    m_pool->statementsBegin(m_peer, m_line->statements());
}

PeerSession::~PeerSession()
{
    retire();
    m_pool->statementsEnd(m_peer, m_line->statements());
    // The driver first: what is destroyed before it would try to send a request over a dead socket.
    m_inner.reset();
    m_lateResults.clear();
    m_lateStatements.clear();
    m_statements.settingsChanged();
    m_statements.closeOutdated();
}

void PeerSession::resultDone(std::unique_ptr<QSqlQuery> query)
{
    --m_liveResults;
    if (m_isRetired || m_line->isCut()) { // its destructor would send a request over a dead socket
        m_lateResults.push_back(std::move(query));
        return;
    }
    const Claim claim(*this);
    query.reset();
}

void PeerSession::adopt(QObject *parent)
{
    m_inner->adopt(parent);
    const Claim claim(*this);
    m_statements.setSize(m_facts.isThroughProxy ? 0 : m_pool->policy().statementCache);
}

void PeerSession::leaseDone(std::unique_ptr<PreparedStatement> statement, StatementCache::Age age)
{
    --m_liveResults;
    if (m_isRetired || m_line->isCut()) {
        m_lateStatements.push_back(std::move(statement));
        return;
    }
    const Claim claim(*this);
    if (!lacksStatements())
        m_statements.giveBack(std::move(statement), age);
    statement.reset();
}

std::optional<uint> PeerSession::serverStatus() const
{
    void *const mysql = m_isRetired ? nullptr : m_inner->mysql();
    bool isKnown = false;
    const uint status = mysql ? m_inner->library().serverStatus(mysql, &isKnown) : 0;
    return isKnown ? std::optional(status) : std::nullopt;
}

std::optional<SessionReport> PeerSession::report() const
{
    void *const mysql = m_isRetired ? nullptr : m_inner->mysql();
    return mysql ? m_inner->library().sessionReport(mysql) : std::nullopt;
}

QByteArray PeerSession::clientCharacterSet() const
{
    return m_isRetired ? QByteArray() : m_inner->library().characterSet(m_inner->mysql());
}

std::chrono::steady_clock::time_point PeerSession::heard() const
{
    return std::max({m_factsHeard, m_resetAt, m_line->lastAnswer()});
}

ConnectionSlots::Server PeerSession::server() const
{
    return {m_peerName, m_facts.identities};
}

std::chrono::steady_clock::time_point PeerSession::endOfLife(
        std::chrono::milliseconds maxLifetime) const
{
    using Duration = std::chrono::steady_clock::duration;
    return m_openedAt + std::chrono::duration_cast<Duration>(maxLifetime * m_lifetimeShare);
}

void PeerSession::resetDone()
{
    m_resetAt = std::chrono::steady_clock::now();
    m_owesInitSql = !m_key.initSql.isEmpty();
    m_holdsPreviousStatement = false;
}

void PeerSession::renewed()
{
    m_factsHeard = std::chrono::steady_clock::now();
    m_owesInitSql = false;
}

void PeerSession::retire()
{
    if (m_isRetired)
        return;
    m_isRetired = true;
    if (m_line->countOff())
        m_pool->sessionClosed(m_peer);
    // The outer driver may be destroyed before the last result; it must not delete the inner driver.
    driver()->setParent(nullptr);
    if (m_liveResults > 0) {
        m_line->cut();
        // QMYSQLResult::record() has no names while its connection has an error.
        m_inner->library().clearError(m_inner->mysql());
    }
    m_line->end();
    if (m_liveResults == 0)
        m_inner->close();
    ConnectionSlots::instance().freed(server());
}

} // namespace qproxysql
