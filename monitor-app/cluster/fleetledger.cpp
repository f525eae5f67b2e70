// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/fleetledger.h"

#include "cluster/ctltexts.h"
#include "config/enumname.h"
#include "drain/drainrequestjson.h"
#include "inner/workers.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QRandomGenerator>
#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

#include <algorithm>
#include <chrono>
#include <thread>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int MostConflicts = 20;
constexpr quint64 MostLogged = quint64(1) << 63;

/// Deadlock or failed certification, lock wait time-out, the log's number is taken, the row has
/// changed.
bool isConflict(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt();
    return code == 1213 || code == 1205 || code == 1062 || code == 1020;
}

/// read_only, in a read-only transaction, --innodb-read-only, super_read_only.
bool isReadOnlyServer(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt();
    return code == 1290 || code == 1792 || code == 1836 || code == 1874;
}

QByteArray identitiesJson(const DrainRequest &entry)
{
    return QJsonDocument(QJsonArray::fromStringList(entry.identities)).toJson(QJsonDocument::Compact);
}

QByteArray moreJson(const DrainRequest &entry)
{
    return QJsonDocument(additionsOf(entry)).toJson(QJsonDocument::Compact);
}

/// A null string would be written as NULL.
QString textOf(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

} // namespace

QString FleetLedger::sessionSql()
{
    // Longer than the lock wait time-outs, so that those are reported as such.
    return u"SET autocommit = 1, lock_wait_timeout = 3, innodb_lock_wait_timeout = 3 /*M!100101 , "
           "max_statement_time = 5 *//*!50708 , max_execution_time = 5000 */"_s;
}

FleetLedger::FleetLedger(const QSqlDriver &driver, const ControlSchema &schema,
                         const ServerFacts &facts)
    : m_driver(driver)
    , m_schema(schema)
    , m_isGalera(!facts.clusterId.isEmpty())
{
}

FleetLedger::Result FleetLedger::change(const Decision &decide) const
{
    // Wait for all earlier commits of the cluster before the decision.
    if (m_isGalera) {
        if (const auto error = run(u"SET wsrep_sync_wait = 1"_s))
            return resultOf(*error).value_or(Result{Result::Failed, error->databaseText()});
    }
    for (int conflicts = 0; conflicts < MostConflicts; ++conflicts) {
        if (const auto result = attempt(decide))
            return *result;
        (void) run(u"ROLLBACK"_s);
        std::this_thread::sleep_for(
                std::chrono::milliseconds(5 + QRandomGenerator::global()->bounded(20)));
    }
    return {Result::Unwritable, CtlTexts::tr("others were writing all the time")};
}

/// Nothing: another writer was first; try again.
std::optional<FleetLedger::Result> FleetLedger::attempt(const Decision &decide) const
{
    if (const auto error = run(u"START TRANSACTION"_s))
        return resultOf(*error);
    const DrainTable::Reading rows = DrainTable(m_schema).read(m_driver,
                                                               DrainTable::Lock::ForUpdate);
    if (rows.state != DrainTable::Reading::Good)
        return resultOf(
                QSqlError({}, rows.error, QSqlError::StatementError, QString::number(rows.code)));
    const auto entries = decide(rows);
    if (!entries || entries->isEmpty()) {
        (void) run(u"ROLLBACK"_s);
        return Result{entries ? Result::Done : Result::Refused, {}};
    }
    if (const auto error = write(*entries))
        return resultOf(*error);
    if (const auto error = run(u"COMMIT"_s))
        return resultOf(*error);
    return Result{Result::Done, {}};
}

std::optional<QSqlError> FleetLedger::write(const QList<DrainRequest> &entries) const
{
    QSqlQuery last(m_driver.createResult());
    // A row that was added by hand may have the highest possible number.
    if (!last.exec(u"SELECT COALESCE(MAX(id), 0) FROM %1 WHERE id < %2"_s.arg(m_schema.logTable())
                           .arg(MostLogged))
        || !last.next())
        return last.lastError();
    quint64 number = last.value(0).toULongLong();
    if (number + quint64(entries.size()) >= MostLogged)
        return QSqlError({},
                         CtlTexts::tr(
                                 "%1 has the id %2, and too few are left above it: delete that row")
                                 .arg(m_schema.logTable())
                                 .arg(number),
                         QSqlError::UnknownError);
    const QString addToLog =
            u"INSERT INTO %1 (id, peer, pool, state, generation, reason, requested_by, account, "
            "requested_at) VALUES (?, ?, ?, ?, ?, ?, ?, CURRENT_USER(), ?)"_s.arg(
                    m_schema.logTable());
    const QString put =
            u"INSERT INTO %1 (peer, pool, state, generation, reason, requested_by, requested_at, "
            "identities, more, format) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY "
            "UPDATE state = VALUES(state), generation = VALUES(generation), "
            "reason = VALUES(reason), requested_by = VALUES(requested_by), "
            "requested_at = VALUES(requested_at), identities = VALUES(identities), "
            "more = VALUES(more), format = VALUES(format)"_s.arg(m_schema.drainTable());
    for (const DrainRequest &entry : entries) {
        const QVariantList both{entry.key().first,
                                textOf(entry.pool),
                                wordOf(entry.service),
                                entry.generation,
                                textOf(entry.reason),
                                textOf(entry.requestedBy),
                                entry.at.toUTC().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s)};
        if (auto error = run(addToLog, QVariantList{++number} + both))
            return error;
        const QVariant more = additionsOf(entry).isEmpty()
                                      ? QVariant(QMetaType::fromType<QString>())
                                      : QString::fromUtf8(moreJson(entry));
        const QString identities = QString::fromUtf8(identitiesJson(entry));
        if (auto error = run(put, both + QVariantList{identities, more, ControlSchema::Format}))
            return error;
    }
    return {};
}

std::optional<QSqlError> FleetLedger::run(const QString &sql, const QVariantList &values) const
{
    QSqlQuery query(m_driver.createResult());
    bool isOk = false;
    if (values.isEmpty()) {
        isOk = query.exec(sql);
    } else {
        isOk = query.prepare(sql);
        for (const QVariant &value : values)
            query.addBindValue(value);
        isOk = isOk && query.exec();
    }
    Workers::checkpoint();
    return isOk ? std::nullopt : std::optional(query.lastError());
}

std::optional<FleetLedger::Result> FleetLedger::resultOf(const QSqlError &error) const
{
    if (isConflict(error))
        return {};
    const QString text = (error.nativeErrorCode() + u' ' + error.databaseText()).trimmed();
    if (isReadOnlyServer(error))
        return Result{Result::Unwritable, text};
    switch (DrainTable::stateOf(error)) {
    case DrainTable::Reading::Missing:
        return Result{Result::Missing, text};
    case DrainTable::Reading::NoRights:
        return Result{Result::NoRights, text};
    case DrainTable::Reading::Lost:
        return Result{Result::Unwritable, text};
    case DrainTable::Reading::Good:
    case DrainTable::Reading::Failed:
        break;
    }
    return Result{Result::Failed, text};
}

bool FleetLedger::fits(const DrainRequest &entry)
{
    return identitiesJson(entry).size() <= DrainTable::MostJson
           && moreJson(entry).size() <= DrainTable::MostJson;
}

QList<DrainRequest> FleetLedger::outdated(const DrainTable::Reading &rows,
                                          const QList<DrainRequest> &newest)
{
    QList<DrainRequest> missing;
    for (const DrainRequest &entry : newest) {
        const bool isThere = std::ranges::any_of(rows.entries, [&entry](const DrainRequest &row) {
            return row.key() == entry.key() && row.generation >= entry.generation;
        });
        if (!isThere && !rows.newerFormat.contains(entry.key())
            && !DrainTable::isOfNewerFormat(entry))
            missing.append(entry);
    }
    return missing;
}

} // namespace qproxysql
