// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/scenarios.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

namespace qproxysql::parity {

namespace {

void noteOpenError(Observer &o, const QString &what, const QSqlDatabase &db)
{
    o.note(what + QLatin1String(" open"), db.isOpen());
    o.note(what + QLatin1String(" open error"), db.isOpenError());
    o.note(what + QLatin1String(" type"), db.lastError().type());
    o.note(what + QLatin1String(" code"), db.lastError().nativeErrorCode());
}

void openErrors(Observer &o, const Target &target)
{
    QSqlDatabase db = target.add();
    db.setPassword(QStringLiteral("wrong"));
    o.note(QStringLiteral("wrong password"), db.open());
    noteOpenError(o, QStringLiteral("wrong password"), db);
    QSqlQuery query(db);
    o.exec(QStringLiteral("query on it"), query, QStringLiteral("SELECT 1"));
    o.note(QStringLiteral("prepare on it"), query.prepare(QStringLiteral("SELECT 1")));
    o.exec(QStringLiteral("prepared on it"), query);
    db.setPassword(QStringLiteral("secret"));
    db.setDatabaseName(QStringLiteral("nowhere"));
    o.note(QStringLiteral("unknown database"), db.open());
    noteOpenError(o, QStringLiteral("unknown database"), db);
    db.setDatabaseName(QStringLiteral("test"));
    db.setUserName(QStringLiteral("nobody"));
    o.note(QStringLiteral("unknown user"), db.open());
    noteOpenError(o, QStringLiteral("unknown user"), db);
    db.setUserName(QStringLiteral("app"));
    db.setPort(1);
    o.note(QStringLiteral("refused"), db.open());
    noteOpenError(o, QStringLiteral("refused"), db);
    db.setPort(target.port());
    o.note(QStringLiteral("at last"), db.open());
    noteOpenError(o, QStringLiteral("at last"), db);
    o.exec(QStringLiteral("works"), query, QStringLiteral("SELECT 1"));
    db.setPassword(QStringLiteral("wrong"));
    o.note(QStringLiteral("reopen fails"), db.open());
    noteOpenError(o, QStringLiteral("reopen fails"), db);
    o.note(QStringLiteral("other login"), db.open(QStringLiteral("app"), QStringLiteral("secret")));
    noteOpenError(o, QStringLiteral("other login"), db);
}

void beforeOpen(Observer &o, const Target &target)
{
    QSqlDatabase db = target.add();
    QSqlQuery query(db);
    o.exec(QStringLiteral("text"), query, QStringLiteral("SELECT 1"));
    o.note(QStringLiteral("prepare"), query.prepare(QStringLiteral("SELECT ?")));
    query.addBindValue(1);
    o.exec(QStringLiteral("prepared"), query);
    o.note(QStringLiteral("first"), query.first());
    o.note(QStringLiteral("nextResult"), query.nextResult());
    o.note(QStringLiteral("record"), query.record());
    o.note(QStringLiteral("open"), db.open());
    o.exec(QStringLiteral("exec of it"), query);
    o.exec(QStringLiteral("text"), query, QStringLiteral("SELECT 1"));
}

void afterClose(Observer &o, const Target &target)
{
    QSqlDatabase db = target.add();
    o.note(QStringLiteral("open"), db.open());
    QSqlQuery text(db);
    QSqlQuery finished(db);
    QSqlQuery update(db);
    QSqlQuery prepared(db);
    o.note(QStringLiteral("text"), text.exec(QStringLiteral("SELECT seq FROM seq_1_to_5")));
    o.note(QStringLiteral("next"), text.next());
    o.note(QStringLiteral("finished"), finished.exec(QStringLiteral("SELECT 1")));
    finished.finish();
    o.note(QStringLiteral("update"), update.exec(QStringLiteral("DO 1")));
    o.note(QStringLiteral("prepare"), prepared.prepare(QStringLiteral("DO ?")));
    prepared.addBindValue(5);
    o.note(QStringLiteral("prepared"), prepared.exec());
    db.close();
    o.note(QStringLiteral("is open"), db.isOpen());
    o.stateAfterClose(QStringLiteral("text"), text);
    o.note(QStringLiteral("value"), text.value(0));
    o.note(QStringLiteral("next"), text.next());
    o.note(QStringLiteral("value"), text.value(0));
    o.note(QStringLiteral("last"), text.last());
    o.note(QStringLiteral("value"), text.value(0));
    o.note(QStringLiteral("first"), text.first());
    o.note(QStringLiteral("is null"), text.isNull(0));
    o.stateAfterClose(QStringLiteral("text"), text);
    o.stateAfterClose(QStringLiteral("finished"), finished);
    o.stateAfterClose(QStringLiteral("update"), update);
    o.stateAfterClose(QStringLiteral("prepared"), prepared);
    o.note(QStringLiteral("exec prepared"), prepared.exec());
    o.stateAfterClose(QStringLiteral("exec prepared"), prepared);
    o.note(QStringLiteral("exec text"), update.exec(QStringLiteral("SELECT 1")));
    o.stateAfterClose(QStringLiteral("exec text"), update);
    o.note(QStringLiteral("exec last text"), finished.exec());
    o.stateAfterClose(QStringLiteral("exec last text"), finished);
    o.note(QStringLiteral("prepare"), finished.prepare(QStringLiteral("SELECT 1")));
    o.stateAfterClose(QStringLiteral("prepare"), finished);
    text.finish();
    o.stateAfterClose(QStringLiteral("finish"), text);
    QSqlQuery fresh(db);
    o.note(QStringLiteral("fresh"), fresh.exec(QStringLiteral("SELECT 1")));
    o.stateAfterClose(QStringLiteral("fresh"), fresh);
}

void reopen(Observer &o, const Target &target)
{
    QSqlDatabase db = target.add();
    QSqlQuery kept(db);
    for (int i = 0; i < 3; ++i) {
        o.note(QStringLiteral("open"), db.open());
        o.exec(QStringLiteral("variable"), kept, QStringLiteral("SELECT @a"));
        o.exec(QStringLiteral("set"), kept, QStringLiteral("SET @a = 1"));
        o.exec(QStringLiteral("variable"), kept, QStringLiteral("SELECT @a"));
        if (i == 0)
            db.close();
    }
    o.note(QStringLiteral("names"), QSqlDatabase::connectionNames());
    o.note(QStringLiteral("driver name"), db.driverName() == target.driver());
    o.note(QStringLiteral("host"), db.hostName());
    o.note(QStringLiteral("options"), db.connectOptions());
}

void clones(Observer &o, const Target &target)
{
    QSqlDatabase db = target.add();
    o.note(QStringLiteral("open"), db.open());
    QSqlDatabase clone = QSqlDatabase::cloneDatabase(db, QStringLiteral("parity clone"));
    o.note(QStringLiteral("clone open"), clone.isOpen());
    o.note(QStringLiteral("clone opens"), clone.open());
    QSqlQuery query(clone);
    o.exec(QStringLiteral("clone"), query, QStringLiteral("SELECT DATABASE()"));
    QSqlDatabase named = QSqlDatabase::cloneDatabase(QStringLiteral("parity"),
                                                     QStringLiteral("parity named"));
    named.setNumericalPrecisionPolicy(QSql::HighPrecision);
    o.note(QStringLiteral("named opens"), named.open());
    QSqlQuery other(named);
    o.exec(QStringLiteral("named"), other, QStringLiteral("SELECT 1.25"));
    o.note(QStringLiteral("names"), QSqlDatabase::connectionNames());
}

void removed(Observer &o, const Target &target)
{
    QSqlQuery query;
    {
        QSqlDatabase db = target.add();
        o.note(QStringLiteral("open"), db.open());
        query = QSqlQuery(db);
    }
    o.note(QStringLiteral("exec"), query.exec(QStringLiteral("SELECT seq FROM seq_1_to_3")));
    o.note(QStringLiteral("next"), query.next());
    QSqlDatabase::removeDatabase(QStringLiteral("parity"));
    o.note(QStringLiteral("driver"), query.driver() == nullptr);
    o.note(QStringLiteral("active"), query.isActive());
    o.note(QStringLiteral("value"), query.value(0));
    o.note(QStringLiteral("next"), query.next());
    o.note(QStringLiteral("previous"), query.previous());
    o.note(QStringLiteral("first"), query.first());
    o.note(QStringLiteral("last"), query.last());
    o.note(QStringLiteral("seek"), query.seek(1));
    o.note(QStringLiteral("affected"), query.numRowsAffected());
    o.note(QStringLiteral("insert id"), query.lastInsertId());
    o.note(QStringLiteral("record"), query.record());
    o.note(QStringLiteral("nextResult"), query.nextResult());
    o.note(QStringLiteral("last query"), query.lastQuery());
    query.finish();
    o.note(QStringLiteral("active"), query.isActive());
    o.note(QStringLiteral("exec"), query.exec());
    o.noteError(QStringLiteral("error"), query.lastError());
}

} // namespace

std::vector<Scenario> lifecycleScenarios()
{
    return {{"open errors", 60, openErrors},
            {"use before open", 30, beforeOpen},
            {"use after close", 60, afterClose},
            {"reopen", 60, reopen},
            {"clone", 20, clones},
            {"use after removeDatabase", 15, removed}};
}

} // namespace qproxysql::parity
