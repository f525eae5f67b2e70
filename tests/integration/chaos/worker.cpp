// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "worker.h"

#include <algorithm>

namespace chaos {

using namespace Qt::StringLiterals;

namespace {

// Long enough to be found under way by a fault, short enough for two cores and eight threads.
constexpr int ManyRows = 20'000;

} // namespace

Worker::Worker(Setup setup, Moment *moment)
    : m_setup(std::move(setup))
    , m_moment(moment)
    , m_random(m_setup.seed)
{
}

void Worker::run(const std::atomic<bool> &stop)
{
    m_database = std::make_unique<ScopedDatabase>(m_setup.hosts, m_setup.options);
    reopen();
    while (!stop) {
        const int choice = int(m_random.bounded(100));
        const Style style = m_random.bounded(2) ? Style::Text : Style::Prepared;
        if (choice < 3)
            reopen();
        else if (choice < 40)
            read(style);
        else if (choice < 70)
            insert(style);
        else if (choice < 80)
            increment(style);
        else
            transaction(m_random.bounded(2));
    }
    m_preparedRead.reset();
    m_preparedInsert.reset();
    m_preparedIncrement.reset();
    m_database.reset(); // in the thread that made it
}

bool Worker::isBusyOn(const QString &peer) const
{
    const std::lock_guard lock(m_busyMutex);
    return m_busyOn == peer;
}

bool Worker::timed(const QString &kind, const std::function<bool()> &call)
{
    const QString peer = m_database->currentPeer();
    {
        const std::lock_guard lock(m_busyMutex);
        m_busyOn = peer;
    }
    const auto started = Moment::Clock::now();
    const bool succeeded = call();
    const auto ended = Moment::Clock::now();
    m_fault = m_moment->fault(); // what was under way when it struck belongs to it
    {
        const std::lock_guard lock(m_busyMutex);
        m_busyOn.clear();
    }
    m_moment->noteCall(peer, started, ended);
    m_calls.noteCall(kind, ended - started, m_fault);
    return succeeded;
}

bool Worker::exec(const QString &kind, const QString &sql)
{
    QSqlQuery query(m_database->get());
    const bool succeeded = timed(kind, [&] { return query.exec(sql); });
    m_error = query.lastError();
    m_value = succeeded && query.next() ? query.value(0) : QVariant();
    return succeeded;
}

// Prepared once for as long as the connection is open, as applications do.
bool Worker::execPrepared(const QString &kind, std::unique_ptr<QSqlQuery> &query,
                          const QString &sql, const QVariantList &values)
{
    if (!query) {
        query = std::make_unique<QSqlQuery>(m_database->get());
        if (!timed(u"prepare"_s, [&] { return query->prepare(sql); })) {
            m_error = query->lastError();
            query.reset();
            return false;
        }
    }
    for (qsizetype i = 0; i < values.size(); ++i)
        query->bindValue(int(i), values.at(i));
    const bool succeeded = timed(kind, [&] { return query->exec(); });
    m_error = query->lastError();
    m_value = succeeded && query->next() ? query->value(0) : QVariant();
    query->finish();
    return succeeded;
}

void Worker::reopen()
{
    m_preparedRead.reset();
    m_preparedInsert.reset();
    m_preparedIncrement.reset();
    m_database->get().close();
    if (!timed(u"open"_s, [this] { return m_database->open(); })) {
        m_error = m_database->error();
        m_calls.noteFailure(u"open"_s, described(), false);
    }
}

void Worker::read(Style style)
{
    const int rows = m_random.bounded(3) == 0 ? ManyRows : 10;
    const QString table = u"seq_1_to_%1"_s.arg(rows);
    bool succeeded = false;
    if (style == Style::Text) {
        succeeded = exec(u"read, text"_s, u"SELECT MAX(seq) FROM "_s + table);
    } else {
        succeeded = execPrepared(u"read, prepared"_s, m_preparedRead,
                                 u"SELECT COUNT(*) FROM seq_1_to_%1 WHERE seq <= ?"_s.arg(ManyRows),
                                 {rows});
    }
    if (!succeeded)
        m_calls.noteFailure(u"read"_s, described(), false);
    else if (m_value.toInt() != rows)
        m_calls.noteFailure(u"read, wrong value"_s, m_value.toString(), false);
}

void Worker::insert(Style style)
{
    const quint64 token = quint64(m_setup.number) << 32 | ++m_lastToken;
    const QString number = QString::number(token);
    bool succeeded = false;
    if (style == Style::Prepared)
        succeeded = execPrepared(u"insert, prepared"_s, m_preparedInsert,
                                 u"INSERT INTO ledger VALUES (?, ?)"_s, {token, 0});
    else if (m_random.bounded(3) == 0)
        succeeded = exec(u"insert, slow"_s,
                         u"INSERT INTO ledger SELECT %1, COUNT(*) FROM seq_1_to_%2"_s.arg(number)
                                 .arg(ManyRows));
    else
        succeeded = exec(u"insert, text"_s, u"INSERT INTO ledger VALUES (%1, 0)"_s.arg(number));
    m_ledger.note(token, 1, succeeded ? Fate::Acknowledged : writeFailed(u"insert"_s));
}

void Worker::increment(Style style)
{
    const QString sql = u"UPDATE hot SET n = n + ? WHERE id = 1"_s;
    const bool succeeded = style == Style::Prepared
                                   ? execPrepared(u"increment, prepared"_s, m_preparedIncrement,
                                                  sql, {1})
                                   : exec(u"increment, text"_s, QString(sql).replace(u'?', u'1'));
    m_ledger.noteIncrement(succeeded ? Fate::Acknowledged : writeFailed(u"increment"_s));
}

void Worker::transaction(bool inSql)
{
    const quint64 token = quint64(m_setup.number) << 32 | ++m_lastToken;
    if (!begin(inSql)) {
        m_calls.noteFailure(u"begin"_s, described(), false);
        m_ledger.note(token, 2, Fate::NotDone);
        end(inSql, false);
        return;
    }
    if (!insertPart(token, 1) || !insertPart(token, 2)) {
        m_ledger.note(token, 2, transactionFailed(u"statement"_s));
        if (!end(inSql, false))
            m_calls.noteFailure(u"rollback"_s, described(), false);
        return;
    }
    const bool commits = m_random.bounded(4) > 0;
    const bool succeeded = end(inSql, commits);
    Fate fate = commits ? Fate::Acknowledged : Fate::NotDone;
    if (!succeeded && commits)
        fate = transactionFailed(u"commit"_s);
    else if (!succeeded)
        m_calls.noteFailure(u"rollback"_s, described(), false);
    m_ledger.note(token, 2, fate);
}

bool Worker::begin(bool inSql)
{
    if (inSql)
        return exec(u"begin, SQL"_s, u"START TRANSACTION"_s);
    const bool succeeded = timed(u"begin"_s, [this] { return m_database->get().transaction(); });
    m_error = m_database->error();
    return succeeded;
}

bool Worker::end(bool inSql, bool commits)
{
    if (inSql)
        return exec(commits ? u"commit, SQL"_s : u"rollback, SQL"_s,
                    commits ? u"COMMIT"_s : u"ROLLBACK"_s);
    const bool succeeded = timed(commits ? u"commit"_s : u"rollback"_s, [this, commits] {
        return commits ? m_database->get().commit() : m_database->get().rollback();
    });
    m_error = m_database->error();
    return succeeded;
}

bool Worker::insertPart(quint64 token, int part)
{
    if (m_random.bounded(2))
        return execPrepared(u"in transaction"_s, m_preparedInsert,
                            u"INSERT INTO ledger VALUES (?, ?)"_s, {token, part});
    return exec(u"in transaction"_s, u"INSERT INTO ledger VALUES (%1, %2)"_s.arg(token).arg(part));
}

Fate Worker::writeFailed(const QString &kind)
{
    const bool isUnknown = isOneOf({"Outcome unknown"});
    m_calls.noteFailure(kind + u": "_s + (isUnknown ? u"outcome unknown"_s : u"other"_s),
                        described(), isUnknown);
    return fateOf(isUnknown);
}

// Whatever else happens to a transaction, it is replayed.
Fate Worker::transactionFailed(const QString &step)
{
    const bool isUnknown = isOneOf({"Outcome unknown"});
    const QString what = isUnknown                       ? u"outcome unknown"_s
                         : isOneOf({"Transaction lost"}) ? u"transaction lost"_s
                                                         : u"other"_s;
    // Only a COMMIT can have done what nobody knows.
    m_calls.noteFailure(u"transaction, %1: %2"_s.arg(step, what), described(),
                        isUnknown && step == u"commit"_s);
    return fateOf(isUnknown);
}

Fate Worker::fateOf(bool isUnknown)
{
    if (!isUnknown)
        return Fate::NotDone;
    m_ledger.noteUnknown(m_fault, described());
    return Fate::Unknown;
}

bool Worker::isOneOf(std::initializer_list<const char *> driverTexts) const
{
    return std::any_of(driverTexts.begin(), driverTexts.end(), [this](const char *text) {
        return m_error.driverText() == u"QPROXYSQL: "_s + QString::fromLatin1(text);
    });
}

QString Worker::described() const
{
    return u"%1 [%2] %3 (thread %4, fault %5)"_s
            .arg(m_error.driverText(), m_error.nativeErrorCode(), m_error.databaseText())
            .arg(m_setup.number)
            .arg(m_fault);
}

} // namespace chaos
