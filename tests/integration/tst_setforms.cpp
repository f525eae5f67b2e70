// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"
#include "setforms_rows.h"

#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

/// SET in every form: the next session has the variables that a session of QMYSQL has after the same
/// statements.
class tst_SetForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        for (const QString &sql : {u"CREATE SCHEMA other"_s, u"GRANT ALL ON *.* TO app@'%'"_s,
                                   u"CREATE PROCEDURE test.zone() SET time_zone = '+07:00'"_s})
            QVERIFY2(m_servers.executeEverywhere(sql), qPrintable(m_servers.errorString()));
        const std::unique_ptr<ScopedDatabase> one(directTo(0)), other(directTo(1));
        const QStringList variables = variablesOf(*one);
        const QStringList others = variablesOf(*other);
        for (const QString &variable : variables) {
            if (!others.contains(variable))
                m_own.insert(variable.section(u'=', 0, 0));
        }
        QVERIFY2(m_own.size() < 40, "two fresh sessions differ");
    }

    void nextSessionIsTheSame_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("isTracked");
        QTest::addColumn<QString>("reasons");
        for (const SetRow &row : SetRows) {
            const auto sql = QString::fromUtf8(row.statements);
            const auto reasons = QString::fromUtf8(row.reasons);
            const auto tracked = QString::fromUtf8(row.trackedReasons);
            QTest::newRow(row.statements)
                    << sql << true << (tracked == "same"_L1 ? reasons : tracked);
            QTest::addRow("%s, untracked", row.statements) << sql << false << reasons;
        }
    }

    void nextSessionIsTheSame()
    {
        QFETCH(QString, sql);
        QFETCH(bool, isTracked);
        QFETCH(QString, reasons);
        const QStringList statements = sql.split(u'|');

        const std::unique_ptr<ScopedDatabase> direct(directTo(0));
        static int pools = 0; // what an earlier row did to the peers is not known
        const QString pool = u"POOL=sets%1;MAX_IDLE=0"_s.arg(++pools);
        const QString untracked = u";INIT_SQL=SET session_track_system_variables='',"
                                  "session_track_schema=0,session_track_state_change=0"_s;
        ScopedDatabase db(m_servers.hostList(), isTracked ? pool : pool + untracked);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        for (const QString &statement : statements) {
            QVERIFY2(QSqlQuery(direct->get()).exec(statement), qPrintable(statement));
            QVERIFY2(QSqlQuery(db.get()).exec(statement), qPrintable(statement));
        }
        const QVariantList sessions = db.get().driver()->property("sessions").toList();
        QCOMPARE(sessions.size(), 1);
        QCOMPARE(sessions.first().toMap().value(u"reasons"_s).toStringList().join(u' '), reasons);
        if (!reasons.isEmpty())
            return;
        const QStringList wanted = variablesOf(*direct);
        const QString session = sessionOf(db);
        for (int i = 0; i < m_servers.count(); ++i)
            QVERIFY(m_servers[i].killSessions());
        QCOMPARE(variablesOf(db), wanted);
        QVERIFY(sessionOf(db) != session);
    }

private:
    static QString sessionOf(const ScopedDatabase &db)
    {
        const int id = db.serverThreadId();
        return u"%1 on %2"_s.arg(id).arg(db.currentPeer());
    }

    /// The schema and all session variables, but for those that are each server's or session's own.
    QStringList variablesOf(const ScopedDatabase &db) const
    {
        QStringList variables{db.value(u"SELECT DATABASE()"_s).toString()};
        QSqlQuery query(db.get());
        query.exec(u"SHOW SESSION VARIABLES"_s);
        while (query.next()) {
            const QString name = query.value(0).toString();
            if (!m_own.contains(name) && !name.startsWith("session_track"_L1))
                variables << name + u'=' + query.value(1).toString();
        }
        return variables;
    }

    ScopedDatabase *directTo(int server)
    {
        auto *db = new ScopedDatabase(u"127.0.0.1"_s, {}, u"QMYSQL"_s);
        db->get().setPort(m_servers[server].port());
        if (!db->open())
            QTest::qFail(qPrintable(db->error().text()), __FILE__, __LINE__);
        return db;
    }

    QSet<QString> m_own{u"timestamp"_s,      u"rand_seed1"_s, u"rand_seed2"_s,
                        u"last_insert_id"_s, u"identity"_s,   u"pseudo_thread_id"_s,
                        u"warning_count"_s,  u"error_count"_s};
    ServerGroup m_servers{2};
};

QTEST_GUILESS_MAIN(tst_SetForms)
#include "tst_setforms.moc"
