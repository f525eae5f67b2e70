// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

// The driver's properties and invocable methods that concern the pool.

#include "config/enumname.h"
#include "moves/connectionroster.h"
#include "proxysqldriver.h"

#include <QtCore/QCoreApplication>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

QString textOf(const PeerError &error)
{
    if (error.code == 0)
        return error.text;
    return u"%1: %2"_s.arg(error.code).arg(error.text);
}

QVariantMap mapOf(const PeerSnapshot &peer)
{
    QVariantMap map{{u"peer"_s, peer.address.name()},
                    {u"health"_s, enumName(peer.health)},
                    {u"service"_s, enumName(peer.service)},
                    {u"sessions"_s, peer.sessions},
                    {u"lastError"_s, textOf(peer.lastError)}};
    if (peer.service == Service::Draining) {
        map.insert(u"drainedBy"_s, peer.request.requestedBy);
        map.insert(u"drainedAt"_s, peer.request.at);
        map.insert(u"drainReason"_s, peer.request.reason);
    }
    return map;
}

QVariantMap mapOf(const ConnectionRecord::View &view, const PeerPool &pool)
{
    const bool hasSession = view.line && !view.line->isGone();
    return {{u"connection"_s, view.connection},
            {u"peer"_s, hasSession ? pool.peer(view.peer).address.name() : QString()},
            {u"inTransaction"_s, view.inTransaction},
            {u"reasons"_s, view.reasons},
            {u"trouble"_s, view.problem}};
}

QString applicationName()
{
    const QString name = QCoreApplication::applicationName();
    return QCoreApplication::translate("QProxySql", "the application %1 (process %2)")
            .arg(name)
            .arg(QCoreApplication::applicationPid());
}

QSqlError serviceError(const QString &text)
{
    return QSqlError(QCoreApplication::translate("QProxySql",
                                                 "QPROXYSQL: Unable to drain or resume a peer"),
                     text, QSqlError::ConnectionError);
}

} // namespace

QString ProxySqlDriver::currentPeer() const
{
    return m_connection->currentPeer();
}

QVariantList ProxySqlDriver::peers() const
{
    QVariantList list;
    const std::shared_ptr<PeerPool> pool = m_connection->pool();
    if (!pool)
        return list;
    const QList<PeerSnapshot> snapshots = pool->peers();
    for (const PeerSnapshot &peer : snapshots)
        list.append(mapOf(peer));
    return list;
}

QVariantList ProxySqlDriver::sessions() const
{
    QVariantList list;
    const std::shared_ptr<PeerPool> pool = m_connection->pool();
    if (!pool)
        return list;
    for (const auto &record : ConnectionRoster::instance().records()) {
        if (record->pool().get() == pool.get())
            list.append(mapOf(record->view(), *pool));
    }
    return list;
}

bool ProxySqlDriver::drainPeer(const QString &peer, const QString &reason)
{
    return setService(peer, Service::Draining, reason);
}

bool ProxySqlDriver::resumePeer(const QString &peer)
{
    return setService(peer, Service::InService, {});
}

bool ProxySqlDriver::setService(const QString &peer, Service service, const QString &reason)
{
    const std::shared_ptr<PeerPool> pool = m_connection->pool();
    if (!pool) {
        setLastError(serviceError(
                QCoreApplication::translate("QProxySql", "The connection is not open")));
        return false;
    }
    const QList<PeerId> meant = pool->named(peer);
    for (const PeerId id : meant) {
        pool->setService(id, service,
                         {.generation = pool->peer(id).request.generation + 1,
                          .reason = reason,
                          .requestedBy = applicationName(),
                          .at = QDateTime::currentDateTimeUtc()});
    }
    if (!meant.isEmpty())
        return true;
    QStringList names;
    const QList<PeerSnapshot> snapshots = pool->peers();
    for (const PeerSnapshot &one : snapshots)
        names << one.address.name();
    setLastError(serviceError(QCoreApplication::translate(
                                      "QProxySql",
                                      "\"%1\" is no peer of pool %2, which has %3; a peer is named "
                                      "by its address (host:port or localhost:/path), or by what "
                                      "its server calls itself")
                                      .arg(peer, pool->name(), names.join(u", "_s))));
    return false;
}

} // namespace qproxysql
