// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/peersession.h"

#include <QtSql/QSqlResult>

namespace qproxysql {

/// An inner driver's result and the session it was made on. Destroying a prepared result sends requests to
/// the server (COM_STMT_CLOSE, unread result sets), so it is created and destroyed here, under the
/// session's claim. Owner's thread only.
class InnerResult
{
public:
    InnerResult() = default;
    ~InnerResult() { reset(); }
    Q_DISABLE_COPY_MOVE(InnerResult)

    /// Makes a result on \a session. The previous one is destroyed first.
    void create(const std::shared_ptr<PeerSession> &session);
    void reset();

    QSqlResult *get() const { return m_result; } ///< nullptr before create()
    PeerSession *session() const { return m_session.get(); }
    bool isOn(const PeerSession &session) const { return m_session.get() == &session; }

private:
    std::shared_ptr<PeerSession> m_session;
    QSqlResult *m_result = nullptr;
};

} // namespace qproxysql
