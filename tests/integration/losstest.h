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

/// Two servers with a table for tokens. A relay that cuts at a chosen moment stands before the first; the
/// second is reached directly.
class LossTest : public QObject
{
protected:
    void start()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.ledger (token INT)"_s),
                 qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }
    void empty() { QVERIFY(m_servers.executeEverywhere(u"DELETE FROM test.ledger"_s)); }

    /// A pool of its own for each test: what an earlier one did to the relay's peer is not known.
    static QString options(const QString &more = {})
    {
        static int number = 0;
        return u"BALANCE=first;POOL=loss%1"_s.arg(++number) + more;
    }

    QString hosts() { return m_relay->address() + u',' + m_servers[1].address(); }
    int rowsOn(int server)
    {
        return m_servers[server].executeAsRoot(u"SELECT COUNT(*) FROM test.ledger"_s).value().toInt();
    }

    ServerGroup m_servers{2};
    std::unique_ptr<Relay> m_relay;
};
