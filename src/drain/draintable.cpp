// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/draintable.h"

#include "config/coretexts.h"
#include "connect/errorclassification.h"
#include "drain/drainrequestjson.h"
#include "drain/plaintext.h"
#include "inner/workers.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlResult>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto RowFormatKey = "format"_L1;

bool hasValue(const QSqlRecord &row, const QString &column)
{
    return row.contains(column) && !row.value(column).isNull();
}

/// The column's JSON; undefined when it is invalid or too long.
QJsonValue jsonOf(const QSqlRecord &row, const QString &column)
{
    const QByteArray text = row.value(column).toString().toUtf8();
    if (text.isEmpty())
        return QJsonValue::Null;
    if (text.size() > DrainTable::MostJson)
        return QJsonValue::Undefined;
    const QJsonDocument json = QJsonDocument::fromJson(text);
    return json.isArray()    ? QJsonValue(json.array())
           : json.isObject() ? QJsonValue(json.object())
                             : QJsonValue(QJsonValue::Undefined);
}

QString keyText(const QSqlRecord &row)
{
    constexpr qsizetype Longest = 100;
    const QString pool = plainText(row.value(u"pool"_s).toString(), Longest);
    const QString peer = plainText(row.value(u"peer"_s).toString(), Longest);
    return pool.isEmpty() ? CoreTexts::tr("the row of \"%1\"").arg(peer)
                          : CoreTexts::tr("the row of \"%1\" in pool %2").arg(peer, pool);
}

} // namespace

QString DrainTable::sessionSql()
{
    // The name and the unit of the limit differ between MariaDB and MySQL.
    return u"SET autocommit = 1, lock_wait_timeout = 2 /*M!100101 , max_statement_time = 3 "
           u"*//*!50708 "
           ", max_execution_time = 3000 */"_s;
}

DrainTable::DrainTable(const ControlSchema &schema)
    : m_schema(schema)
{
}

DrainTable::Reading::State DrainTable::stateOf(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt();
    switch (code) {
    case 1049:
    case 1146:
        return Reading::Missing;
    case 1044: // schema, table, column, right, routine
    case 1142:
    case 1143:
    case 1227:
    case 1370:
        return Reading::NoRights;
    default:
        break;
    }
    const ErrorClass errorClass = classifyError(Stage::Statement, code, error.databaseText());
    return endsSession(errorClass) || errorClass == ErrorClass::RefusedNotReady ? Reading::Lost
                                                                                : Reading::Failed;
}

bool DrainTable::isOfNewerFormat(const DrainRequest &entry)
{
    return entry.rest.value(RowFormatKey).toInteger(0) > ControlSchema::Format;
}

Expected<DrainRequest> DrainTable::entryOf(const QSqlRecord &row)
{
    const auto refuse = [](const QString &column, const QString &allowed) {
        return Unexpected(CoreTexts::tr("column %1 is missing or not understood; allowed is %2")
                                  .arg(column, allowed));
    };
    const qlonglong format = hasValue(row, u"format"_s) ? row.value(u"format"_s).toLongLong()
                                                        : ControlSchema::Format;
    if (format < 1)
        return refuse(u"format"_s, CoreTexts::tr("a whole number from 1"));
    const QString state = row.value(u"state"_s).toString();
    if (state != "draining"_L1 && state != "inService"_L1)
        return refuse(u"state"_s, u"\"draining\", \"inService\""_s);
    const QJsonValue identities = jsonOf(row, u"identities"_s);
    if (!identities.isNull() && !identities.isArray())
        return refuse(u"identities"_s,
                      CoreTexts::tr("a list in JSON of at most %1 bytes").arg(MostJson));
    const QJsonValue more = jsonOf(row, u"more"_s);
    if (!more.isNull() && !more.isObject())
        return refuse(u"more"_s,
                      CoreTexts::tr("an object in JSON of at most %1 bytes").arg(MostJson));
    bool isNumber = false;
    const quint64 generation = row.value(u"generation"_s).toULongLong(&isNumber);
    if (!isNumber || generation < 1 || generation > DrainRequest::MaxGeneration)
        return refuse(u"generation"_s,
                      CoreTexts::tr("a whole number from 1 to %1").arg(DrainRequest::MaxGeneration));
    QDateTime at = row.value(u"requested_at"_s).toDateTime();
    at.setTimeSpec(Qt::UTC);

    // Everything else follows the rules of the file.
    QJsonObject object = more.toObject();
    object.remove(RowFormatKey);
    if (format > ControlSchema::Format)
        object.insert(RowFormatKey, format);
    object.insert("peer"_L1, row.value(u"peer"_s).toString());
    object.insert("pool"_L1, row.value(u"pool"_s).toString());
    object.insert("service"_L1, state);
    object.insert("generation"_L1, qint64(generation));
    object.insert("reason"_L1, row.value(u"reason"_s).toString());
    object.insert("requestedBy"_L1, row.value(u"requested_by"_s).toString());
    object.insert("at"_L1, at.toString(Qt::ISODateWithMs));
    object.insert("identities"_L1, identities.toArray());
    auto entry = drainRequestOf(object);
    if (entry && !dropSocketNames(&entry->peer, &entry->identities))
        return refuse(u"peer"_s, CoreTexts::tr("a name that means one server on all machines, "
                                               "which the path of a socket does not"));
    return entry;
}

DrainTable::Reading DrainTable::read(const QSqlDriver &driver, Lock lock) const
{
    Reading reading;
    // One character more than allowed is read, to detect values that are too long.
    QString sql = u"SELECT peer, pool, state, generation, reason, requested_by, requested_at, "
                  "LEFT(identities, %3) AS identities, LEFT(more, %3) AS more, format FROM %1 "
                  "ORDER BY generation DESC LIMIT %2"_s.arg(m_schema.drainTable())
                          .arg(MostRows + 1)
                          .arg(MostJson + 1);
    if (lock == Lock::ForUpdate)
        sql += " FOR UPDATE"_L1;
    QSqlQuery query(driver.createResult());
    const bool isOk = query.exec(sql);
    Workers::checkpoint();
    if (!isOk) {
        const QSqlError error = query.lastError();
        reading.state = stateOf(error);
        reading.code = error.nativeErrorCode().toInt();
        reading.error = error.databaseText();
        return reading;
    }
    reading.state = Reading::Good;
    for (int rows = 0; query.next(); ++rows) {
        if (rows == MostRows) {
            reading.leftOut.append(
                    CoreTexts::tr("there are more than %1 rows, and the oldest are not read")
                            .arg(MostRows));
            break;
        }
        const QSqlRecord row = query.record();
        if (const auto entry = entryOf(row)) {
            if (isOfNewerFormat(*entry))
                reading.newerFormat.insert(entry->key());
            reading.entries.append(*entry);
        } else {
            reading.leftOut.append(CoreTexts::tr("%1: %2").arg(keyText(row), entry.error()));
        }
    }
    return reading;
}

} // namespace qproxysql
