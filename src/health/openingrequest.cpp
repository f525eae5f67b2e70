// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "health/openingrequest.h"

#include "health/servervocabulary.h"
#include "health/sessionsettings.h"
#include "inner/workers.h"

#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlResult>

namespace qproxysql {

namespace {

const QLatin1String CheckMarker("qproxysql_check");
const QLatin1String InitMarker("qproxysql_init");
constexpr int EmptyQuery = 1065;

// An empty statement between two semicolons is an error to the server.
QString withoutTerminator(QString sql)
{
    while (!sql.isEmpty() && (sql.back().isSpace() || sql.back() == u';'))
        sql.chop(1);
    return sql;
}

bool isMariaDb(const QString &greetedVersion)
{
    return greetedVersion.contains(QLatin1String("MariaDB"), Qt::CaseInsensitive);
}

// ProxySQL, which greets as some MySQL, ties a session to one backend for a SET that it does not
// know: what has not shown to be a server is not sent one.
QStringList firstTrackingStatements(const QString &greetedVersion)
{
    QStringList statements;
    if (isMariaDb(greetedVersion))
        statements = trackingStatements(greetedVersion);
    return statements << QString();
}

bool isConnectionLost(const QSqlError &error)
{
    return endsSession(
            classifyError(Stage::Statement, error.nativeErrorCode().toInt(), error.databaseText()));
}

} // namespace

struct OpeningRequest::Reading
{
    explicit Reading(const QSqlDriver &of)
        : driver(of)
    {
    }

    const QSqlDriver &driver;
    Part part = Part::Facts;
    bool hasCheckRow = false;
    Answer answer;

    bool send(const QString &sql)
    {
        QSqlQuery query(driver.createResult());
        bool goesOn = query.exec(sql);
        while (goesOn) {
            read(query);
            goesOn = query.nextResult();
        }
        Workers::checkpoint();
        const auto error = query.lastError();
        // What follows the last semicolon may be a comment only.
        if (error.isValid() && error.nativeErrorCode().toInt() != EmptyQuery) {
            answer.error = error;
            answer.failedPart = part;
        }
        return !answer.error.isValid();
    }

    void read(QSqlQuery &query)
    {
        if (!query.isSelect())
            return;
        const auto firstColumn = query.record().fieldName(0);
        if (firstColumn == CheckMarker)
            part = Part::Check;
        else if (firstColumn == InitMarker)
            part = Part::Init;
        else if (part == Part::Facts)
            readValues(query, firstColumn);
        else if (part == Part::Check && !hasCheckRow)
            readCheck(query);
    }

    void readValues(QSqlQuery &query, const QString &firstColumn)
    {
        if (firstColumn.compare(QLatin1String("Variable_name"), Qt::CaseInsensitive) == 0) {
            while (query.next())
                answer.values.insert(query.value(0).toString().toLower(), query.value(1).toString());
        } else if (query.next()) {
            const auto row = query.record();
            for (int i = 0; i < row.count(); ++i)
                answer.values.insert(row.fieldName(i), row.value(i).toString());
        }
    }

    // Neither done nor beyond repair: the server does not like how it was asked for the facts.
    bool isRefused() const
    {
        return answer.error.isValid() && answer.failedPart == Part::Facts
               && !isConnectionLost(answer.error);
    }

    void readCheck(QSqlQuery &query)
    {
        hasCheckRow = query.next();
        answer.check = hasCheckRow && ReadinessQuery::isTrue(query.value(0));
    }
};

OpeningRequest::OpeningRequest(const QString &checkSql, const QString &initSql,
                               const QString &greetedVersion)
    : m_checkSql(withoutTerminator(checkSql))
    , m_initSql(withoutTerminator(initSql))
    , m_greetedVersion(greetedVersion)
{
}

OpeningRequest::Answer OpeningRequest::send(const QSqlDriver &driver) const
{
    Reading selection(driver);
    if (sendSelection(selection))
        return finished(selection.answer);
    for (const QString &trackingSql : firstTrackingStatements(m_greetedVersion)) {
        Reading all(driver);
        if (sendAll(all, trackingSql))
            return finished(all.answer);
        if (isConnectionLost(all.answer.error))
            break;
    }
    Reading oneByOne(driver);
    sendAlone(oneByOne);
    return finished(oneByOne.answer);
}

QString OpeningRequest::combined(QStringList statements) const
{
    statements.removeAll(QString());
    if (!m_checkSql.isEmpty())
        statements << QLatin1String("SELECT 1 AS ") + CheckMarker << m_checkSql;
    if (!m_initSql.isEmpty())
        statements << QLatin1String("SELECT 1 AS ") + InitMarker << m_initSql;
    return statements.join(QLatin1String("\n;")); // a new line ends a "-- comment"
}

bool OpeningRequest::sendSelection(Reading &reading) const
{
    const auto known = ServerVocabulary::find(m_greetedVersion);
    if (!known)
        return false;
    QStringList statements{known->trackingSql, ReadinessQuery::select(known->variables)};
    if (known->isGalera)
        statements << ReadinessQuery::showStatus();
    reading.answer.trackingSql = known->trackingSql;
    reading.send(combined(statements));
    if (reading.isRefused()) {
        ServerVocabulary::forget(m_greetedVersion); // another build of the same version
        return false;
    }
    const auto &values = reading.answer.values;
    if (!known->isGalera && ReadinessQuery::isGalera(values) && !reading.answer.error.isValid()) {
        reading.part = Part::Facts;
        reading.send(ReadinessQuery::showStatus());
        ServerVocabulary::learn(m_greetedVersion, values, known->trackingSql);
    }
    return true;
}

bool OpeningRequest::sendAll(Reading &reading, const QString &trackingSql) const
{
    reading.answer.trackingSql = trackingSql;
    reading.send(
            combined({trackingSql, ReadinessQuery::showVariables(), ReadinessQuery::showStatus()}));
    if (reading.isRefused())
        return false;
    const auto &values = reading.answer.values;
    if (!ServerVocabulary::learn(m_greetedVersion, values, trackingSql)
        || isMariaDb(m_greetedVersion) || reading.answer.error.isValid())
        return true;
    for (const QString &statement : trackingStatements(m_greetedVersion)) { // MySQL itself, then
        Reading tracking(reading.driver);
        if (tracking.send(statement)) {
            reading.answer.trackingSql = statement;
            ServerVocabulary::learn(m_greetedVersion, values, statement);
        }
    }
    return true;
}

// A proxy that refuses several statements may refuse SHOW, too: then nothing is known that speaks
// against it, and what it tells of CHECK_SQL decides.
void OpeningRequest::sendAlone(Reading &reading) const
{
    for (const QString &statement :
         {ReadinessQuery::showVariables(), ReadinessQuery::showStatus()}) {
        if (!reading.send(statement) && isConnectionLost(reading.answer.error))
            return;
        reading.answer.error = {};
    }
    if (!m_checkSql.isEmpty()) {
        reading.part = Part::Check;
        if (!reading.send(m_checkSql))
            return;
    }
    if (!m_initSql.isEmpty()) {
        reading.part = Part::Init;
        reading.send(m_initSql);
    }
}

// CHECK_SQL that answers without any result set says nothing in favour of the server.
OpeningRequest::Answer OpeningRequest::finished(Answer answer) const
{
    if (!m_checkSql.isEmpty() && !answer.check)
        answer.check = false;
    return answer;
}

} // namespace qproxysql
