// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "dormantdriver.h"

#include "config/pooldefinition.h"

namespace qproxysql {

QSqlDriver *DormantDriver::get()
{
    if (!m_inner && !m_isMissing) {
        m_inner = InnerConnection::create(PoolPolicy{}.peerDriver).valueOr(nullptr);
        m_isMissing = !m_inner;
    }
    return m_inner ? m_inner->driver() : nullptr;
}

} // namespace qproxysql
