// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "scopeddatabase.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <memory>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// The peers are ways to one server: through relays that cut at a chosen moment, and directly.
class ReplayTest : public QObject
{
protected:
    enum class Relays { One, Two };

    explicit ReplayTest(Relays relays = Relays::One, const QStringList &flags = {})
        : m_servers(1, flags)
        , m_relays(relays)
    {
    }

    static QString options(const QString &more = {})
    {
        static int number = 0;
        return u"BALANCE=first;MAX_IDLE=0;POOL=replay%1"_s.arg(++number) + more;
    }
    QString hosts()
    {
        const QString second = m_second ? m_second->address() + u',' : QString();
        return m_relay->address() + u',' + second + m_servers[0].address();
    }
    QString asRoot(const QString &sql) { return m_servers[0].executeAsRoot(sql).value(); }
    QString rows() { return asRoot(u"SELECT GROUP_CONCAT(id, ':', v ORDER BY id) FROM test.t"_s); }
    void byOthers(const QString &sql)
    {
        QVERIFY2(m_servers.executeEverywhere(sql), qPrintable(m_servers.errorString()));
    }

    /// \a more are statements for what a test needs beside the table t.
    void start(const QString &more = {})
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.t (id INT AUTO_INCREMENT PRIMARY KEY, v INT) "
                                 "ENGINE=InnoDB;"_s
                                 + more),
                 qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
        if (m_relays == Relays::One)
            return;
        m_second = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_second->isListening(), qPrintable(m_second->errorString()));
    }
    void renew()
    {
        byOthers(u"DELETE FROM test.t"_s);
        byOthers(u"ALTER TABLE test.t AUTO_INCREMENT = 1"_s);
        byOthers(u"INSERT INTO test.t VALUES (1, 10), (2, 20)"_s);
    }

    ServerGroup m_servers;
    std::unique_ptr<Relay> m_relay;
    std::unique_ptr<Relay> m_second;

private:
    const Relays m_relays;
};
