// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/commitsupport.h"

#include "commits/commitreach.h"
#include "commits/logging.h"
#include "config/coretexts.h"
#include "connect/groupmembership.h"
#include "inner/innerconnection.h"
#include "inner/workers.h"
#include "pool/clock.h"

#include <QtCore/QVariant>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

#include <map>
#include <mutex>
#include <set>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Answer = Expected<CommitSupport, QSqlError>;
using Settings = QHash<QString, QString>;

constexpr auto GoodFor = 60s;
constexpr auto RefusedFor = 3s;
constexpr int TooManyStatements = 1461;

/// What servers have answered. Process-wide, never destroyed, thread-safe.
class Answers
{
public:
    static Answers &instance()
    {
        static auto *answers = new Answers;
        return *answers;
    }

    /// What makes a good answer wrong, without the session being lost, is an error of the token's INSERT. So
    /// sessions that existed when it was given need no other one: no COMMIT has to wait for that.
    std::optional<Answer> find(const QString &key, Clock::time_point opened,
                               Clock::time_point now) const
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known.find(key);
        if (known == m_known.end())
            return {};
        const auto &[answer, given] = known->second;
        const bool isValid = answer ? opened <= given || now < given + GoodFor
                                    : now < given + RefusedFor;
        return isValid ? std::optional(answer) : std::nullopt;
    }

    void note(const QString &key, const Answer &answer, Clock::time_point now)
    {
        const std::lock_guard lock(m_mutex);
        m_known.insert_or_assign(key, std::pair(answer, now));
    }

    bool isFirstWarning(const QString &domain)
    {
        const std::lock_guard lock(m_mutex);
        return m_warned.insert(domain).second;
    }

private:
    mutable std::mutex m_mutex;
    std::map<QString, std::pair<Answer, Clock::time_point>> m_known; ///< and when it was given
    std::set<QString> m_warned;
};

QSqlError refusal(const QString &text, const QString &code = {})
{
    return {CoreTexts::tr("Commits exactly once (EXACTLY_ONCE) are not possible on this server"),
            text, QSqlError::StatementError, code};
}

bool isSessionLost(const QSqlError &error)
{
    return endsSession(
            classifyError(Stage::Statement, error.nativeErrorCode().toInt(), error.databaseText()));
}

QSqlError refusalOf(const QSqlError &error, const CommitTable &table)
{
    if (isSessionLost(error))
        return error;
    const QString server = error.nativeErrorCode() + u' ' + error.databaseText();
    switch (error.nativeErrorCode().toInt()) {
    case 1049: // schema, table
    case 1146:
        return refusal(CoreTexts::tr(
                               "the table %1 is missing (%2): \"qproxysql-ctl init\" makes it")
                               .arg(table.name(), server),
                       error.nativeErrorCode());
    case 1044: // schema, table, column
    case 1142:
    case 1143:
        return refusal(CoreTexts::tr(
                               "the account lacks a right (%2): it needs GRANT SELECT, INSERT, "
                               "DELETE ON %1; \"qproxysql-ctl init\" makes the table")
                               .arg(table.name(), server),
                       error.nativeErrorCode());
    case 1054:
        return refusal(CoreTexts::tr("the table %1 has other columns (%2): remove it, and run "
                                     "\"qproxysql-ctl init\"")
                               .arg(table.name(), server),
                       error.nativeErrorCode());
    default:
        return refusal(CoreTexts::tr("the table %1 cannot be used (%2)").arg(table.name(), server),
                       error.nativeErrorCode());
    }
}

// A server checks the rights when it prepares a statement, and does not yet refuse because it is read-only.
std::optional<QSqlError> rightsMissing(const QSqlDriver &driver, const CommitTable &table)
{
    for (const QString &statement : table.uses()) {
        QSqlQuery query(driver.createResult());
        const bool isOk = query.prepare(statement);
        Workers::checkpoint();
        if (!isOk && query.lastError().nativeErrorCode().toInt() != TooManyStatements)
            return refusalOf(query.lastError(), table);
    }
    return {};
}

std::optional<QSqlError> wrongShape(const QSqlDriver &driver, const CommitTable &table)
{
    QSqlQuery query(driver.createResult());
    const bool isOk = query.exec(table.shape());
    Workers::checkpoint();
    if (!isOk)
        return refusalOf(query.lastError(), table);
    if (!query.next() || query.value(0).toInt() != 1)
        return refusal(CoreTexts::tr("%1 is no table of InnoDB with the columns that belong to it: "
                                     "remove it, and run \"qproxysql-ctl init\"")
                               .arg(table.name()));
    return {};
}

// Variables that a server does not have are left out. Everybody may read them. The limit is against
// sql_select_limit, which concerns SHOW, too.
Expected<Settings, QSqlError> settingsOf(const PeerSession &session)
{
    const QString from = session.facts().flavour == ServerFlavour::MySql
                                 ? u"performance_schema.global_variables"_s
                                 : u"information_schema.GLOBAL_VARIABLES"_s;
    QSqlQuery query(session.driver()->createResult());
    const bool isOk = query.exec(
            u"SELECT LOWER(VARIABLE_NAME), VARIABLE_VALUE FROM %1 WHERE VARIABLE_NAME IN "
            "('innodb_flush_log_at_trx_commit','group_replication_group_name','binlog_do_db',"
            "'binlog_ignore_db') LIMIT 9"_s.arg(from));
    Workers::checkpoint();
    if (!isOk)
        return Unexpected(query.lastError());
    Settings settings;
    while (query.next())
        settings.insert(query.value(0).toString(), query.value(1).toString());
    return settings;
}

/// A member that is apart from its group would commit alone.
Expected<QString, QSqlError> groupDomain(const PeerSession &session, const Settings &settings)
{
    const ServerFacts &facts = session.facts();
    GroupStanding standing = facts.standing;
    if (standing != GroupStanding::Online)
        standing = GroupMembership::ask(*session.driver(), facts.identities);
    const QString name = settings.value(u"group_replication_group_name"_s);
    if (standing == GroupStanding::Unknown || name.isEmpty())
        return Unexpected(refusal(CoreTexts::tr("whether the server is in its replication group is "
                                                "unknown: it needs GRANT SELECT ON "
                                                "performance_schema.replication_group_members")));
    if (standing != GroupStanding::Online)
        return Unexpected(refusal(CoreTexts::tr("the server is apart from its replication group")));
    return "group:"_L1 + name;
}

Expected<QString, QSqlError> domainOf(const PeerSession &session, const Settings &settings)
{
    const ServerFacts &facts = session.facts();
    if (!facts.clusterId.isEmpty())
        return "wsrep:"_L1 + facts.clusterId;
    if (facts.isOfGroup)
        return groupDomain(session, settings);
    if (!facts.isThroughProxy && !facts.identities.isEmpty())
        return "server:"_L1 + facts.identities.front();
    return QString();
}

std::optional<QSqlError> filtered(const PeerSession &session, const CommitTable &table,
                                  const Settings &settings)
{
    QString filter = CommitReach::filterOf(settings.value(u"binlog_do_db"_s),
                                           settings.value(u"binlog_ignore_db"_s), table.schema());
    if (filter.isEmpty())
        filter = CommitReach::filter(*session.driver(), table, session.facts().flavour);
    if (filter.isEmpty())
        return {};
    return refusal(CoreTexts::tr("%1 keeps the table %2 from the other servers: remove this filter")
                           .arg(filter, table.name()));
}

void warnOfLossyServer(const CommitSupport &support, const QString &peer, const Settings &settings)
{
    const QString flush = settings.value(u"innodb_flush_log_at_trx_commit"_s);
    if (!support.isOneServer() || flush.isEmpty() || flush == "1"_L1
        || !Answers::instance().isFirstWarning(support.domain))
        return;
    qCWarning(
            lcCommits,
            "%s: innodb_flush_log_at_trx_commit is %s: a crash of the machine may undo commits of "
            "the last second, so EXACTLY_ONCE does not hold over it",
            qUtf8Printable(peer), qUtf8Printable(flush));
}

Answer ask(const PeerSession &session, const CommitTable &table)
{
    const QSqlDriver &driver = *session.driver();
    if (const auto error = rightsMissing(driver, table))
        return Unexpected(*error);
    if (const auto error = wrongShape(driver, table))
        return Unexpected(*error);
    const auto settings = settingsOf(session);
    if (!settings)
        return Unexpected(refusalOf(settings.error(), table));
    const auto domain = domainOf(session, *settings);
    if (!domain)
        return Unexpected(domain.error());
    const CommitSupport support{*domain};
    warnOfLossyServer(support, session.peerName(), *settings);
    if (!support.isOneServer()) {
        if (const auto error = filtered(session, table, *settings))
            return Unexpected(*error);
    }
    return support;
}

QString keyOf(const PeerSession &session, const CommitTable &table)
{
    const ServerFacts &facts = session.facts();
    return QStringList{session.peerName(), facts.identities.join(u','), facts.clusterId,
                       session.inner().user(), table.name()}
            .join(u'\n');
}

} // namespace

Expected<CommitSupport, QSqlError> CommitSupport::of(PeerSession &session, const CommitTable &table,
                                                     const Clock &clock)
{
    const QString key = keyOf(session, table);
    if (const auto known = Answers::instance().find(key, session.openedAt(), clock.now()))
        return *known;
    const Answer answer = ask(session, table);
    if (answer || !isSessionLost(answer.error()))
        Answers::instance().note(key, answer, clock.now());
    return answer;
}

} // namespace qproxysql
