// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "commits/commitreach.h"
#include "ctl/session.h"
#include "ctl/terminal.h"
#include "drain/controlschema.h"

#include <QtCore/QDeadlineTimer>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

#include <map>
#include <thread>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// 1044, 1142, 1227: access denied.
ExitCode codeOf(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt();
    return code == 1044 || code == 1142 || code == 1227 ? Refused : UnexpectedError;
}

/// \a filter: the setting that keeps the rows, if it is known.
ExitCode refuseUnshared(const QString &peer, const CommitTable &table, const QString &filter)
{
    Terminal::error(
            CtlTexts::tr("%1: %2 keeps the rows of %3 from the other servers of its cluster, so "
                         "that EXACTLY_ONCE would not hold: remove this filter, or choose "
                         "another schema with --control-schema")
                    .arg(peer,
                         filter.isEmpty() ? u"binlog_do_db, binlog_ignore_db, wsrep_on"_s : filter,
                         table.name()));
    return Refused;
}

ExitCode failed(const QString &peer, const QSqlError &error)
{
    Terminal::error(
            CtlTexts::tr("%1: %2 %3").arg(peer, error.nativeErrorCode(), error.databaseText()));
    return codeOf(error);
}

/// Another member of the cluster may write the same a moment before.
QSqlError execute(const QSqlDriver &driver, const QString &statement)
{
    constexpr int MostConflicts = 20;
    QSqlQuery query(driver.createResult());
    for (int conflicts = 0; !query.exec(statement); ++conflicts) {
        const QSqlError error = query.lastError();
        if (classifyError(Stage::Statement, error.nativeErrorCode().toInt(), error.databaseText())
                    != ErrorClass::Conflict
            || conflicts == MostConflicts)
            return error;
        std::this_thread::sleep_for(50ms);
    }
    return {};
}

/// It has what its primary has; a moment later, if that was made just now.
ExitCode expectSchema(const QString &peer, const QSqlDriver &driver, const CommitTable &table)
{
    QSqlQuery query(driver.createResult());
    for (QDeadlineTimer wait(5s); !wait.hasExpired(); std::this_thread::sleep_for(50ms)) {
        if (!query.exec(table.shape()))
            return failed(peer, query.lastError());
        if (query.next()) {
            Terminal::print(CtlTexts::tr("%1: the control schema is there").arg(peer));
            return Ok;
        }
    }
    Terminal::error(
            CtlTexts::tr("%1: is read-only and has no control schema: it must be made on the "
                         "primary of its group")
                    .arg(peer));
    return Refused;
}

ExitCode makeSchema(const QString &peer, const QSqlDriver &driver, const ServerFacts &facts,
                    const ControlSchema &schema)
{
    const CommitTable table(schema.name());
    const bool isGalera = !facts.clusterId.isEmpty();
    if (isGalera || facts.isOfGroup) {
        const QString filter = CommitReach::filter(driver, table, facts.flavour);
        if (!filter.isEmpty())
            return refuseUnshared(peer, table, filter);
    }
    QStringList statements = schema.statements();
    if (isGalera) // so that it has what the others have
        statements.prepend(u"SET SESSION wsrep_sync_wait = 15"_s);
    for (const QString &statement : statements) {
        const QSqlError error = execute(driver, statement);
        if (error.isValid())
            return failed(peer, error);
    }
    if (isGalera && CommitReach::prove(driver, table, facts.flavour) == false)
        return refuseUnshared(peer, table, {});
    Terminal::print(CtlTexts::tr("%1: the control schema is there").arg(peer));
    return Ok;
}

enum class Servers { Writable, ReadOnlyMembers };

/// Of one kind of servers.
ExitCode visit(const FullConnectRequest &request, const ControlSchema &schema, Servers kind)
{
    const QString name = request.peer.name();
    FullConnectResult result = fullConnect(request);
    if (!result.isOk() && kind == Servers::ReadOnlyMembers)
        return Ok; // that was said before
    if (!result.isOk()) {
        Terminal::error(CtlTexts::tr("%1: %2 %3")
                                .arg(name)
                                .arg(result.failure.code)
                                .arg(result.failure.text));
        return Unreachable;
    }
    const bool isReadOnlyMember = result.facts.isOfGroup && result.facts.isReadOnly();
    if (isReadOnlyMember != (kind == Servers::ReadOnlyMembers))
        return Ok;
    result.connection->adopt(nullptr);
    const QSqlDriver &driver = *result.connection->driver();
    return isReadOnlyMember ? expectSchema(name, driver, CommitTable(schema.name()))
                            : makeSchema(name, driver, result.facts, schema);
}

} // namespace

int runInit(Session &session)
{
    const CommandLine &line = session.line();
    const ControlSchema schema(line.has(u"control-schema"_s) ? line.value(u"control-schema"_s)
                                                             : u"qproxysql"_s);
    if (line.has(u"print"_s)) {
        Terminal::print(schema.script().trimmed());
        return Ok;
    }
    if (line.has(u"read-only"_s)) {
        Terminal::error(CtlTexts::tr("read-only: nothing was made; run it without --read-only, or "
                                     "have the SQL printed with --print"));
        return Refused;
    }
    const ExitCode begun = session.begin();
    if (begun != Ok)
        return begun;
    const auto login = session.controller().loginReading().login;
    if (!login || session.view().peerNames().isEmpty()) {
        Terminal::error(login ? CtlTexts::tr("no peer is known here: give --pool-file FILE, or "
                                             "have the SQL printed with --print")
                              : CtlTexts::tr("no login was given: give --user, or have the SQL "
                                             "printed with --print"));
        return login ? Unknown : Usage;
    }
    std::map<QString, FullConnectRequest> requests;
    for (const PoolView &pool : session.view().pools) {
        for (const PeerView &peer : pool.peers) {
            FullConnectRequest request;
            request.peer = peer.address;
            request.login = *login;
            request.driver = pool.policy.peerDriver;
            request.connectTimeout = pool.policy.connectTimeout;
            requests.insert({peer.address.name(), request});
        }
    }
    ExitCode worst = Ok;
    for (const Servers kind : {Servers::Writable, Servers::ReadOnlyMembers}) {
        for (const auto &[name, request] : requests)
            worst = std::max(worst, visit(request, schema, kind));
    }
    if (worst == Ok)
        Terminal::print(
                CtlTexts::tr("Grants are yours to give: \"qproxysql-ctl init --print\" has them."));
    return worst;
}

} // namespace qproxysql
