// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cutscript.h"

#include "sandbox/relay.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <memory>
#include <set>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// Scripts of transactions whose session is cut at each statement in turn, before and after the server has
/// executed it. What the server has at the end must be what the application was told.
class tst_ReplayCuts : public QObject
{
    Q_OBJECT

    ServerGroup m_servers{1};
    std::unique_ptr<Relay> m_relay;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(u"CREATE TABLE test.t (id INT PRIMARY KEY, v INT) "
                                 "ENGINE=InnoDB"_s),
                 qPrintable(m_servers.errorString()));
        m_relay = std::make_unique<Relay>(m_servers[0].port());
        QVERIFY2(m_relay->isListening(), qPrintable(m_relay->errorString()));
    }

    // "+n" adds n, "-" is a statement that fails, "(", ")", "!" are transaction(), commit(), rollback().
    void cuts_data()
    {
        QTest::addColumn<QStringList>("script");
        const auto row = [](const QStringList &script) {
            QTest::newRow(qPrintable(script.join(u' '))) << script;
        };
        row({u"("_s, u"+1"_s, u"-"_s, u"+10"_s, u")"_s, u"("_s, u"+100"_s, u")"_s});
        row({u"BEGIN"_s, u"+1"_s, u"+10"_s, u"COMMIT"_s, u"+100"_s});
        row({u"BEGIN"_s, u"+1"_s, u"COMMIT AND CHAIN"_s, u"+10"_s, u"+100"_s, u"COMMIT"_s});
        row({u"BEGIN"_s, u"+1"_s, u"ROLLBACK AND CHAIN"_s, u"+10"_s, u"+100"_s, u"COMMIT"_s});
        row({u"BEGIN"_s, u"+1"_s, u"BEGIN"_s, u"+10"_s, u"+100"_s, u"COMMIT"_s});
        row({u"("_s, u"+1"_s, u"("_s, u"+10"_s, u"+100"_s, u")"_s});
        row({u"("_s, u"+1"_s, u"!"_s, u"("_s, u"+10"_s, u"+100"_s, u")"_s});
        row({u"("_s, u"+1"_s, u"CREATE TABLE made (a INT)"_s, u"+10"_s, u"("_s, u"+100"_s, u")"_s});
        row({u"SET autocommit=0"_s, u"+1"_s, u"+10"_s, u"COMMIT"_s, u"-"_s, u"+100"_s, u"+1000"_s,
             u")"_s});
        row({u"SET autocommit=0"_s, u"+1"_s, u"BEGIN"_s, u"+10"_s, u"SET autocommit=1"_s,
             u"+100"_s});
        row({u"SET autocommit=0"_s, u"+1"_s, u"COMMIT AND CHAIN"_s, u"+10"_s, u"ROLLBACK"_s,
             u"+100"_s, u"COMMIT"_s});
        row({u"("_s, u"+1"_s, u"SAVEPOINT a"_s, u"+10"_s, u"RELEASE SAVEPOINT a"_s, u"+100"_s,
             u")"_s});
        row({u"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"_s, u"("_s, u"+1"_s, u"-"_s, u")"_s,
             u"+10"_s, u"("_s, u"+100"_s, u")"_s});
        row({u"START TRANSACTION READ ONLY"_s, u"-"_s, u"BEGIN"_s, u"+1"_s, u"+10"_s, u")"_s});
        row({u"("_s, u"+1"_s, u"DO 1; COMMIT"_s, u"+10"_s, u"("_s, u"+100"_s, u")"_s});
    }

    void cuts()
    {
        QFETCH(QStringList, script);
        for (int twice = 0; twice < 2; ++twice) {
            for (int at = 0; at < script.size(); ++at) {
                for (int moment = 0; moment < 3; ++moment)
                    runScript(script, at, moment, twice);
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

private:
    // Moment 2: between two statements.
    void runScript(const QStringList &steps, int at, int moment, bool isPrepared)
    {
        static int number = 0;
        CutScript script;
        script.id = ++number;
        script.steps = steps;
        script.isPrepared = isPrepared;
        QVERIFY2(m_servers.executeEverywhere(u"INSERT INTO test.t VALUES (%1, 0)"_s.arg(number)),
                 qPrintable(m_servers.errorString()));
        // Kept sessions of so many pools would take all of the server's connections.
        ScopedDatabase db(m_relay->address() + u',' + m_servers[0].address(),
                          u"BALANCE=first;MAX_IDLE=0;POOL=cuts%1"_s.arg(number));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        script.before = [&](int step, const QString &sql) {
            if (step == at && moment == 2)
                m_relay->cutConnections();
            else if (step == at)
                m_relay->cutOnce(sql.toUtf8(), Relay::CutMoment(moment));
        };
        script.run(db);
        db.get().close();
        const int seen = m_servers[0]
                                 .executeAsRoot(
                                         u"SELECT v FROM test.t WHERE id = %1 FOR UPDATE"_s.arg(
                                                 number))
                                 .value()
                                 .toInt();
        QVERIFY2(script.belief().allows(seen),
                 qPrintable(u"cut at %1, moment %2, prepared %3: %4 instead of %5. %6"_s.arg(at)
                                    .arg(moment)
                                    .arg(isPrepared)
                                    .arg(seen)
                                    .arg(script.belief().text(), script.told())));
        if (qEnvironmentVariableIsSet("CUTS_VERBOSE"))
            qInfo().noquote() << at << moment << isPrepared << seen << script.belief().text()
                              << script.told().left(400);
    }
};

QTEST_MAIN(tst_ReplayCuts)
#include "tst_replaycuts.moc"
