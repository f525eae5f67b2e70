// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/innerconnection.h"

#include "config/coretexts.h"
#include "inner/clientlibrary.h"
#include "inner/driversource.h"
#include "inner/keepalive.h"
#include "inner/workers.h"

#include <QtCore/QThread>
#include <QtSql/QSqlDriver>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

bool isOption(QStringView part, QLatin1String name)
{
    return part.left(part.indexOf(u'=')).trimmed().compare(name, Qt::CaseInsensitive) == 0;
}

bool hasOption(const QString &options, QLatin1String name)
{
    const auto parts = QStringView(options).split(u';', Qt::SkipEmptyParts);
    return std::any_of(parts.begin(), parts.end(),
                       [&](QStringView part) { return isOption(part, name); });
}

// With another protocol the client library would ignore the socket.
QString withSocket(const QString &options, const QString &socket)
{
    if (socket.isEmpty())
        return options;
    QStringList parts = options.split(u';', Qt::SkipEmptyParts);
    parts.removeIf([](const QString &part) {
        return isOption(part, "UNIX_SOCKET"_L1) || isOption(part, "MYSQL_OPT_PROTOCOL"_L1);
    });
    parts.append("UNIX_SOCKET="_L1 + socket);
    return parts.join(u';');
}

QString withConnectTimeout(const QString &options, int seconds)
{
    const QLatin1String name("MYSQL_OPT_CONNECT_TIMEOUT");
    if (hasOption(options, name))
        return options;
    const auto own = name + u'=' + QString::number(seconds);
    return options.isEmpty() ? own : options + u';' + own;
}

} // namespace

Expected<std::unique_ptr<InnerConnection>> InnerConnection::create(const QString &driverName)
{
    const auto source = DriverSource::of(driverName);
    if (!source)
        return Unexpected(source.error());
    auto driver = (*source)->create();
    if (!driver)
        return Unexpected(CoreTexts::tr("The inner driver %1 could not be made.").arg(driverName));
    return std::unique_ptr<InnerConnection>(
            new InnerConnection(std::move(driver), ClientLibrary::of(driverName)));
}

InnerConnection::InnerConnection(std::unique_ptr<OwnedDriver> driver, const ClientLibrary &library)
    : m_driver(std::move(driver))
    , m_library(library)
{
}

InnerConnection::~InnerConnection()
{
    close();
}

bool InnerConnection::open(const PeerAddress &peer, const InnerLogin &login,
                           int connectTimeoutSeconds)
{
    m_peerName = peer.name();
    m_user = login.user;
    const QString options = withSocket(withConnectTimeout(login.options, connectTimeoutSeconds),
                                       peer.socket);
    const bool isOpen = driver()->open(login.database, login.user, login.password, peer.host,
                                       peer.port, options);
    Workers::checkpoint();
    m_mysql = isOpen ? ClientLibrary::mysqlOf(driver()->handle()) : nullptr;
    keepAlive(m_library.socketOf(m_mysql));
    m_openedCharacterSet = m_library.characterSet(m_mysql);
    return isOpen;
}

void InnerConnection::close()
{
    m_mysql = nullptr;
    if (driver() && driver()->isOpen())
        driver()->close();
}

QSqlDriver *InnerConnection::driver() const
{
    return m_driver->get();
}

QSqlError InnerConnection::error() const
{
    return driver() ? driver()->lastError() : QSqlError();
}

void InnerConnection::giveAway()
{
    if (m_driver->mayHaveParent())
        driver()->setParent(nullptr);
    driver()->moveToThread(nullptr);
}

void InnerConnection::adopt(QObject *parent)
{
    if (driver()->thread() != QThread::currentThread())
        driver()->moveToThread(QThread::currentThread());
    if (m_driver->mayHaveParent() && (!parent || parent->thread() == driver()->thread()))
        driver()->setParent(parent);
}

} // namespace qproxysql
