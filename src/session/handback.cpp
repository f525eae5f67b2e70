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

// Measured with MariaDB 10.11: all of these are gone after COM_CHANGE_USER; the role is not, unless the
// account has a default one, and a procedure or a text that is executed from a string may have set one.
// An XA transaction that is prepared outlives its session: nobody who opens a connection later expects
// that.
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
    // Without tracking (through a proxy) nobody would tell of what a view or a function did behind a read.
    const bool isClean = state.isClean() && !session->facts().trackingSql.isEmpty()
                         && !readsCausally;
    if (!isClean && isGalera && causalReads != CausalReads::Off)
        return false; // once reset it cannot read causally any more
    if (!isClean && !mayBeReset(session->key()))
        return false;
    const QSqlDriver *driver = session->driver();
    if (!driver || driver->thread() != QThread::currentThread() || !session->inner().mysql()
        || session->line()->isClosed())
        return false;
    if (isClean)
        session->keptAsItIs(state.isUsed());
    return SessionPool::instance().park(session, isClean ? ResetNeed::None : ResetNeed::Reset);
}

} // namespace qproxysql
