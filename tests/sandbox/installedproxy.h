// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/childprocess.h"
#include "sandbox/portreservation.h"

#include <QtCore/QTemporaryDir>

namespace qproxysql::sandbox {

/// A real proxy on 127.0.0.1 before servers, in turn: MySQL Router (of $QPROXYSQL_MYSQL_ROOT) or
/// HAProxy in TCP mode.
///
///     InstalledProxy proxy(InstalledProxy::Make::Router, {servers[0].address()});
///     QVERIFY2(proxy.start(), qPrintable(proxy.errorString()));
///     proxy.kill();                                   // its port refuses
///
/// The servers must run when it is started. Any thread, one at a time.
class InstalledProxy
{
public:
    enum class Make {
        Router,        ///< passes the bytes on, as it does without certificates
        SharingRouter, ///< logs in by itself and shares connections (connection_sharing=1)
        HaProxy
    };
    InstalledProxy(Make make, const QStringList &servers);

    /// Returns once a server answers through it; also after kill(). False: errorString(), with the end
    /// of what it wrote.
    bool start();
    /// kill -9.
    void kill() { m_process.kill(); }
    /// SIGSTOP: it accepts (the system does), and passes nothing on.
    bool freeze() { return m_process.freeze(); }
    bool thaw() { return m_process.thaw(); }

    quint16 port() const { return m_port.port(); }
    QString address() const { return QStringLiteral("127.0.0.1:%1").arg(port()); }
    QString errorString() const { return m_errorString; }

private:
    QByteArray configuration() const;
    bool prepare(ChildProcess::Start *start);
    bool fail(const QString &text);

    const Make m_make;
    const QStringList m_servers;
    const QTemporaryDir m_folder;
    const PortReservation m_port = PortReservation::take();
    ChildProcess m_process;
    QString m_errorString;
};

} // namespace qproxysql::sandbox
