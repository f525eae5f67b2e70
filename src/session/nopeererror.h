// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/peerstate.h"

#include <QtCore/QList>
#include <QtSql/QSqlError>

#include <vector>

namespace qproxysql {

/// What open() fails with when no peer of \a pool can be used: each peer with its last error; a
/// drained one with who drained it, when, why, and the command that resumes it. \a reason: of the
/// whole, may be empty. \a waitedFor: who was asked and has not answered. \a late: who answers but has
/// not caught up with its cluster. The error's number is that of a peer, 1040 when all are overloaded.
/// \a controlSchema: of the drain tables that the pool follows, empty: none.
QSqlError noPeerError(const QString &pool, const QList<PeerSnapshot> &peers, QString reason = {},
                      const std::vector<PeerId> &waitedFor = {},
                      const std::vector<PeerId> &late = {}, const QString &controlSchema = {});

} // namespace qproxysql
