// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "refusals_rows.h"
#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 5;

QString valueOf(const ScopedDatabase &db, const char *sql)
{
    QSqlError error;
    const QVariant value = db.value(QLatin1String(sql), &error);
    return error.isValid() ? error.nativeErrorCode() : value.toString();
}

QStringList variablesOf(const ScopedDatabase &db)
{
    QStringList variables;
    QSqlQuery query(db.get());
    query.exec(u"SHOW SESSION VARIABLES WHERE Variable_name NOT IN ('timestamp', 'warning_count', "
               "'error_count', 'last_insert_id', 'identity', 'rand_seed1', 'rand_seed2', "
               "'pseudo_thread_id', 'in_transaction')"_s);
    while (query.next())
        variables << query.value(0).toString() + u'=' + query.value(1).toString();
    return variables;
}

/// What a session holds on the server, asked of the server itself.
QStringList heldBy(const ScopedDatabase &db, const QStringList &variablesBefore)
{
    QStringList held;
    const auto note = [&held](const char *name, bool isHeld) {
        if (isHeld)
            held << QLatin1String(name);
    };
    note("variable", valueOf(db, "SELECT CONCAT_WS('', @a, @b, @c)") != QString());
    note("lock", valueOf(db, "SELECT IS_USED_LOCK('x') = CONNECTION_ID()") == u"1"_s);
    note("handler", valueOf(db, "HANDLER numbers READ FIRST") != u"1109"_s);
    note("prepared", valueOf(db, "EXECUTE s") != u"1243"_s);
    note("table", valueOf(db, "SELECT COUNT(*) FROM tmp") != u"1146"_s);
    note("table lock", valueOf(db, "SELECT COUNT(*) FROM other") == u"1100"_s);
    note("schema", valueOf(db, "SELECT DATABASE()") != u"test"_s);
    note("role", !valueOf(db, "SELECT CURRENT_ROLE()").isEmpty());
    note("xa", valueOf(db, "XA END 'x'").isEmpty());
    note("settings", variablesOf(db) != variablesBefore);
    return held;
}

} // namespace

/// What is noted of statements that a server refuses, compared with what they leave on the server.
class tst_Refusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
        for (const char *sql : ServerSetup)
            QVERIFY2(m_servers.executeEverywhere(QString::fromUtf8(sql)),
                     qPrintable(m_servers.errorString()));
    }

    void onlyWhatIsLeftIsNoted_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QStringList>("codes");
        QTest::addColumn<QStringList>("reasons");
        for (const RefusalRow &row : RefusalRows)
            QTest::newRow(row.sql)
                    << QString::fromUtf8(row.sql) << QString::fromUtf8(row.codes).split(u' ')
                    << QString::fromUtf8(row.reasons).split(u' ', Qt::SkipEmptyParts);
    }

    void onlyWhatIsLeftIsNoted()
    {
        QFETCH(QString, sql);
        QFETCH(QStringList, codes);
        QFETCH(QStringList, reasons);

        ScopedDatabase direct(m_servers[0].address(), {}, u"QMYSQL"_s);
        direct.get().setHostName(u"127.0.0.1"_s);
        direct.get().setPort(m_servers[0].port());
        QVERIFY2(direct.open(), qPrintable(direct.error().text()));
        const QStringList before = variablesOf(direct);
        QVERIFY(!QSqlQuery(direct.get()).exec(sql));
        const QStringList held = heldBy(direct, before);

        ScopedDatabase db(m_servers[0].address(), u"POOL=refusals;MAX_IDLE=0"_s);
        QVERIFY2(db.open(), qPrintable(db.error().text()));
        {
            QSqlQuery query(db.get());
            QVERIFY(!query.exec(sql));
            QVERIFY2(codes.contains(query.lastError().nativeErrorCode()),
                     qPrintable(query.lastError().text()));
        }
        QCOMPARE(reasonsOf(db), reasons);
        QVERIFY2(held.isEmpty() || !reasons.isEmpty(), qPrintable(held.join(u", "_s)));

        db.get().close();
        QVERIFY(db.open());
        {
            QSqlQuery query(db.get());
            const bool isPrepared = query.prepare(sql);
            if (!isPrepared)
                QCOMPARE(reasonsOf(db), QStringList());
            QVERIFY(!isPrepared || !query.exec());
            if (isPrepared)
                QCOMPARE(reasonsOf(db), reasons);
        }
    }

    // A failure at execution leaves what the statement held before as it was.
    void whatWasHeldStays()
    {
        ScopedDatabase db(m_servers[0].address(), u"POOL=refusals;MAX_IDLE=0"_s);
        QVERIFY(db.open());
        QVERIFY(QSqlQuery(db.get()).exec(u"SET @a = 1"_s));
        QVERIFY(!QSqlQuery(db.get()).exec(u"PRAGMA foreign_keys"_s));
        QCOMPARE(reasonsOf(db), QStringList{u"user_variables"_s});
        QCOMPARE(db.value(u"SELECT @a"_s).toInt(), 1);
    }

    void errorsAreStillTold()
    {
        ScopedDatabase db(m_servers[0].address(), u"POOL=told;MAX_IDLE=0"_s);
        QVERIFY(db.open());
        QVERIFY(!QSqlQuery(db.get()).exec(u"SELECT nosuch()"_s));
        QSqlQuery warnings(db.get());
        QVERIFY(warnings.exec(u"SHOW WARNINGS"_s) && warnings.next());
        QCOMPARE(warnings.value(1).toInt(), 1305);
    }

    // What programs ask to learn which server they have, and then a drain.
    void probesOfDialectsDoNotKeepASession()
    {
        ScopedDatabase db(m_servers.hostList(), u"POOL=probes;BALANCE=first;MAX_IDLE=0"_s);
        QVERIFY2(db.openOn(m_servers[0].address()), qPrintable(db.error().text()));
        for (const QString &sql :
             {u"PRAGMA foreign_keys"_s, u"SELECT sqlite_version()"_s, u"SELECT @@nosuchvar"_s,
              u"SHOW server_version"_s, u"SELECT * FROM pg_catalog.pg_tables"_s,
              u"EXEC sp_databases"_s, u"SELECT banner FROM v$version"_s, u"SELECT version"_s})
            QVERIFY2(!QSqlQuery(db.get()).exec(sql), qPrintable(sql));
        QVERIFY(QMetaObject::invokeMethod(db.get().driver(), "drainPeer",
                                          Q_ARG(QString, m_servers[0].address())));
        QElapsedTimer timer;
        timer.start();
        QTRY_COMPARE_WITH_TIMEOUT(m_servers[0].connectionCount(), 0, 2000 * Patience);
        qInfo("the server was empty after %lld ms", timer.elapsed());
        QCOMPARE(db.value(u"SELECT 1"_s).toInt(), 1);
        QCOMPARE(db.currentPeer(), m_servers[1].address());
    }

private:
    static QStringList reasonsOf(const ScopedDatabase &db)
    {
        const QVariantList sessions = db.get().driver()->property("sessions").toList();
        return sessions.size() == 1 ? sessions.first().toMap().value(u"reasons"_s).toStringList()
                                    : QStringList{u"not one session"_s};
    }

    ServerGroup m_servers{2};
};

QTEST_GUILESS_MAIN(tst_Refusals)
#include "tst_refusals.moc"
