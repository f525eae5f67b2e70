// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

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

    /// What the application may believe of a counter to which statements add.
    class Belief
    {
    public:
        void added(int n) { m_open += n; }
        void committed() { m_sure += std::exchange(m_open, 0); }
        void undone() { m_open = 0; }
        void failed(bool isUnknown)
        {
            m_perhaps = isUnknown ? m_open : 0;
            m_open = 0;
        }
        bool allows(int value) const { return value == m_sure || value == m_sure + m_perhaps; }
        QString text() const { return u"%1 or %2"_s.arg(m_sure).arg(m_sure + m_perhaps); }

    private:
        int m_sure = 0;
        int m_open = 0;
        int m_perhaps = 0;
    };

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
    void runScript(const QStringList &script, int at, int moment, bool prepared)
    {
        static int number = 0;
        const int id = ++number;
        const QString table = u"made%1"_s.arg(id);
        QVERIFY(m_servers.executeEverywhere(u"INSERT INTO test.t VALUES (%1, 0)"_s.arg(id)));
        ScopedDatabase db(m_relay->address() + u',' + m_servers[0].address(),
                          u"BALANCE=first;POOL=cuts%1"_s.arg(id));
        QVERIFY2(db.openOn(m_relay->address()), qPrintable(db.error().text()));
        QSqlQuery query(db.get());
        Belief belief;
        bool isOpen = false;
        bool isAutocommit = true;
        QString told;
        for (int i = 0; i < script.size(); ++i) {
            const QString step = script[i];
            const bool isAdd = step.startsWith(u'+');
            QString sql = step;
            if (isAdd)
                sql = u"UPDATE t SET v = v + %1 WHERE id = %2"_s.arg(step.mid(1)).arg(id);
            else if (step == u"-")
                sql = u"INSERT INTO t VALUES (%1, 1)"_s.arg(id);
            else if (step.startsWith(u"CREATE"))
                sql = u"CREATE TABLE %1 (a INT)"_s.arg(table);
            if (i == at && moment == 2)
                m_relay->cutConnections();
            if (i == at && moment < 2) {
                const QByteArray text = step == u"("   ? "BEGIN"
                                        : step == u")" ? "COMMIT"
                                        : step == u"!" ? "ROLLBACK"
                                                       : sql.toUtf8();
                m_relay->cutOnce(text, Relay::CutMoment(moment));
            }
            bool isOk = false;
            QString error;
            if (step == u"(")
                isOk = db.get().transaction();
            else if (step == u")")
                isOk = db.get().commit();
            else if (step == u"!")
                isOk = db.get().rollback();
            else if (prepared && isAdd) {
                isOk = query.prepare(u"UPDATE t SET v = v + ? WHERE id = ?"_s);
                query.addBindValue(step.mid(1).toInt());
                query.addBindValue(id);
                isOk = isOk && query.exec();
                error = query.lastError().text();
            } else {
                isOk = query.exec(sql);
                error = query.lastError().text();
            }
            if (step == u"(" || step == u")" || step == u"!")
                error = db.error().text();
            told += step + (isOk ? u" ok; "_s : u" "_s + error + u"; "_s);
            const bool isExpected = step == u"-" && !isOk
                                    && (error.contains(u"Duplicate"_s)
                                        || error.contains(u"READ ONLY"_s));
            if (isExpected)
                continue;
            if (!isOk) {
                if (isAdd && !isOpen && isAutocommit)
                    belief.added(step.mid(1).toInt());
                belief.failed(error.contains(u"may or may not"_s));
                db.get().rollback();
                break;
            }
            if (isAdd)
                belief.added(step.mid(1).toInt());
            const bool rollsBack = step.startsWith(u"ROLLBACK"_s) || step == u"!";
            const bool begins = step == u"(" || step.startsWith(u"BEGIN"_s)
                                || step.startsWith(u"START"_s);
            const bool commits = begins || step == u")" || step.contains(u"COMMIT"_s)
                                 || step.startsWith(u"CREATE"_s) || step == u"SET autocommit=1";
            if (step.startsWith(u"SET autocommit"_s))
                isAutocommit = step.endsWith(u'1');
            if (rollsBack)
                belief.undone();
            if (begins || step.endsWith(u"CHAIN"_s))
                isOpen = true;
            else if (commits || rollsBack)
                isOpen = false;
            if (commits || (isAdd && !isOpen && isAutocommit))
                belief.committed();
        }
        db.get().close();
        const auto value = [&] {
            return m_servers[0]
                    .executeAsRoot(u"SELECT v FROM test.t WHERE id = %1 FOR UPDATE"_s.arg(id))
                    .value()
                    .toInt();
        };
        const int seen = value();
        QVERIFY2(belief.allows(seen),
                 qPrintable(u"cut at %1, moment %2, prepared %3: %4 instead of %5. %6"_s.arg(at)
                                    .arg(moment)
                                    .arg(prepared)
                                    .arg(seen)
                                    .arg(belief.text(), told)));
        if (qEnvironmentVariableIsSet("CUTS_VERBOSE"))
            qInfo().noquote() << at << moment << prepared << seen << belief.text()
                              << told.left(400);
    }
};

QTEST_MAIN(tst_ReplayCuts)
#include "tst_replaycuts.moc"
