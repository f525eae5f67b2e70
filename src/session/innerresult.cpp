// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/innerresult.h"

#include <QtSql/QSqlDriver>

#include <utility>

namespace qproxysql {

void InnerResult::create(const std::shared_ptr<PeerSession> &session)
{
    reset();
    const Claim claim(*session);
    m_result = session->driver()->createResult();
    m_session = session;
    session->resultMade();
}

void InnerResult::reset()
{
    if (!m_result)
        return;
    m_session->resultDone(std::exchange(m_result, nullptr));
    m_session.reset();
}

} // namespace qproxysql
