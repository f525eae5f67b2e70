// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/connectionconfig.h"
#include "health/connectfailure.h"
#include "health/serverfacts.h"
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
    QStringList identities; ///< what the server calls itself, where known
};

struct FullConnectResult
{
    std::unique_ptr<InnerConnection> connection; ///< nullptr on failure; given away (adopt it)
    ServerFacts facts;
    ConnectFailure failure;
    bool isOk() const { return connection != nullptr; }
};

/// Opens one peer for real: login, then readiness, identity and INIT_SQL together in one further
/// round trip. Blocks; run it on a worker thread. A server that answers but is not ready is a
/// failure of class NotReady. A server that has no connection slot left is asked again for up to half a
/// second while idle sessions of this process make room there (ConnectionSlots). A peer that ends the
/// connection over several statements in one text (MaxScale without a primary) is logged in to once
/// more and asked one by one.
FullConnectResult fullConnect(const FullConnectRequest &request);

/// The second half of fullConnect(), for a session that is logged in: facts, \a checkSql and
/// \a initSql in one round trip. Blocks; run it on a worker thread.
Expected<ServerFacts, ConnectFailure> setUpSession(const InnerConnection &connection,
                                                   const QString &checkSql, const QString &initSql);

} // namespace qproxysql
