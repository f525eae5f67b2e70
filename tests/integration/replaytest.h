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

/// The peers are two ways to one server: through a relay that cuts at a chosen moment, and directly.
class ReplayTest : public QObject
{
protected:
    static QString options(const QString &more = {})
    {
        static int number = 0;
        return u"BALANCE=first;POOL=replay%1"_s.arg(++number) + more;
    }
    QString hosts() { return m_relay->address() + u',' + m_servers[0].address(); }
    QString asRoot(const QString &sql) { return m_servers[0].executeAsRoot(sql).value(); }
    QString rows() { return asRoot(u"SELECT GROUP_CONCAT(id, ':', v ORDER BY id) FROM test.t"_s); }
    void byOthers(const QString &sql) { QVERIFY(m_servers.executeEverywhere(sql)); }

    void start()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.t (id INT AUTO_INCREMENT PRIMARY KEY, v INT) "
                                 "ENGINE=InnoDB;"
                                 "CREATE TABLE test.aria (id INT) ENGINE=Aria;"
                                 "CREATE TABLE test.triggered (id INT) ENGINE=InnoDB;"
                                 "CREATE TRIGGER test.tr BEFORE INSERT ON test.triggered "
                                 "FOR EACH ROW INSERT INTO test.aria VALUES (NEW.id);"
                                 "CREATE PROCEDURE test.nothing() DO 1;"
                                 "CREATE VIEW test.seen AS SELECT * FROM test.t;"
                                 "CREATE USER plain IDENTIFIED BY 'secret';"
                                 "GRANT SELECT, INSERT, UPDATE, DELETE ON test.* TO plain"_s),
                 qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }
    void renew()
    {
        byOthers(u"DELETE FROM test.t"_s);
        byOthers(u"DELETE FROM test.aria"_s);
        byOthers(u"DELETE FROM test.triggered"_s);
        byOthers(u"ALTER TABLE test.t AUTO_INCREMENT = 1"_s);
        byOthers(u"INSERT INTO test.t VALUES (1, 10), (2, 20)"_s);
    }

    ServerGroup m_servers{1};
    std::unique_ptr<Relay> m_relay;
};
