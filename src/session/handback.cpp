// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/handback.h"

#include "session/sessionpool.h"
#include "session/sessionstate.h"

#include <QtCore/QThread>
#include <QtSql/QSqlDriver>

#include <algorithm>
#include <array>

namespace qproxysql {

namespace {

// COM_CHANGE_USER removes all of these (measured with MariaDB 10.11). It does not remove an active role
// unless the account has a default one, and a procedure or EXECUTE IMMEDIATE may have set one. A prepared
// XA transaction outlives its session, which the next user of the session would not expect.
constexpr SessionPins Resettable = SessionPin::UserVariables | SessionPin::TemporaryTables
                                   | SessionPin::NamedLocks | SessionPin::TableLocks
                                   | SessionPin::BackupLocks | SessionPin::Handlers
                                   | SessionPin::SessionVariables | SessionPin::OneShotVariables
                                   | SessionPin::Charset | SessionPin::Schema
                                   | SessionPin::Autocommit | SessionPin::Isolation
                                   | SessionPin::TransactionCharacteristics;

} // namespace

bool handBack(std::shared_ptr<PeerSession> &session, const SessionState &state,
              CausalReads causalReads)
{
    if (!session || !session->key().pool || session->isRetired() || session->liveResults() > 0
        || state.hasMoreResults() || ((state.pins() | state.ignoredPins()) & ~Resettable))
        return false;
    const bool isGalera = !session->facts().clusterId.isEmpty();
    const bool readsCausally = (isGalera || session->facts().isOfGroup)
                               && causalReads == CausalReads::Always;
    // Without tracking (through a proxy) nothing reports what a view or a function did during a read.
    const bool isClean = state.isClean() && !session->facts().trackingSql.isEmpty()
                         && !readsCausally;
    if (!isClean && isGalera && causalReads != CausalReads::Off)
        return false; // after a reset it cannot read causally
    if (!isClean && !mayBeReset(session->key()))
        return false;
    const QSqlDriver *driver = session->driver();
    if (!driver || driver->thread() != QThread::currentThread() || !session->inner().mysql()
        || session->line()->isClosed())
        return false;
    if (isClean && state.isUsed())
        session->notePreviousStatement();
    return SessionPool::instance().park(session, isClean ? ResetNeed::None : ResetNeed::Reset);
}

} // namespace qproxysql
