// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/peersession.h"

namespace qproxysql {

/// A prepared statement in use and the session it was prepared on, which it keeps from being parked or
/// closed. Ends under the session's claim, since it may send a request. Owner's thread only.
class StatementLease
{
public:
    StatementLease() = default;
    ~StatementLease() { end(); }
    Q_DISABLE_COPY_MOVE(StatementLease)

    /// The kept statement of \a sql, if \a session has one. Sends nothing.
    bool takeKept(const std::shared_ptr<PeerSession> &session, const QString &sql);
    /// One round trip, more if the server has as many statements as it allows. False: \a error is set. The
    /// caller holds the claim.
    bool prepare(const ClientCalls &calls, const std::shared_ptr<PeerSession> &session,
                 const QString &sql, QSqlError *error);
    void end();

    /// Prepares \a sql again if that succeeds, else changes nothing. The caller holds the claim.
    void renew(const ClientCalls &calls, const QString &sql);
    /// A table was created, altered or dropped on the session since the preparation, and nothing else that
    /// the text depends on has changed.
    bool areOnlyTablesChanged() const;

    PreparedStatement *get() const { return m_statement.get(); }
    PreparedStatement *operator->() const { return m_statement.get(); }
    explicit operator bool() const { return m_statement != nullptr; }
    PeerSession *session() const { return m_session.get(); }
    bool isOn(const PeerSession &session) const { return m_session.get() == &session; }

private:
    bool begin(const std::shared_ptr<PeerSession> &session,
               std::unique_ptr<PreparedStatement> statement);

    std::shared_ptr<PeerSession> m_session;
    std::unique_ptr<PreparedStatement> m_statement;
    StatementCache::Age m_age; ///< as of the preparation
};

} // namespace qproxysql
