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
    QString reason{};                ///< why the whole open failed; may be empty
    QString cause{};                 ///< why an open connection needed another session
    int causeCode = 0;               ///< used when no peer has an error number
    std::vector<PeerId> waitedFor{}; ///< peers that were asked and have not answered
    std::vector<PeerId> late{}; ///< peers that answer but have not caught up with their cluster
    QString lateReason{};       ///< in place of \c reason if one of them is up
    QString controlSchema{};    ///< schema of the drain tables that the pool follows; empty: none
    QDateTime now = QDateTime::currentDateTimeUtc();
};

/// The error of open(), or of a statement that needs a session, when no peer of \a pool can be used. It
/// names for each peer the last connect or probe that failed and how long ago, but no error of an
/// established session; for a drained peer who drained it, when, why, and the command that resumes it.
/// The error's number is that of a peer, or 1040 when all are overloaded.
QSqlError noPeerError(const QString &pool, const QList<PeerSnapshot> &peers,
                      const NoPeerDetails &details = {});

} // namespace qproxysql
