// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "connect/connectfailure.h"
#include "connect/serverfacts.h"
#include "inner/innerconnection.h"

#include <QtCore/QStringList>

#include <chrono>
#include <memory>

namespace qproxysql {

struct FullConnectRequest
{
    PeerAddress peer;
    InnerLogin login;
    QString driver;
    std::chrono::milliseconds connectTimeout{3'000};
    QString checkSql;
    QString initSql;
    QStringList identities; ///< of the server, if known
};

struct FullConnectResult
{
    std::unique_ptr<InnerConnection> connection; ///< nullptr on failure; call adopt() on it
    ServerFacts facts;
    ConnectFailure failure;
    bool isOk() const { return connection != nullptr; }
};

/// Logs in to a peer, then checks its readiness and identity and executes INIT_SQL in one further
/// round trip. Blocks; run it on a worker thread. Fails with class NotReady if the server answers
/// but is not ready. If the server has no connection slot left, closes idle sessions of this
/// process (ConnectionSlots) and retries for up to half a second. If the peer closes the connection
/// because of several statements in one text (MaxScale without a primary), logs in again and sends
/// them singly.
FullConnectResult fullConnect(const FullConnectRequest &request);

/// The second half of fullConnect(), for a session that is logged in: reads the facts and executes
/// \a checkSql and \a initSql in one round trip. Blocks; run it on a worker thread.
Expected<ServerFacts, ConnectFailure> setUpSession(const InnerConnection &connection,
                                                   const QString &checkSql, const QString &initSql);

} // namespace qproxysql
