// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/openingrequest.h"

#include "connect/groupmembership.h"
#include "connect/logging.h"
#include "connect/peerhabits.h"
#include "connect/servervocabulary.h"
#include "inner/clientlibrary.h"
#include "inner/workers.h"
#include "sql/sessionsettings.h"
#include "sql/singlestatements.h"

#include <QtCore/QSet>
#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlResult>

#include <mutex>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Habit = PeerHabits::Habit;

const QLatin1String GroupMarker("qproxysql_group");
const QLatin1String CheckMarker("qproxysql_check");
const QLatin1String InitMarker("qproxysql_init");
constexpr int EmptyQuery = 1065;

// The server refuses an empty statement between two semicolons.
QString withoutTerminator(QString sql)
{
    while (!sql.isEmpty() && (sql.back().isSpace() || sql.back() == u';'))
        sql.chop(1);
    return sql;
}

bool isMariaDb(const QString &greetedVersion)
{
    return greetedVersion.contains("MariaDB"_L1, Qt::CaseInsensitive);
}

// ProxySQL, which greets as MySQL, ties a session to one backend for a SET that it does not know.
// So only known servers get one.
QStringList firstTrackingStatements(const QString &greetedVersion)
{
    QStringList statements;
    if (isMariaDb(greetedVersion))
        statements = trackingStatements(greetedVersion);
    return statements << QString();
}

ErrorClass classOf(const QSqlError &error)
{
    return classifyError(Stage::Statement, error.nativeErrorCode().toInt(), error.databaseText());
}

bool isConnectionLost(const QSqlError &error)
{
    return endsSession(classOf(error));
}

/// Such a peer would refuse further requests, too, and ProxySQL takes ten seconds for each.
bool saysNotReady(const QSqlError &error)
{
    const ErrorClass errorClass = classOf(error);
    return errorClass == ErrorClass::BackendLost || errorClass == ErrorClass::RefusedNotReady;
}

void warnOfHiddenGroup(const QString &account)
{
    static std::mutex mutex;
    static auto *const warned = new QSet<QString>;
    const std::scoped_lock lock(mutex);
    if (warned->contains(account))
        return;
    warned->insert(account);
    qCWarning(lcHealth).noquote()
            << account
            << "may not read performance_schema.replication_group_members: a member that has left "
               "its group is used unless it is read-only, and one that sees no majority is used. "
               "GRANT SELECT ON performance_schema.replication_group_members fixes this";
}

} // namespace

struct OpeningRequest::Reading
{
    explicit Reading(const InnerConnection &of)
        : driver(*of.driver())
    {
    }

    const QSqlDriver &driver;
    Part part = Part::Facts;
    bool isGroupRefused = false;
    bool hasCheckRow = false;
    bool hasSentInit = false;
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
        // Only a comment may follow the last semicolon.
        if (error.isValid() && error.nativeErrorCode().toInt() != EmptyQuery) {
            answer.error = error;
            answer.failedPart = part == Part::Group ? Part::Facts : part;
            isGroupRefused = part == Part::Group && isRefused();
        }
        return !answer.error.isValid();
    }

    void read(QSqlQuery &query)
    {
        if (!query.isSelect())
            return;
        const auto firstColumn = query.record().fieldName(0);
        if (firstColumn == GroupMarker)
            part = Part::Group;
        else if (firstColumn == CheckMarker)
            part = Part::Check;
        else if (firstColumn == InitMarker)
            beginInit();
        else if (part == Part::Facts)
            readValues(query, firstColumn);
        else if (part == Part::Group && GroupMembership::isOfMembers(firstColumn))
            GroupMembership::readMembers(query, &answer.values);
        else if (part == Part::Check && !hasCheckRow)
            readCheck(query);
    }

    void beginInit()
    {
        part = Part::Init;
        hasSentInit = true;
    }

    void readValues(QSqlQuery &query, const QString &firstColumn)
    {
        if (firstColumn.compare("Variable_name"_L1, Qt::CaseInsensitive) == 0) {
            while (query.next())
                answer.values.insert(query.value(0).toString().toLower(), query.value(1).toString());
        } else if (query.next()) {
            const auto row = query.record();
            for (int i = 0; i < row.count(); ++i)
                answer.values.insert(row.fieldName(i), row.value(i).toString());
        }
    }

    // The server refused the request for facts, but another form of it may succeed.
    bool isRefused() const
    {
        return answer.error.isValid() && answer.failedPart == Part::Facts
               && !isConnectionLost(answer.error) && !saysNotReady(answer.error);
    }

    void readCheck(QSqlQuery &query)
    {
        hasCheckRow = query.next();
        answer.check = hasCheckRow && ReadinessQuery::isTrue(query.value(0));
    }
};

OpeningRequest::OpeningRequest(const QString &checkSql, const QString &initSql,
                               const InnerConnection &connection)
    : m_connection(connection)
    , m_checkSql(withoutTerminator(checkSql))
    , m_initSql(withoutTerminator(initSql))
    , m_greetedVersion(connection.library().serverVersion(connection.mysql()))
    , m_account(connection.user() + u'@' + connection.peerName())
{
}

OpeningRequest::Answer OpeningRequest::send(Form form) const
{
    const bool isKnown = PeerHabits::has(Habit::OneStatementATime, m_connection.peerName());
    if (form == Form::Together && !isKnown) {
        Reading selection(m_connection);
        if (sendSelection(selection))
            return finished(std::move(selection));
        for (const QString &trackingSql :
             mayTrack() ? firstTrackingStatements(m_greetedVersion) : QStringList{QString()}) {
            Reading all(m_connection);
            if (sendAll(all, trackingSql))
                return finished(std::move(all));
        }
    }
    Reading oneByOne(m_connection);
    sendAlone(oneByOne);
    if (!isKnown && !oneByOne.answer.error.isValid())
        noteForm(form);
    return finished(std::move(oneByOne));
}

// A single lost connection may have another reason. The second one shows that the form is at fault.
void OpeningRequest::noteForm(Form form) const
{
    const QString &peer = m_connection.peerName();
    const bool isSure = form == Form::Together || PeerHabits::has(Habit::HungUp, peer);
    PeerHabits::note(isSure ? Habit::OneStatementATime : Habit::HungUp, peer);
}

bool OpeningRequest::mayTrack() const
{
    return !PeerHabits::has(Habit::TiesSessions, m_connection.peerName());
}

bool OpeningRequest::asksForGroup() const
{
    return !m_greetedVersion.isEmpty() && !isMariaDb(m_greetedVersion)
           && !PeerHabits::has(Habit::HidesGroup, m_account);
}

QString OpeningRequest::combined(QStringList statements) const
{
    statements.removeAll(QString());
    if (asksForGroup())
        statements << "SELECT 1 AS "_L1 + GroupMarker << GroupMembership::members();
    if (!m_checkSql.isEmpty())
        statements << "SELECT 1 AS "_L1 + CheckMarker << m_checkSql;
    if (!m_initSql.isEmpty() && PeerHabits::has(Habit::IsServer, m_connection.peerName()))
        statements << "SELECT 1 AS "_L1 + InitMarker << m_initSql;
    return statements.join("\n;"_L1); // a new line ends a "-- comment"
}

bool OpeningRequest::sendSelection(Reading &reading) const
{
    const auto known = ServerVocabulary::find(m_greetedVersion);
    if (!known)
        return false;
    const QString trackingSql = mayTrack() ? known->trackingSql : QString();
    QStringList statements{trackingSql, ReadinessQuery::select(known->variables)};
    if (known->isGalera)
        statements << ReadinessQuery::showStatus();
    reading.answer.trackingSql = trackingSql;
    reading.send(combined(statements));
    if (reading.isGroupRefused) {
        noteHiddenGroup(reading);
        reading.send(combined(statements));
    }
    if (reading.isRefused()) {
        ServerVocabulary::forget(m_greetedVersion); // it may be another build of this version
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
    const QStringList statements{trackingSql, ReadinessQuery::showVariables(),
                                 ReadinessQuery::showStatus(), ReadinessQuery::connectionId()};
    reading.answer.trackingSql = trackingSql;
    reading.send(combined(statements));
    if (reading.isGroupRefused) {
        noteHiddenGroup(reading);
        reading.send(combined(statements));
    }
    if (reading.isRefused())
        return false;
    const auto &values = reading.answer.values;
    if (!mayTrack() || !ServerVocabulary::learn(m_greetedVersion, values, trackingSql)
        || isMariaDb(m_greetedVersion) || reading.answer.error.isValid())
        return true;
    for (const QString &statement : trackingStatements(m_greetedVersion)) { // a MySQL server
        Reading tracking(m_connection);
        if (tracking.send(statement)) {
            reading.answer.trackingSql = statement;
            ServerVocabulary::learn(m_greetedVersion, values, statement);
        }
    }
    return true;
}

// A proxy that refuses several statements may refuse SHOW, too. Then only CHECK_SQL or any
// statement shows whether it serves.
void OpeningRequest::sendAlone(Reading &reading) const
{
    QStringList statements;
    if (isMariaDb(m_greetedVersion) && mayTrack())
        statements << trackingStatements(m_greetedVersion).mid(0, 1);
    const qsizetype tracking = statements.size();
    statements << ReadinessQuery::showVariables() << ReadinessQuery::showStatus()
               << ReadinessQuery::connectionId();
    const qsizetype group = statements.size();
    if (asksForGroup())
        statements << GroupMembership::members();
    QSqlError refusal;
    bool hasAnswer = false;
    for (qsizetype i = 0; i < statements.size(); ++i) {
        reading.part = i < group ? Part::Facts : Part::Group;
        const bool isAnswered = reading.send(statements.at(i));
        if (!isAnswered && !reading.isRefused()) {
            if (refusal.isValid() && isConnectionLost(reading.answer.error))
                reading.answer.error = refusal; // the proxy closed the connection after it
            return;
        }
        refusal = std::exchange(reading.answer.error, {});
        hasAnswer |= isAnswered;
        if (isAnswered && i < tracking)
            reading.answer.trackingSql = statements.at(i);
    }
    if (reading.isGroupRefused)
        noteHiddenGroup(reading);
    reading.part = Part::Facts;
    if (!hasAnswer && m_checkSql.isEmpty() && !reading.send(u"SELECT 1"_s))
        return;
    if (!m_checkSql.isEmpty()) {
        reading.part = Part::Check;
        reading.send(m_checkSql);
    }
}

// The habit expires after a minute. Until then the group name decides if it can be read.
void OpeningRequest::noteHiddenGroup(Reading &reading) const
{
    PeerHabits::note(Habit::HidesGroup, m_account);
    Reading group(m_connection);
    if (group.send(GroupMembership::groupName()) && GroupMembership::hasName(group.answer.values)) {
        PeerHabits::note(Habit::HasHiddenGroup, m_account);
        warnOfHiddenGroup(m_account);
    }
    reading.isGroupRefused = false;
    reading.part = Part::Facts;
    reading.answer.error = {};
}

// A server that is not ONLINE may have the plugin without being configured for a group, so read the
// name of the group. CHECK_SQL without a result set counts as false.
OpeningRequest::Answer OpeningRequest::finished(Reading reading) const
{
    Answer &answer = reading.answer;
    if (!answer.error.isValid() && GroupMembership::isNameMissing(answer.values)) {
        Reading group(m_connection);
        group.send(GroupMembership::groupName());
        answer.values.insert(group.answer.values);
    }
    if (PeerHabits::has(Habit::HasHiddenGroup, m_account))
        GroupMembership::noteHiddenName(&answer.values);
    if (!m_checkSql.isEmpty() && !answer.check)
        answer.check = false;
    const ulong greetedId = m_connection.library().threadId(m_connection.mysql());
    answer.isThroughProxy = ReadinessQuery::isThroughProxy(answer.values, greetedId,
                                                           m_greetedVersion);
    if (!answer.error.isValid())
        sendInit(reading);
    return answer;
}

void OpeningRequest::sendInit(Reading &reading) const
{
    Answer &answer = reading.answer;
    const QString &peer = m_connection.peerName();
    if (answer.isThroughProxy) {
        PeerHabits::forget(Habit::IsServer, peer);
    } else if (answer.values.contains("connection_id"_L1)) {
        PeerHabits::note(Habit::IsServer, peer);
    }
    if (m_initSql.isEmpty() || (reading.hasSentInit && !answer.isThroughProxy))
        return;
    reading.beginInit();
    const auto mode = LexerMode::of(answer.values.value("sql_mode"_L1));
    const bool isOneByOne = answer.isThroughProxy
                            || PeerHabits::has(Habit::OneStatementATime, peer);
    for (const QString &statement :
         isOneByOne ? singleStatements(m_initSql, mode) : QStringList{m_initSql}) {
        if (!reading.send(statement))
            return;
    }
}

} // namespace qproxysql
