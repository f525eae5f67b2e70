// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/fullconnect.h"
#include "pool/poolregistry.h"
#include "sandbox/server.h"
#include "session/peersession.h"

#include <QtTest/QTest>

/// Sessions of the core on servers of the sandbox, for the tests of src/commits.
class CommitScene
{
public:
    static qproxysql::InnerLogin login(const QString &user = QStringLiteral("root"),
                                       const QString &password = {})
    {
        return {user, password, {}, {}};
    }

    static qproxysql::FullConnectResult connect(qproxysql::sandbox::Server &server,
                                                const qproxysql::InnerLogin &login,
                                                const QString &initSql = {})
    {
        qproxysql::FullConnectRequest request;
        request.peer = {QStringLiteral("127.0.0.1"), server.port()};
        request.login = login;
        request.driver = QStringLiteral("QMYSQL");
        request.connectTimeout = std::chrono::seconds(20);
        request.initSql = initSql;
        auto result = qproxysql::fullConnect(request);
        if (result.isOk())
            result.connection->adopt(nullptr);
        else
            qWarning("%s", qPrintable(result.failure.text));
        return result;
    }

    /// nullptr when the login fails.
    static std::unique_ptr<qproxysql::PeerSession> session(
            qproxysql::sandbox::Server &server, const qproxysql::InnerLogin &login,
            const std::function<void(qproxysql::ServerFacts *)> &change = {})
    {
        qproxysql::FullConnectResult result = connect(server, login);
        if (!result.isOk())
            return {};
        if (change)
            change(&result.facts);
        qproxysql::PoolDefinition definition;
        definition.name = QStringLiteral("commits%1").arg(server.port());
        definition.peers = {{{QStringLiteral("127.0.0.1"), server.port()}}};
        const auto pool = *qproxysql::PoolRegistry::instance().acquire(definition);
        return std::make_unique<qproxysql::PeerSession>(std::move(result.connection), result.facts,
                                                        pool, 0);
    }
};
