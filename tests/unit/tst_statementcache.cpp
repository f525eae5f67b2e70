// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "results/statementcache.h"

#include <QtTest/QtTest>

using namespace qproxysql;

/// Which texts may be kept prepared; tests/driver/tst_statementcache.cpp has the rest.
class tst_StatementCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void texts_data();
    void texts();
};

void tst_StatementCache::texts_data()
{
    QTest::addColumn<bool>("isKept");
    const auto kept = [](const char *sql) { QTest::newRow(sql) << true; };
    const auto not_ = [](const char *sql) { QTest::newRow(sql) << false; };
    kept("SELECT a FROM t WHERE b = ?");
    kept("select COUNT(*) from t");
    kept("SELECT COUNT( * ) FROM t");
    kept("SELECT a * b, 2 * 3, (a) * 2, ? * 2, 'x' * 1, @v * 2 FROM t");
    kept("SELECT `all` * 2 FROM t");
    kept("(SELECT a FROM t) UNION (SELECT b FROM u)");
    kept("WITH c AS (SELECT a FROM t) SELECT a FROM c");
    kept("INSERT INTO t(a) VALUES (?)");
    kept("INSERT INTO t(a) VALUES (?) RETURNING a");
    kept("UPDATE t SET a = a * 2");
    kept("DELETE FROM t WHERE a = ?");
    kept("REPLACE INTO t(a) VALUES (?)");
    kept("SELECT '*', '/*! */', \"*\" FROM t /* , * */");
    not_("SELECT * FROM t");
    not_("SELECT t.* FROM t");
    not_("SELECT a, * FROM t");
    not_("SELECT DISTINCT * FROM t");
    not_("SELECT SQL_NO_CACHE * FROM t");
    not_("SELECT a FROM (SELECT * FROM t) x");
    not_("INSERT INTO t(a) VALUES (?) RETURNING *");
    not_("SELECT a /*!50000 , b */ FROM t");
    not_("SELECT a FROM t -- ?\n /*M! , b */");
    not_("SHOW TABLES");
    not_("CALL p()");
    not_("SET @a = 1");
    not_("DO 1");
    not_("ALTER TABLE t ADD b INT");
    not_("SELECT 'unterminated");
    not_("");
}

void tst_StatementCache::texts()
{
    QFETCH(const bool, isKept);
    QCOMPARE(mayBeKept(QString::fromUtf8(QTest::currentDataTag())), isKept);
}

QTEST_APPLESS_MAIN(tst_StatementCache)
#include "tst_statementcache.moc"
