// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/fullconnect.h"
#include "sandbox/servergroup.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

/// A server, and requests to open a session on it.
class FullConnectScene
{
public:
    qproxysql::sandbox::Server &server() { return servers[0]; }

    qproxysql::FullConnectRequest request()
    {
        qproxysql::FullConnectRequest request;
        request.peer = {QStringLiteral("127.0.0.1"), server().port()};
        request.login = {QStringLiteral("app"),
                         QStringLiteral("secret"),
                         QStringLiteral("test"),
                         {}};
        request.driver = QStringLiteral("QMYSQL");
        return request;
    }

    /// The first value that the opened session answers; invalid on failure.
    static QVariant ask(const qproxysql::FullConnectResult &result, const QString &sql)
    {
        QSqlQuery query(result.connection->driver()->createResult());
        return query.exec(sql) && query.next() ? query.value(0) : QVariant();
    }

    qproxysql::sandbox::ServerGroup servers{1};
};
