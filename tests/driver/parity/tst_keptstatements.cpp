// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "integration/scopeddatabase.h"
#include "sandbox/servergroup.h"

#include <QtSql/QSqlRecord>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using qproxysql::sandbox::ServerGroup;

/// Where a prepared statement must be better than QMYSQL's: its table was altered between executions, and the
/// right rows come instead of error 2057 or an empty result. All else is compared in tst_differential.
class tst_KeptStatements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rightRowsAfterAlter_data();
    void rightRowsAfterAlter();
    void rightRowsInEveryOpenQuery();

private:
    bool run(const QString &sql);
    QStringList rowsOf(QSqlQuery &query) const;
    QStringList rowsOfText(const QString &sql);

    ServerGroup m_servers{1};
    std::unique_ptr<ScopedDatabase> m_database;
};

void tst_KeptStatements::initTestCase()
{
    QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
    m_database = std::make_unique<ScopedDatabase>(m_servers.hostList());
    QVERIFY2(m_database->open(), qPrintable(m_database->error().text()));
}

bool tst_KeptStatements::run(const QString &sql)
{
    QSqlQuery query(m_database->get());
    bool isOk = query.exec(sql);
    while (query.nextResult())
        isOk = isOk && !query.lastError().isValid();
    return isOk;
}

QStringList tst_KeptStatements::rowsOf(QSqlQuery &query) const
{
    QStringList rows;
    const QSqlRecord record = query.record();
    while (query.next()) {
        QString row;
        for (int i = 0; i < record.count(); ++i)
            row += record.fieldName(i) + u'=' + query.value(i).toString() + u' ';
        rows.append(row);
    }
    return rows;
}

QStringList tst_KeptStatements::rowsOfText(const QString &sql)
{
    QSqlQuery query(m_database->get());
    query.exec(sql);
    return rowsOf(query);
}

void tst_KeptStatements::rightRowsAfterAlter_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("change");
    const QString all = u"SELECT * FROM t"_s;
    QTest::newRow("add column") << all << u"ALTER TABLE t ADD COLUMN n INT DEFAULT 7"_s;
    QTest::newRow("drop column") << all << u"ALTER TABLE t DROP COLUMN s"_s;
    QTest::newRow("wider type") << all << u"ALTER TABLE t MODIFY i BIGINT"_s;
    QTest::newRow("other type") << all << u"ALTER TABLE t MODIFY i VARCHAR(30)"_s;
    QTest::newRow("blob") << all << u"ALTER TABLE t MODIFY s LONGTEXT"_s;
    QTest::newRow("longer text")
            << u"SELECT s FROM t"_s
            << u"ALTER TABLE t MODIFY s VARCHAR(400); UPDATE t SET s = REPEAT(s, 50)"_s;
    QTest::newRow("moved column") << all << u"ALTER TABLE t MODIFY s VARCHAR(20) FIRST"_s;
    QTest::newRow("other name") << all << u"ALTER TABLE t CHANGE s z VARCHAR(20)"_s;
    QTest::newRow("dropped and created")
            << all
            << u"DROP TABLE t; CREATE TABLE t(x DOUBLE, y VARCHAR(9)); "
               "INSERT INTO t VALUES (1.5, 'y')"_s;
    QTest::newRow("renamed") << all << u"RENAME TABLE t TO old, u TO t"_s;
    QTest::newRow("view replaced") << u"SELECT * FROM v"_s
                                   << u"CREATE OR REPLACE VIEW v AS SELECT s, i, 'x' AS x FROM t"_s;
    QTest::newRow("column of a view")
            << u"SELECT * FROM v"_s << u"ALTER TABLE t MODIFY i VARCHAR(30)"_s;
    QTest::newRow("temporary table")
            << all << u"CREATE TEMPORARY TABLE t AS SELECT 'shadow' AS i"_s;
}

void tst_KeptStatements::rightRowsAfterAlter()
{
    QFETCH(QString, sql);
    QFETCH(QString, change);
    run(u"DROP TEMPORARY TABLE IF EXISTS t"_s);
    QVERIFY(run(u"DROP TABLE IF EXISTS t, u, old; CREATE TABLE t(i INT, s VARCHAR(20)); "
                "INSERT INTO t VALUES (1, 'one'), (2, 'two'); "
                "CREATE TABLE u AS SELECT 'u' AS other; "
                "CREATE OR REPLACE VIEW v AS SELECT i FROM t"_s));
    QSqlQuery open(m_database->get());
    QVERIFY(open.prepare(sql));
    for (int i = 0; i < 2; ++i) {
        QVERIFY2(open.exec(), qPrintable(open.lastError().text()));
        QCOMPARE(rowsOf(open), rowsOfText(sql));
        QSqlQuery again(m_database->get());
        QVERIFY(again.prepare(sql) && again.exec());
    }
    QVERIFY(run(change));
    const QStringList expected = rowsOfText(sql);
    QVERIFY(!expected.isEmpty());
    for (int i = 0; i < 2; ++i) {
        QSqlQuery kept(m_database->get());
        QVERIFY2(kept.prepare(sql) && kept.exec(), qPrintable(kept.lastError().text()));
        QCOMPARE(rowsOf(kept), expected);
        QVERIFY2(open.exec(), qPrintable(open.lastError().text()));
        QCOMPARE(rowsOf(open), expected);
    }
}

// Five queries with one text; what was read before the change stays as it was.
void tst_KeptStatements::rightRowsInEveryOpenQuery()
{
    const QString sql = u"SELECT * FROM f WHERE i > ?"_s;
    QVERIFY(run(u"CREATE TABLE f(i INT, s VARCHAR(20)); "
                "INSERT INTO f VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'), (5, 'e')"_s));
    std::vector<QSqlQuery> queries;
    for (int i = 0; i < 5; ++i) {
        queries.emplace_back(m_database->get());
        QVERIFY(queries.back().prepare(sql));
        queries.back().addBindValue(i);
        QVERIFY(queries.back().exec());
        QVERIFY(queries.back().next());
    }
    QVERIFY(run(u"ALTER TABLE f MODIFY s VARCHAR(200) FIRST, ADD COLUMN n INT"_s));
    for (int i = 0; i < 5; ++i) {
        QSqlQuery &query = queries[size_t(i)];
        for (int row = i + 1; row <= 5; ++row, query.next())
            QCOMPARE(query.value(u"i"_s).toInt(), row);
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        QCOMPARE(rowsOf(query), rowsOfText(u"SELECT * FROM f WHERE i > %1"_s.arg(i)));
    }
}

QTEST_GUILESS_MAIN(tst_KeptStatements)
#include "tst_keptstatements.moc"
