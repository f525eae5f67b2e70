// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <memory>
#include <vector>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// A killed and restarted server is drained by qproxysql-ctl while this process, the application,
/// is idle. Its old sessions there are gone, with all their pins.
class tst_CtlAfterKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder.path()));
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        QVERIFY2(m_servers.executeEverywhere(u"CREATE TABLE test.ledger (token INT)"_s),
                 qPrintable(m_servers.errorString()));
    }

    void drainOfTheRestartedServer()
    {
        const QString peer = m_servers[0].address();
        std::vector<std::unique_ptr<ScopedDatabase>> databases;
        for (int i = 0; i < 24; ++i) {
            databases.push_back(
                    std::make_unique<ScopedDatabase>(m_servers.hostList(), u"BALANCE=first"_s));
            QVERIFY2(databases.back()->open(), qPrintable(databases.back()->error().text()));
            QCOMPARE(databases.back()->currentPeer(), peer);
        }
        const ScopedDatabase &pinned = *databases[0];
        QVERIFY(QSqlQuery(pinned.get()).exec(u"CREATE TEMPORARY TABLE t (a INT)"_s));
        ScopedDatabase &transaction = *databases[1];
        QVERIFY(transaction.get().transaction());
        QVERIFY(QSqlQuery(transaction.get()).exec(u"INSERT INTO ledger VALUES (1)"_s));
        QTRY_COMPARE(m_servers[0].connectionCount(), 24);

        std::vector<QSqlQuery> prepared;
        for (size_t i = 2; i < 6; ++i) {
            prepared.emplace_back(databases[i]->get());
            QVERIFY(prepared.back().prepare(u"SELECT ?"_s));
        }
        m_servers[0].kill();
        prepared.clear(); // the client library notices the dead sockets and closes them
        QVERIFY2(m_servers[0].start(), qPrintable(m_servers[0].errorString()));
        QCOMPARE(m_servers[0].connectionCount(), 0);

        QElapsedTimer timer;
        timer.start();
        CtlRun drain({u"drain"_s, peer, u"--user"_s, u"root"_s, u"--timeout"_s, u"25"_s});
        COMPARE_EXIT(drain, 0);
        qInfo("safe to stop after %lld ms", timer.elapsed());
        QVERIFY2(drain.out().contains("SAFE TO STOP"_L1), drain.all().constData());
        QVERIFY(timer.elapsed() < 25'000);

        QVERIFY2(!pinned.value(u"SELECT 1"_s).isValid(), "its table is lost, and it is told");
        QVERIFY2(transaction.get().commit(), "the transaction goes on");
        for (const auto &database : databases) {
            QSqlError error;
            QVERIFY2(database->value(u"SELECT 1"_s, &error).isValid(), qPrintable(error.text()));
            QCOMPARE(database->currentPeer(), m_servers[1].address());
        }
        QCOMPARE(m_servers[0].connectionCount(), 0);
    }

private:
    QTemporaryDir m_folder;
    ServerGroup m_servers{2};
};

QTEST_GUILESS_MAIN(tst_CtlAfterKill)
#include "tst_ctlafterkill.moc"
