// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/peersession.h"

#include <QtSql/QSqlQuery>

namespace qproxysql {

/// A query of the inner driver and the session it was made on. Destroying it may send requests to the
/// server (COM_STMT_CLOSE, unread result sets), so it is created and destroyed here, under the session's
/// claim. Owner's thread only.
class InnerResult
{
public:
    InnerResult() = default;
    ~InnerResult() { reset(); }
    Q_DISABLE_COPY_MOVE(InnerResult)

    /// Makes a query on \a session. The previous one is destroyed first.
    void create(const std::shared_ptr<PeerSession> &session);
    void reset();

    QSqlQuery *get() const { return m_query.get(); } ///< nullptr before create()
    QSqlQuery *operator->() const { return m_query.get(); }
    explicit operator bool() const { return m_query != nullptr; }
    PeerSession *session() const { return m_session.get(); }
    bool isOn(const PeerSession &session) const { return m_session.get() == &session; }

private:
    std::shared_ptr<PeerSession> m_session;
    std::unique_ptr<QSqlQuery> m_query;
};

} // namespace qproxysql
