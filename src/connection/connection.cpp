// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/connection.h"

#include "connection/guard.h"

namespace qproxysql {

Connection::Connection(QObject *parent, Events events, Waiting waiting)
    : d(std::make_unique<Guard>(parent, std::move(events), std::move(waiting)))
{
}

Connection::~Connection()
{
    d->close();
}

bool Connection::open(const OpenRequest &request)
{
    return d->open(request);
}

void Connection::close()
{
    d->close();
}

bool Connection::isOpen() const
{
    return d->isOpen;
}

QSqlError Connection::openError() const
{
    return d->openError;
}

bool Connection::run(const Touch &what, const Attempt &attempt, QSqlError *error)
{
    return d->run(what, attempt, error);
}

const std::shared_ptr<PeerSession> &Connection::session() const
{
    return d->session;
}

bool Connection::isRunning() const
{
    return d->isRunning();
}

bool Connection::isPlainRead(const QString &sql)
{
    return d->isPlainRead(sql);
}

void Connection::noteResults()
{
    d->noteResults();
}

void Connection::pinForHandle()
{
    d->pin(SessionPin::NativeHandle);
    if (d->session) // what the application does with it is not seen
        d->session->statements().turnOff();
}

QString Connection::currentPeer() const
{
    return d->session ? d->session->peerName() : QString();
}

std::shared_ptr<PeerPool> Connection::pool() const
{
    return d->pool;
}

} // namespace qproxysql
