// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "commits/commitreach.h"
#include "ctl/session.h"
#include "ctl/terminal.h"
#include "drain/controlschema.h"

#include <QtSql/QSqlDriver>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlResult>

#include <set>

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

ExitCode makeSchema(const FullConnectRequest &request, const ControlSchema &schema)
{
    const QString name = request.peer.name();
    FullConnectResult result = fullConnect(request);
    if (!result.isOk()) {
        Terminal::error(CtlTexts::tr("%1: %2 %3")
                                .arg(name)
                                .arg(result.failure.code)
                                .arg(result.failure.text));
        return Unreachable;
    }
    result.connection->adopt(nullptr);
    const QSqlDriver &driver = *result.connection->driver();
    const CommitTable table(schema.name());
    const bool isGalera = !result.facts.clusterId.isEmpty();
    if (isGalera || result.facts.isOfGroup) {
        const QString filter = CommitReach::filter(driver, table, result.facts.flavour);
        if (!filter.isEmpty())
            return refuseUnshared(name, table, filter);
    }
    QStringList statements = schema.statements();
    if (isGalera) // its other nodes may have written the same rows a moment ago
        statements.prepend(u"SET SESSION wsrep_sync_wait = 15"_s);
    for (const QString &statement : statements) {
        QSqlQuery query(driver.createResult());
        if (!query.exec(statement)) {
            const QSqlError error = query.lastError();
            Terminal::error(CtlTexts::tr("%1: %2 %3")
                                    .arg(name, error.nativeErrorCode(), error.databaseText()));
            return codeOf(error);
        }
    }
    if (isGalera && CommitReach::prove(driver, table, result.facts.flavour) == false)
        return refuseUnshared(name, table, {});
    Terminal::print(CtlTexts::tr("%1: the control schema is there").arg(name));
    return Ok;
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
    ExitCode worst = Ok;
    std::set<QString> done;
    for (const PoolView &pool : session.view().pools) {
        for (const PeerView &peer : pool.peers) {
            if (!done.insert(peer.address.name()).second)
                continue;
            FullConnectRequest request;
            request.peer = peer.address;
            request.login = *login;
            request.driver = pool.policy.peerDriver;
            request.connectTimeout = pool.policy.connectTimeout;
            worst = std::max(worst, makeSchema(request, schema));
        }
    }
    if (worst == Ok)
        Terminal::print(
                CtlTexts::tr("Grants are yours to give: \"qproxysql-ctl init --print\" has them."));
    return worst;
}

} // namespace qproxysql
