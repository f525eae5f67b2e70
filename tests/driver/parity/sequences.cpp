// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/scenarios.h"

#include <QtCore/QRandomGenerator>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

#include <array>
#include <optional>

namespace qproxysql::parity {

namespace {

using namespace Qt::StringLiterals;

constexpr const char *Texts[] = {"CALL two()",
                                 "SELECT seq FROM seq_1_to_3",
                                 "SELECT 1; SELECT 2; DO 1",
                                 "CALL none()",
                                 "INSERT INTO t (a) VALUES (1)",
                                 "SELECT nothing",
                                 "CALL failing()"};
// No CALL with results among them: the client library waits for ever in some orders.
constexpr const char *PreparedTexts[] = {"SELECT seq FROM seq_1_to_3",
                                         "INSERT INTO t (a) VALUES (2)", "CALL none()"};

/// Three queries on one connection, and what is done to them in an order that a seed draws.
class Sequence
{
public:
    Sequence(Observer &observer, const QSqlDatabase &db, quint32 seed)
        : m_observer(observer)
        , m_db(db)
        , m_random(seed)
        , m_seed(seed)
    {
    }

    void run(int steps)
    {
        for (m_step = 0; m_step < steps; ++m_step)
            step();
        for (std::optional<QSqlQuery> &query : m_queries)
            query.reset();
        note(u"at the end"_s, m_db.transaction());
        note(u"rollback"_s, m_db.rollback());
    }

private:
    void step()
    {
        const int slot = m_random.bounded(int(m_queries.size()));
        if (!m_queries[size_t(slot)]) {
            m_queries[size_t(slot)].emplace(m_db);
            return;
        }
        onQuery(u"query %1 "_s.arg(slot), &m_queries[size_t(slot)]);
    }

    void onQuery(const QString &who, std::optional<QSqlQuery> *slot)
    {
        QSqlQuery &query = **slot;
        switch (m_random.bounded(14)) {
        case 0:
        case 1:
            slot->reset();
            note(who + u"destroyed"_s, m_db.isOpen());
            return;
        case 2:
        case 3:
        case 4:
            run(who, query, Texts);
            break;
        case 5: {
            const QString sql = QLatin1String(
                    PreparedTexts[m_random.bounded(int(std::size(PreparedTexts)))]);
            note(who + u"prepare "_s + sql, query.prepare(sql));
            break;
        }
        case 6:
            note(who + u"exec of what is prepared"_s, query.exec());
            break;
        case 7:
            query.finish();
            note(who + u"finished"_s, query.isActive());
            break;
        case 8:
            query.clear();
            note(who + u"cleared"_s, query.isActive());
            break;
        case 9:
            note(who + u"next"_s, query.isActive() && query.isSelect() && query.next());
            break;
        case 10:
            note(who + u"nextResult"_s, query.nextResult());
            break;
        case 11:
            note(who + u"transaction"_s, m_db.transaction());
            break;
        case 12:
            note(who + u"commit"_s, m_db.commit());
            break;
        case 13:
            note(who + u"tables"_s, m_db.tables().size());
            break;
        }
        m_observer.note(who + u"active"_s, query.isActive());
        m_observer.note(who + u"select"_s, query.isSelect());
        m_observer.note(who + u"at"_s, query.at());
        m_observer.note(who + u"code"_s, query.lastError().nativeErrorCode());
    }

    template<size_t N>
    void run(const QString &who, QSqlQuery &query, const char *const (&texts)[N])
    {
        const QString sql = QLatin1String(texts[m_random.bounded(int(N))]);
        note(who + u"exec "_s + sql, query.exec(sql));
    }

    void note(const QString &what, const QVariant &value)
    {
        m_observer.note(u"seed %1 step %2: %3"_s.arg(m_seed).arg(m_step).arg(what), value);
        m_observer.note(u"database error"_s, m_db.lastError().nativeErrorCode());
    }

    Observer &m_observer;
    QSqlDatabase m_db;
    QRandomGenerator m_random;
    const quint32 m_seed;
    int m_step = 0;
    std::array<std::optional<QSqlQuery>, 3> m_queries;
};

void makeProcedures(Observer &o, const QSqlDatabase &db)
{
    QSqlQuery query(db);
    for (const char *sql :
         {"CREATE TABLE t (a INT)", "CREATE PROCEDURE two() BEGIN SELECT 1; SELECT 2; END",
          "CREATE PROCEDURE none() DO 1",
          "CREATE PROCEDURE failing() BEGIN SELECT 1; SELECT * FROM nowhere; END"})
        o.exec(QLatin1String(sql), query, QLatin1String(sql));
}

// What a query that never ran leaves to be read by others, QMYSQL throws away with it.
void unusedBesideCall(Observer &o, const Target &target)
{
    QSqlDatabase db = target.add();
    o.note(u"open"_s, db.open());
    makeProcedures(o, db);
    for (const bool isCleared : {false, true}) {
        std::optional<QSqlQuery> unused(db);
        QSqlQuery calling(db);
        o.note(u"call"_s, calling.exec(u"CALL two()"_s));
        if (isCleared)
            unused->clear();
        else
            unused.reset();
        o.note(u"transaction"_s, db.transaction());
        o.note(u"code"_s, db.lastError().nativeErrorCode());
        o.note(u"next result"_s, calling.nextResult());
        o.note(u"rollback"_s, db.rollback());
    }
    { // and without it they stay
        QSqlQuery calling(db);
        o.note(u"call"_s, calling.exec(u"CALL two()"_s));
        o.note(u"transaction"_s, db.transaction());
        o.note(u"code"_s, db.lastError().nativeErrorCode());
    }
}

void idsOfAPreparedQuery(Observer &o, const Target &target)
{
    QSqlDatabase db = target.open(o);
    makeProcedures(o, db);
    o.note(u"table"_s, QSqlQuery(db).exec(u"CREATE TABLE ids(id INT PRIMARY KEY AUTO_INCREMENT)"_s));
    QSqlQuery prepared(db);
    o.note(u"prepare"_s, prepared.prepare(u"INSERT INTO ids VALUES (?)"_s));
    prepared.addBindValue(10);
    o.note(u"exec"_s, prepared.exec());
    o.note(u"id"_s, prepared.lastInsertId());
    QSqlQuery other(db);
    o.note(u"other"_s, other.exec(u"INSERT INTO ids VALUES ()"_s));
    o.note(u"other's id"_s, other.lastInsertId());
    o.note(u"id"_s, prepared.lastInsertId());
    o.note(u"call"_s, other.exec(u"CALL two()"_s));
    o.note(u"next result"_s, prepared.nextResult());
    o.state(u"next result"_s, prepared);
    other.clear();
    QSqlQuery again(db);
    o.note(u"prepare"_s, again.prepare(u"INSERT INTO ids VALUES (?)"_s));
    again.addBindValue(20);
    o.note(u"exec"_s, again.exec());
    o.note(u"other"_s, other.exec(u"INSERT INTO ids VALUES ()"_s));
    o.note(u"duplicate"_s, again.exec());
    o.state(u"duplicate"_s, again);
}

void anyOrder(Observer &o, const Target &target)
{
    {
        QSqlDatabase db = target.add();
        o.note(u"open"_s, db.open());
        makeProcedures(o, db);
    }
    const int sequences = qEnvironmentVariableIsSet("PARITY_SEQUENCES")
                                  ? qEnvironmentVariableIntValue("PARITY_SEQUENCES")
                                  : 150;
    for (int seed = 1; seed <= sequences; ++seed) {
        const QString name = u"sequence%1"_s.arg(seed);
        {
            QSqlDatabase db = target.add(name);
            o.note(u"open"_s, db.open());
            Sequence(o, db, quint32(seed)).run(30);
        }
        QSqlDatabase::removeDatabase(name);
    }
}

} // namespace

std::vector<Scenario> sequenceScenarios()
{
    return {{"unused query beside CALL", 20, unusedBesideCall},
            {"ids of a prepared query", 25, idsOfAPreparedQuery},
            {"any order", 5000, anyOrder}};
}

} // namespace qproxysql::parity
