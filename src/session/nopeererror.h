// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/peerstate.h"

#include <QtCore/QList>
#include <QtSql/QSqlError>

#include <vector>

namespace qproxysql {

struct NoPeerDetails
{
    QString reason{};                ///< of the whole, may be empty
    QString cause{};                 ///< why a connection that was open needed another session
    int causeCode = 0;               ///< taken when no peer has an error number
    std::vector<PeerId> waitedFor{}; ///< who was asked and has not answered
    std::vector<PeerId> late{};      ///< who answers but has not caught up with its cluster
    QString controlSchema{};         ///< of the drain tables that the pool follows, empty: none
    QDateTime now = QDateTime::currentDateTimeUtc();
};

/// What open(), or a statement that needs a session, fails with when no peer of \a pool can be used:
/// each peer with the last connect or probe that failed and how long ago, never with what was lost on a
/// session of it; a drained one with who drained it, when, why, and the command that resumes it. The
/// error's number is that of a peer, 1040 when all are overloaded.
QSqlError noPeerError(const QString &pool, const QList<PeerSnapshot> &peers,
                      const NoPeerDetails &details = {});

} // namespace qproxysql
