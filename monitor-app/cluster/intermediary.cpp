// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/intermediary.h"

#include "cluster/ctltexts.h"
#include "inner/clientlibrary.h"
#include "inner/innerconnection.h"
#include "inner/localport.h"
#include "inner/workers.h"

#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// Router greets like this when it speaks to the client itself, and as its server when it forwards
/// bytes; MaxScale when it knows no server, or when version_string is set so.
QString proxyOf(const QString &comment, const QString &version)
{
    const QString text = comment + u' ' + version;
    if (text.contains("ProxySQL"_L1, Qt::CaseInsensitive))
        return u"ProxySQL"_s;
    if (text.contains("MaxScale"_L1, Qt::CaseInsensitive))
        return u"MaxScale"_s;
    if (version.contains("-router"_L1, Qt::CaseInsensitive))
        return u"MySQL Router"_s;
    return {};
}

/// The first row; empty when the server refused.
QVariantList rowOf(const QSqlDriver &driver, const QString &sql, int columns)
{
    QSqlQuery query(driver.createResult());
    QVariantList row;
    const bool hasRow = query.exec(sql) && query.next();
    Workers::checkpoint();
    for (int i = 0; hasRow && i < columns; ++i)
        row.append(query.value(i));
    return row;
}

} // namespace

Intermediary Intermediary::between(const Ends &ends)
{
    if (ends.listedId != 0 && ends.greetedId != 0 && quint32(ends.listedId) != ends.greetedId) {
        return {u"unknown"_s,
                CtlTexts::tr("the peer is itself a proxy: its server counts our connection "
                             "under another number")};
    }
    if (ends.askedPort == 0)
        return {};
    if (ends.listeningPort != 0 && ends.listeningPort != ends.askedPort) {
        return {{},
                CtlTexts::tr("a proxy, tunnel or port mapping is in between: the server "
                             "itself listens on port %1")
                        .arg(ends.listeningPort)};
    }
    const qsizetype colon = ends.listedHost.lastIndexOf(u':');
    const uint seenPort = colon < 0 ? 0 : QStringView(ends.listedHost).mid(colon + 1).toUInt();
    if (seenPort != 0 && ends.localPort != 0 && seenPort != ends.localPort) {
        return {{},
                CtlTexts::tr("a proxy, tunnel or address translation is in between: the "
                             "server sees our connection come from %1, not from our port %2")
                        .arg(ends.listedHost)
                        .arg(ends.localPort)};
    }
    return {};
}

Intermediary Intermediary::find(const InnerConnection &connection, const PeerAddress &peer,
                                const QString &version)
{
    const QSqlDriver &driver = *connection.driver();
    const ClientLibrary &library = connection.library();
    void *const mysql = connection.mysql();
    // ProxySQL answers exactly this text itself and forwards every other spelling, even upper case.
    const QVariantList comment = rowOf(driver, u"select @@version_comment limit 1"_s, 1);
    const QString proxy = proxyOf(comment.value(0).toString(),
                                  library.serverVersion(mysql) + u' ' + version);
    if (!proxy.isEmpty())
        return {proxy, CtlTexts::tr("the peer is itself a proxy, %1").arg(proxy)};
    const QVariantList listed = rowOf(driver,
                                      u"SELECT ID, HOST, @@port FROM "
                                      "information_schema.PROCESSLIST WHERE ID = CONNECTION_ID()"_s,
                                      3);
    Ends ends;
    ends.greetedId = quint32(library.threadId(mysql));
    ends.listedId = listed.value(0).toULongLong();
    if (!peer.isSocket()) {
        ends.localPort = localPortOf(library.socketOf(mysql));
        ends.askedPort = peer.port;
        ends.listedHost = listed.value(1).toString();
        ends.listeningPort = quint16(listed.value(2).toUInt());
    }
    return between(ends);
}

} // namespace qproxysql
