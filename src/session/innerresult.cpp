// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/innerresult.h"

#include <QtSql/QSqlDriver>

namespace qproxysql {

void InnerResult::create(const std::shared_ptr<PeerSession> &session)
{
    reset();
    const Claim claim(*session);
    m_query = std::make_unique<QSqlQuery>(session->driver()->createResult());
    m_session = session;
    session->resultMade();
}

void InnerResult::reset()
{
    if (!m_query)
        return;
    m_session->resultDone(std::move(m_query));
    m_session.reset();
}

} // namespace qproxysql
