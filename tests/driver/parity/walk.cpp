// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "parity/bindkinds.h"
#include "parity/generator.h"
#include "parity/scenarios.h"

#include <QtSql/QSqlError>
#include <QtSql/QSqlIndex>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

#include <array>
#include <optional>

namespace qproxysql::parity {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *WalkTexts[] = {"SELECT * FROM w ORDER BY id",
                                     "SELECT * FROM w ORDER BY id; SELECT 2; DO 1",
                                     "INSERT INTO w(s) VALUES ('text')",
                                     "UPDATE w SET s = 'u' WHERE id < 4",
                                     "DELETE FROM w WHERE id > 10",
                                     "CALL two()",
                                     "SELECT nothing",
                                     "SHOW COLUMNS FROM w"};
constexpr const char *WalkPrepared[] = {"SELECT * FROM w WHERE id >= ? OR s = ? ORDER BY id",
                                        "SELECT ?, s, ? FROM w ORDER BY id",
                                        "INSERT INTO w(s, d) VALUES (?, ?)",
                                        "UPDATE w SET s = ? WHERE id = ?",
                                        "SELECT COUNT(*) FROM w WHERE id > :a AND id < :b",
                                        "INSERT INTO w(id, s) VALUES (?, ?)",
                                        "SELECT nothing FROM w WHERE id = ? OR id = ?"};
constexpr QSql::NumericalPrecisionPolicy WalkPolicies[] = {QSql::LowPrecisionInt32,
                                                           QSql::LowPrecisionInt64,
                                                           QSql::LowPrecisionDouble,
                                                           QSql::HighPrecision};

/// 200 drawn calls on three queries of one connection, all of QSqlQuery's and QSqlDatabase's.
class Walk
{
public:
    Walk(Observer &observer, QSqlDatabase db, quint32 seed)
        : m_observer(observer)
        , m_db(std::move(db))
        , m_generator(seed)
        , m_kinds(bindKinds())
    {
    }

    void run()
    {
        for (m_step = 0; m_step < 200; ++m_step) {
            Slot &slot = m_slots[size_t(m_generator.below(int(m_slots.size())))];
            if (!slot.query)
                slot.query.emplace(m_db);
            call(slot);
            if (slot.query)
                m_observer.state(m_call + u" state"_s, *slot.query);
            m_observer.noteError(u"database"_s, m_db.lastError());
        }
    }

private:
    struct Slot
    {
        std::optional<QSqlQuery> query;
        bool isPrepared = false; ///< may be executed with two values
        bool isPast = false;     ///< asked for the next result: executing crashes QMYSQL
    };

    QString drawn(const QString &what)
    {
        m_call = u"%1 %2"_s.arg(m_step).arg(what);
        return m_call;
    }

    void note(const QString &what, const QVariant &result) { m_observer.note(drawn(what), result); }

    void call(Slot &slot)
    {
        using Call = void (Walk::*)(Slot &);
        static constexpr Call calls[] = {&Walk::text,    &Walk::text,       &Walk::prepare,
                                         &Walk::prepare, &Walk::exec,       &Walk::exec,
                                         &Walk::exec,    &Walk::exec,       &Walk::bind,
                                         &Walk::bind,    &Walk::move,       &Walk::move,
                                         &Walk::move,    &Walk::read,       &Walk::read,
                                         &Walk::finish,  &Walk::clear,      &Walk::destroy,
                                         &Walk::option,  &Walk::onDatabase, &Walk::nextResult};
        (this->*m_generator.oneOf(calls))(slot);
    }

    void text(Slot &slot)
    {
        const QLatin1StringView sql(m_generator.oneOf(WalkTexts));
        m_observer.section(sql);
        note(u"exec "_s + sql, slot.query->exec(sql));
        slot.isPrepared = slot.isPast = false;
    }

    void prepare(Slot &slot)
    {
        const QLatin1StringView sql(m_generator.oneOf(WalkPrepared));
        m_observer.section(sql);
        note(u"prepare "_s + sql, slot.query->prepare(sql));
        slot.isPrepared = true;
        slot.isPast = false;
        for (int i = 0; i < 2; ++i)
            slot.query->bindValue(i, m_generator.oneOf(m_kinds).value);
    }

    // The client library crashes when a statement is executed again while results of a text are pending;
    // a query that goes away discards them.
    void exec(Slot &slot)
    {
        if (!slot.isPrepared || slot.isPast)
            return;
        QSqlQuery(m_db).clear();
        note(u"exec"_s, slot.query->exec());
    }

    void bind(Slot &slot)
    {
        if (!slot.isPrepared)
            return;
        const BindKind kind = m_generator.oneOf(m_kinds);
        const int position = m_generator.below(2);
        slot.query->bindValue(position, kind.value);
        note(u"bind "_s + QLatin1StringView(kind.name), slot.query->boundValue(position));
    }

    // Not last() of a forward-only query, which stands on no row then, where value() crashes QMYSQL.
    void move(Slot &slot)
    {
        QSqlQuery &query = *slot.query;
        switch (m_generator.below(6)) {
        case 0:
            note(u"first"_s, query.first());
            break;
        case 1:
            note(u"previous"_s, query.previous());
            break;
        case 2:
            if (!query.isForwardOnly())
                note(u"last"_s, query.last());
            break;
        case 3:
            note(u"seek"_s, query.seek(m_generator.below(12) - 2));
            break;
        case 4:
            note(u"seek by"_s, query.seek(m_generator.below(8) - 3, true));
            break;
        default:
            note(u"next"_s, query.next());
        }
    }

    void read(Slot &slot)
    {
        note(u"record"_s, slot.query->record().count());
        m_observer.note(u"record"_s, slot.query->record());
        if (slot.query->isValid())
            m_observer.row(u"row"_s, *slot.query, slot.query->record().count());
    }

    void finish(Slot &slot)
    {
        slot.query->finish();
        drawn(u"finish"_s);
    }

    void clear(Slot &slot)
    {
        slot.query->clear();
        slot = {std::move(slot.query)};
        drawn(u"clear"_s);
    }

    void destroy(Slot &slot)
    {
        slot = {};
        drawn(u"destroy"_s);
    }

    // Not while rows are there: a seek in a query that becomes forward-only is another one.
    void option(Slot &slot)
    {
        slot.query->setNumericalPrecisionPolicy(m_generator.oneOf(WalkPolicies));
        if (!slot.query->isActive())
            slot.query->setForwardOnly(m_generator.chance(40));
        drawn(u"options"_s);
    }

    void onDatabase(Slot &)
    {
        switch (m_generator.below(6)) {
        case 0:
            note(u"transaction"_s, m_db.transaction());
            break;
        case 1:
            note(u"commit"_s, m_db.commit());
            break;
        case 2:
            note(u"rollback"_s, m_db.rollback());
            break;
        case 3:
            note(u"tables"_s, m_db.tables());
            break;
        case 4:
            m_observer.note(drawn(u"record"_s), m_db.record(u"w"_s));
            break;
        case 5:
            note(u"primary key"_s, m_db.primaryIndex(u"w"_s).count());
            break;
        }
    }

    void nextResult(Slot &slot)
    {
        note(u"nextResult"_s, slot.query->nextResult());
        slot.isPast = slot.isPrepared;
    }

    Observer &m_observer;
    QSqlDatabase m_db;
    Generator m_generator;
    const std::vector<BindKind> m_kinds;
    std::array<Slot, 3> m_slots;
    QString m_call;
    int m_step = 0;
};

void walks(Observer &o, const Target &target)
{
    for (quint32 walk = 0; walk < 12; ++walk) {
        {
            const QSqlDatabase db = target.open(o);
            QSqlQuery query(db);
            for (const char *const sql :
                 {"SET sql_mode = '', timestamp = 1700000000",
                  "CREATE OR REPLACE TABLE w(id INT PRIMARY KEY AUTO_INCREMENT, s VARCHAR(20), "
                  "d DECIMAL(8,2))",
                  "INSERT INTO w(s, d) VALUES ('a', 1), ('b', 2.5), (NULL, NULL), ('d', -1)",
                  "CREATE OR REPLACE PROCEDURE two() BEGIN SELECT 1; SELECT s FROM w; END"})
                o.note(QLatin1StringView(sql), query.exec(QLatin1StringView(sql)));
            query.clear();
            Walk(o, db, target.seed() * 1000 + walk).run();
        }
        QSqlDatabase::removeDatabase(u"parity"_s);
    }
}

} // namespace

std::vector<Scenario> walkScenarios()
{
    return {{"walks", 15'000, walks, true}};
}

} // namespace qproxysql::parity
