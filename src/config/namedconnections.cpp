// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/namedconnections.h"

#include "config/coretexts.h"

#include <QtSql/QSqlDatabase>

#include <atomic>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

QString temporaryName()
{
    static std::atomic<quint64> counter{0};
    return u"qproxysql_settings_%1"_s.arg(counter.fetch_add(1));
}

bool isHostLike(const QString &name)
{
    return name.contains(u':') || name.contains(u'.');
}

} // namespace

Expected<NamedConnection> NamedConnections::read(const QString &name)
{
    if (!QSqlDatabase::contains(name)) {
        QString error = CoreTexts::tr("there is no QSqlDatabase connection \"%1\"").arg(name);
        if (isHostLike(name))
            error += CoreTexts::tr("; host names belong into setHostName()");
        return Unexpected(error);
    }

    std::optional<NamedConnection> connection;
    const QString temporary = temporaryName();
    {
        const QSqlDatabase clone = QSqlDatabase::cloneDatabase(name, temporary);
        if (clone.isValid()) {
            connection = {name,
                          clone.driverName(),
                          clone.hostName(),
                          clone.port(),
                          clone.userName(),
                          clone.password(),
                          clone.databaseName(),
                          clone.connectOptions()};
        }
    }
    QSqlDatabase::removeDatabase(temporary);
    if (connection)
        return *connection;
    return Unexpected(
            CoreTexts::tr(
                    "the QSqlDatabase connection \"%1\" is not valid: its driver is not loaded")
                    .arg(name));
}

} // namespace qproxysql
