// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/connectionslots.h"
#include "connect/peerhabits.h"
#include "connect/serverfacts.h"
#include "inner/clientlibrary.h"
#include "pool/peerpool.h"
#include "results/statementcache.h"
#include "session/sessionkey.h"
#include "session/sessionline.h"

#include <QtSql/QSqlQuery>

#include <chrono>
#include <memory>
#include <vector>

namespace qproxysql {

/// One open inner-driver connection to one peer.
///
/// Ownership: shared. The connection that uses it holds one reference, and every live result made on
/// it holds another, so that rows stay readable after the connection has moved or closed.
///
/// Threads: the owner, the thread that adopted the session, uses everything. Other threads use only
/// line() and the constants.
class PeerSession
{
public:
    PeerSession(std::unique_ptr<InnerConnection> inner, ServerFacts facts,
                std::shared_ptr<PeerPool> pool, PeerId peer, SessionKey key = {},
                std::chrono::steady_clock::time_point openedAt = std::chrono::steady_clock::now());
    ~PeerSession();
    Q_DISABLE_COPY_MOVE(PeerSession)

    // Constants: any thread.
    quint64 generation() const { return m_generation; } ///< unique in the process, never 0
    PeerId peer() const { return m_peer; }
    QString peerName() const { return m_peerName; }
    const ServerFacts &facts() const { return m_facts; }
    const std::shared_ptr<PeerPool> &pool() const { return m_pool; } ///< not counted as a use
    const SessionKey &key() const { return m_key; }
    ulong serverThreadId() const { return m_serverThreadId; }
    quint16 localPort() const { return m_localPort; } ///< 0: no TCP connection
    std::chrono::steady_clock::time_point openedAt() const { return m_openedAt; }
    const std::shared_ptr<SessionLine> &line() const { return m_line; }
    ConnectionSlots::Server server() const;

    /// From when on it must not be parked or reused: \a maxLifetime after its login, less up to a tenth.
    std::chrono::steady_clock::time_point endOfLife(std::chrono::milliseconds maxLifetime) const;

    // Owner.
    void adopt(QObject *parent);             ///< makes the calling thread the owner
    void giveAway() { m_inner->giveAway(); } ///< no thread owns it until the next adopt()

    /// When the server last confirmed facts(), and when it last answered at all.
    std::chrono::steady_clock::time_point factsHeard() const { return m_factsHeard; }
    std::chrono::steady_clock::time_point heard() const;

    /// What must be done after a reset, before the next use; see sessionreset.h.
    bool wasReset() const { return m_resetAt != std::chrono::steady_clock::time_point(); }
    bool owesInitSql() const { return m_owesInitSql; }
    void resetDone();
    void renewed(); ///< facts() were confirmed, and INIT_SQL ran if it was due

    /// It was parked without a reset: FOUND_ROWS() and the warnings are those of its previous user.
    bool holdsPreviousStatement() const { return m_holdsPreviousStatement; }
    void notePreviousStatement() { m_holdsPreviousStatement = true; }

    QSqlDriver *driver() const { return m_inner->driver(); }
    InnerConnection &inner() const { return *m_inner; }
    MYSQL *mysql() const { return static_cast<MYSQL *>(m_inner->mysql()); }

    /// SERVER_STATUS_* flags of the last reply; nothing when the client library does not have them.
    [[gnu::hot]] std::optional<uint> serverStatus() const;

    /// ClientLibrary::sessionReport() of the last reply.
    std::optional<SessionReport> report() const;
    QByteArray clientCharacterSet() const; ///< of the client library, at present

    /// Closes with COM_QUIT. While results made on it are alive, the inner driver is kept with its socket
    /// shut down, so that their rows remain readable.
    void retire();
    bool isRetired() const { return m_isRetired; }

    /// Results that need the inner driver's MYSQL: the inner driver's own, and prepared statements in use.
    int liveResults() const { return m_liveResults; }

    /// How statements run on its MYSQL; nullptr: only by the inner driver.
    const ClientCalls *calls() const { return m_calls; }
    StatementCache &statements() { return m_statements; }
    /// Its server has had as many prepared statements as it allows (1461), whoever in the process met it.
    bool lacksStatements() const { return m_lacksStatements.holds(); }
    void noteLackOfStatements() { m_lacksStatements.note(); }

private:
    friend class InnerResult;
    friend class StatementLease;
    void resultMade() { ++m_liveResults; }
    void resultDone(std::unique_ptr<QSqlQuery> query);
    void leaseDone(std::unique_ptr<PreparedStatement> statement, StatementCache::Age age);

    // Members that every statement uses come first, on one cache line.
    std::unique_ptr<InnerConnection> m_inner;
    const std::shared_ptr<SessionLine> m_line;
    const ClientCalls *const m_calls;
    bool m_isRetired = false;
    bool m_holdsPreviousStatement = false;
    bool m_owesInitSql = false;
    int m_liveResults = 0;
    const quint64 m_generation;
    const ServerFacts m_facts;
    const std::shared_ptr<PeerPool> m_pool;
    const PeerId m_peer;
    const SessionKey m_key;
    const QString m_peerName;
    PeerHabits::Entry &m_lacksStatements;
    const ulong m_serverThreadId;
    const quint16 m_localPort;
    const std::chrono::steady_clock::time_point m_openedAt;
    const double m_lifetimeShare;
    std::chrono::steady_clock::time_point m_factsHeard;
    std::chrono::steady_clock::time_point m_resetAt;
    StatementCache m_statements;
    // What was released after the session was retired is destroyed after the inner driver.
    std::vector<std::unique_ptr<QSqlQuery>> m_lateResults;
    std::vector<std::unique_ptr<PreparedStatement>> m_lateStatements;
};

/// Holds a session's claim for a scope. It is needed around every call of the inner driver or the client
/// library that may use its socket. Nests. Owner's thread only.
class Claim
{
public:
    explicit Claim(PeerSession &session) noexcept
        : m_line(*session.line())
    {
        m_line.claim();
    }
    ~Claim() { m_line.unclaim(); }
    Q_DISABLE_COPY_MOVE(Claim)

private:
    SessionLine &m_line;
};

} // namespace qproxysql
