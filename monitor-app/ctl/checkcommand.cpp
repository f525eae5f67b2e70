// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "config/configresolver.h"
#include "config/connectoptions.h"
#include "ctl/session.h"
#include "ctl/terminal.h"
#include "drain/directorylocation.h"
#include "inner/clientlibrary.h"
#include "inner/driversource.h"

#include <QtCore/QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// Prints the value and the origin of each option. A pool file's value that equals the default is
/// shown as default.
void printConfiguration(const PoolDefinition &pool, const QString &connectOptions)
{
    Terminal::print(
            CtlTexts::tr("Pool %1").arg(pool.name)
            + (pool.fromFile ? CtlTexts::tr(", from pool file %1").arg(pool.filePath) : u""_s));
    // Both were parsed before.
    ConnectOptions given = ConnectOptions::parse(connectOptions, CtlTexts::tr("connect options"))
                                   .valueOr({});
    given.addMissing(ConnectOptions::parse(qEnvironmentVariable("QPROXYSQL_OPTIONS"),
                                           CtlTexts::tr("environment QPROXYSQL_OPTIONS"))
                             .valueOr({}));
    for (const OptionInfo &info : optionTable()) {
        if (info.option == Option::Peers || info.option == Option::Pool
            || info.option == Option::PoolFile)
            continue;
        const QString name = QString::fromLatin1(info.name);
        QString value = info.defaultText();
        QString origin = CtlTexts::tr("default");
        const QString effective = info.policy ? info.policy.text(pool.policy) : QString();
        if (const GivenValue *const one = given.given(info.option)) {
            value = one->value;
            origin = one->source;
        } else if (pool.fromFile && info.policy && effective != value) {
            value = effective;
            origin = CtlTexts::tr("pool file %1").arg(pool.filePath);
        }
        if (value.isEmpty())
            value = u"-"_s;
        else if (name.endsWith("_SQL"_L1)) // SQL may contain any text
            value = CtlTexts::tr("(SQL)");
        Terminal::print(u"  %1 %2 %3"_s.arg(name, -16).arg(value, -10).arg(origin));
    }
}

/// False: the driver is not available, so no connection can open.
bool printDriver(const QString &driver)
{
    const auto source = DriverSource::of(driver);
    if (!source) {
        Terminal::print(CtlTexts::tr("Inner driver %1: MISSING. %2").arg(driver, source.error()));
        return false;
    }
    const ClientLibrary &library = ClientLibrary::of(driver);
    Terminal::print(CtlTexts::tr("Inner driver %1: %2").arg(driver, (*source)->file()));
    const QString name = library.flavour() == ClientLibrary::Flavour::MariaDb ? u"libmariadb"_s
                         : library.flavour() == ClientLibrary::Flavour::MySql
                                 ? u"libmysqlclient"_s
                                 : CtlTexts::tr("unknown");
    Terminal::print(CtlTexts::tr("Client library: %1 %2").arg(name, library.version()));
    return true;
}

void printDirectory(const QString &folder)
{
    const QFileInfo info(folder);
    const QFileInfo file(DrainFile(folder).path());
    const DrainFile::Reading reading = DrainFile(folder).read();
    Terminal::print(CtlTexts::tr("Drain directory: %1").arg(folder));
    if (!info.exists()) {
        Terminal::print(CtlTexts::tr("  does not exist; the first drain makes it for this user"));
        return;
    }
    Terminal::print(CtlTexts::tr("  belongs to %1, group %2; you may %3")
                            .arg(info.owner(), info.group(),
                                 info.isWritable()   ? CtlTexts::tr("read and drain")
                                 : info.isReadable() ? CtlTexts::tr("read, not drain")
                                                     : CtlTexts::tr("neither read nor drain")));
    if (reading.refusal)
        Terminal::print(u"  "_s + reading.refusal->text);
    else if (!file.exists())
        Terminal::print(CtlTexts::tr("  nothing was ever drained"));
    else
        Terminal::print(CtlTexts::tr("  holds %n request(s), newest generation %1", nullptr,
                                     int(reading.document.entries.size()))
                                .arg(newestGeneration(reading.document.entries)));
}

QString clockText(double ahead)
{
    return CtlTexts::tr("its clock is %1 s %2")
            .arg(std::abs(ahead), 0, 'f', 1)
            .arg(ahead < 0 ? CtlTexts::tr("behind ours") : CtlTexts::tr("ahead of ours"));
}

void printPeer(const PeerProbe &probe)
{
    const QString name = probe.peer.name();
    if (!probe.isUp()) {
        Terminal::print(CtlTexts::tr("  %1 FAILED: %2").arg(name, probe.message()));
        return;
    }
    QStringList facts{probe.facts.version, CtlTexts::tr("%1 ms").arg(*probe.connectMs, 0, 'f', 1)};
    facts.append(probe.facts.trackingSql.isEmpty() ? CtlTexts::tr("tracking no")
                                                   : CtlTexts::tr("tracking yes"));
    if (probe.facts.isReadOnly())
        facts.append(CtlTexts::tr("read-only"));
    if (probe.facts.isDesynced)
        facts.append(CtlTexts::tr("desynced"));
    facts.append(
            probe.serverList.isChecked
                    ? CtlTexts::tr("its list of sessions may be read")
                    : CtlTexts::tr("its list of sessions not: %1").arg(probe.serverList.whyNot));
    if (probe.clockAhead)
        facts.append(clockText(*probe.clockAhead));
    Terminal::print(CtlTexts::tr("  %1 ok: %2").arg(name, facts.join(", "_L1)));
    if (!probe.facts.identities.isEmpty())
        Terminal::print(
                CtlTexts::tr("    calls itself %1").arg(probe.facts.identities.join(", "_L1)));
}

QString fleetText(const QString &table, const DrainTable::Reading &reading)
{
    using Reading = DrainTable::Reading;
    switch (reading.state) {
    case Reading::Good:
        return CtlTexts::tr("%2 may be read and holds %n request(s), newest generation %1", nullptr,
                            int(reading.entries.size()))
                .arg(newestGeneration(reading.entries))
                .arg(table);
    case Reading::Missing:
        return CtlTexts::tr("%1 does not exist; \"qproxysql-ctl init\" makes it").arg(table);
    case Reading::NoRights:
        return CtlTexts::tr("%1 may not be read: %2; \"qproxysql-ctl init --print\" has the grants")
                .arg(table, reading.error);
    case Reading::Failed:
    case Reading::Lost:
        break;
    }
    return CtlTexts::tr("%1 cannot be read: %2 %3")
            .arg(table, QString::number(reading.code), reading.error);
}

void printFleet(const PeerProbe &probe, const QString &schema)
{
    if (!probe.fleet)
        return;
    const QString table = ControlSchema(schema).drainTable();
    Terminal::print(u"    "_s + fleetText(table, *probe.fleet));
    for (const QString &row : probe.fleet->leftOut)
        Terminal::print(CtlTexts::tr("    not understood: %1").arg(row));
}

/// Returns the exit code. \a schema: of the drain tables; empty: do not check them. \a hint: advice
/// after a refused login.
int printPeers(const ConnectionConfig &config, const QString &schema, const QString &hint)
{
    QList<PeerProber::Request> requests;
    for (const PeerDefinition &peer : config.pool.peers) {
        FullConnectRequest request;
        request.peer = peer.address;
        request.login = config.logins.of(peer.address);
        request.driver = config.pool.policy.peerDriver;
        request.connectTimeout = config.pool.policy.connectTimeout;
        request.checkSql = config.pool.policy.checkSql;
        request.initSql = config.initSql;
        requests.append({config.pool.name, request});
    }
    Terminal::print(CtlTexts::tr("Peers, as %1:").arg(config.logins.common.user));
    int failed = 0;
    PeerProber prober;
    const QList<PeerProbe> probes = prober.probeNow(requests, {schema, {}});
    for (const PeerProbe &probe : probes) {
        printPeer(probe);
        printFleet(probe, schema);
        failed += probe.isUp() ? 0 : 1;
    }
    if (failed == 0)
        return Ok;
    if (!hint.isEmpty() && std::ranges::any_of(probes, &PeerProbe::isLoginRefused))
        Terminal::error(hint);
    Terminal::error(failed == probes.size()
                            ? CtlTexts::tr("no peer can be used: open() fails, with these errors")
                            : CtlTexts::tr("%n peer(s) cannot be used; open() takes another",
                                           nullptr, failed));
    return failed == probes.size() ? Unreachable : Ok;
}

} // namespace

int runCheck(Session &session)
{
    const Expected<QString> folder = DirectoryLocation::folder();
    if (!folder)
        Terminal::error(folder.error());
    const CommandLine &line = session.line();
    const LoginSource::Reading login = session.loginSource().read();
    if (!login.error.isEmpty()) {
        Terminal::error(login.error);
        return login.isUsageError ? Usage : Unreachable;
    }
    OpenRequest request;
    request.host = line.value(u"host"_s);
    request.database = line.value(u"database"_s);
    QStringList options{line.value(u"options"_s)};
    if (line.has(u"pool-file"_s))
        options.append(u"POOL_FILE="_s + line.value(u"pool-file"_s));
    if (line.has(u"pool"_s))
        options.append(u"POOL="_s + line.value(u"pool"_s));
    if (login.login) {
        request.user = login.login->user;
        request.password = login.login->password;
        options.append(login.login->options);
    }
    options.removeAll(QString());
    request.connectOptions = options.join(u';');
    const auto config = ConfigResolver::resolve(request);
    if (!config) {
        Terminal::error(CtlTexts::tr("open() would fail: %1").arg(config.error()));
        return Usage;
    }
    const PoolPolicy &policy = config->pool.policy;
    printConfiguration(config->pool, request.connectOptions);
    const bool hasDriver = printDriver(policy.peerDriver);
    printDirectory(folder.valueOr({}));
    if (!hasDriver)
        return UnexpectedError;
    if (!login.login) {
        Terminal::print(CtlTexts::tr("Peers: not checked, no login was given (--user)"));
        for (const PeerDefinition &peer : config->pool.peers)
            Terminal::print(u"  "_s + peer.address.name());
        return Ok;
    }
    const QString schema = line.has(u"control-schema"_s)      ? line.value(u"control-schema"_s)
                           : policy.control == Control::Fleet ? policy.controlSchema
                                                              : QString();
    return printPeers(*config, schema, LoginSource::tlsHint(request.connectOptions));
}

} // namespace qproxysql
