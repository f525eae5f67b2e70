// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session/peersession.h"

#include <QtSql/QSqlResult>

namespace qproxysql {

/// An inner driver's result and the session it was made on. Destroying a prepared result talks to the
/// server (COM_STMT_CLOSE, left-over result sets), so creation and destruction go through here, under
/// the session's claim. Owner's thread only.
class InnerResult
{
public:
    InnerResult() = default;
    ~InnerResult() { reset(); }
    Q_DISABLE_COPY_MOVE(InnerResult)

    /// A fresh result on \a session; the former one is destroyed first.
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
