// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/configresolver.h"

#include "config/connectoptions.h"
#include "config/coretexts.h"
#include "config/logging.h"
#include "config/namedconnections.h"
#include "config/peerlist.h"
#include "config/poolfilestore.h"
#include "config/socketoption.h"

#include <QtCore/QSet>

#include <atomic>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr char OptionsVariable[] = "QPROXYSQL_OPTIONS";
constexpr char PoolVariable[] = "QPROXYSQL_POOL";

/// One call of resolve().
class Resolution
{
public:
    explicit Resolution(const OpenRequest &request)
        : m_request(request)
    {
    }

    Expected<ConnectionConfig> run();

private:
    Expected<void> readOptions();
    Expected<void> obeyPoolVariable(const ConnectOptions &environment);
    void logReplacedPeers(const QString &pool) const;
    Expected<void> readPeers();
    Expected<void> usePeerOption();
    Expected<void> useFile(const QString &path);
    Expected<void> usePool(const PoolDefinition &pool);
    Expected<void> useHostField();
    Expected<void> usePoolOfDefaultFile(const QString &path);

    Expected<void> addNamedConnection(const QString &name);
    Expected<PeerAddress> addressOf(const NamedConnection &connection) const;
    Expected<ConnectOptions> optionsOf(const NamedConnection &connection,
                                       const PeerAddress &address);
    void applyOptions();

    const GivenValue *given(Option option) const { return m_options.given(option); }
    QString describe(Option option) const; ///< one that is given
    quint16 defaultPort() const;

    const OpenRequest &m_request;
    QString m_host = m_request.host.trimmed();
    ConnectOptions m_options;
    ConnectionConfig m_config;
    QHash<PeerAddress, QString> m_connectionOfPeer;
};

Unexpected<QString> contradiction(const QString &one, const QString &other)
{
    return Unexpected(CoreTexts::tr("%1 and %2 contradict each other; allowed is one of them")
                              .arg(one, other));
}

Expected<ConnectionConfig> Resolution::run()
{
    if (const auto read = readOptions(); !read)
        return Unexpected(read.error());
    if (m_request.port > 65535)
        return Unexpected(
                CoreTexts::tr("port %1 is not allowed; allowed is 1 to 65535").arg(m_request.port));
    m_config.logins.common = {m_request.user, m_request.password, m_request.database,
                              m_options.innerText()};
    if (const auto read = readPeers(); !read)
        return Unexpected(read.error());
    applyOptions();
    if (!m_config.pool.fromFile) {
        const GivenValue *name = given(Option::Pool);
        m_config.pool.name = name ? name->value : PoolDefinition::derivedName(m_config.pool.peers);
    }
    return m_config;
}

Expected<void> Resolution::readOptions()
{
    const auto parse = m_request.asksForQmysql ? ConnectOptions::parseAsQmysql
                                               : ConnectOptions::parse;
    const auto options = parse(m_request.connectOptions, CoreTexts::tr("connect options"));
    if (!options)
        return Unexpected(options.error());
    const auto environment = ConnectOptions::parse(qEnvironmentVariable(OptionsVariable),
                                                   CoreTexts::tr("environment %1")
                                                           .arg(QLatin1String(OptionsVariable)));
    if (!environment)
        return Unexpected(environment.error());
    m_options = *options;
    if (const auto obeyed = obeyPoolVariable(*environment); !obeyed)
        return obeyed;
    m_options.addMissing(*environment);
    return {};
}

// The pool takes the place of all that the connection says about its peers.
Expected<void> Resolution::obeyPoolVariable(const ConnectOptions &environment)
{
    const QString pool = qEnvironmentVariable(PoolVariable);
    if (pool.isEmpty())
        return {};
    const QString source = CoreTexts::tr("environment %1").arg(QLatin1String(PoolVariable));
    if (const auto good = optionInfo(Option::Pool).check(pool); !good)
        return Unexpected(CoreTexts::tr("%1: %2").arg(source, good.error()));
    if (const GivenValue *peers = environment.given(Option::Peers))
        return contradiction(CoreTexts::tr("PEERS=%1 (%2)").arg(peers->value, peers->source),
                             source + u'=' + pool);
    logReplacedPeers(pool);
    m_host.clear();
    m_options.inner.removeIf(
            [](const InnerOption &option) { return option.isSocket() || option.isProtocol(); });
    m_options.own.erase(Option::Peers);
    m_options.own.erase(Option::PoolFile);
    m_options.own.insert_or_assign(Option::Pool, GivenValue{pool, source});
    return {};
}

// Once per process, since every open() comes here.
void Resolution::logReplacedPeers(const QString &pool) const
{
    static std::atomic<bool> isSaid{false};
    const InnerOption *const socket = m_options.socket();
    if ((m_host.isEmpty() && !socket) || isSaid.exchange(true))
        return;
    qCInfo(lcConfig).noquote() << QLatin1String(PoolVariable) + u'=' + pool
                               << "replaces what connections name as their server, first here"
                               << (m_host.isEmpty() ? socket->text.trimmed() : m_host);
}

Expected<void> Resolution::readPeers()
{
    if (const auto good = PeerList::checkForPassword(m_host); !good)
        return Unexpected(CoreTexts::tr("host name: %1").arg(good.error()));
    QStringList sources;
    if (!m_host.isEmpty())
        sources += CoreTexts::tr("host name \"%1\"").arg(m_host);
    for (const Option option : {Option::Peers, Option::PoolFile}) {
        if (given(option))
            sources += describe(option);
    }
    if (sources.size() > 1)
        return contradiction(sources[0], sources[1]);
    if (given(Option::Peers))
        return usePeerOption();
    if (const GivenValue *file = given(Option::PoolFile))
        return useFile(file->value);
    const QString defaultPath = PoolFileStore::defaultPath();
    if (!m_host.isEmpty())
        return usePoolOfDefaultFile(defaultPath);
    if (!given(Option::Pool))
        return useHostField();
    if (defaultPath.isEmpty())
        return Unexpected(CoreTexts::tr("%1 names no peers: there is no default pool file; allowed "
                                        "is a host name, PEERS or POOL_FILE beside it")
                                  .arg(describe(Option::Pool)));
    return useFile(defaultPath);
}

Expected<void> Resolution::usePeerOption()
{
    QSet<QString> seen;
    for (const QString &entry : given(Option::Peers)->value.split(u',')) {
        const QString name = entry.trimmed();
        const QString flaw = name.isEmpty()        ? CoreTexts::tr("has an empty entry")
                             : seen.contains(name) ? CoreTexts::tr("names \"%1\" twice").arg(name)
                                                   : QString();
        if (!flaw.isEmpty())
            return Unexpected(CoreTexts::tr("%1 %2; allowed is %3")
                                      .arg(describe(Option::Peers), flaw,
                                           optionInfo(Option::Peers).allowed()));
        seen.insert(name);
        if (const auto added = addNamedConnection(name); !added)
            return added;
    }
    return {};
}

Expected<void> Resolution::addNamedConnection(const QString &name)
{
    const auto connection = NamedConnections::read(name);
    if (!connection)
        return Unexpected(CoreTexts::tr("%1: %2").arg(describe(Option::Peers), connection.error()));
    const GivenValue *wantedDriver = given(Option::PeerDriver);
    const QString driver = wantedDriver ? wantedDriver->value.toUpper() : PoolPolicy().peerDriver;
    if (connection->driver != driver)
        return Unexpected(
                CoreTexts::tr("%1: connection \"%2\" is of type %3; allowed is %4 (PEER_DRIVER)")
                        .arg(describe(Option::Peers), name, connection->driver, driver));

    auto address = addressOf(*connection);
    if (!address)
        return Unexpected(CoreTexts::tr("%1: host of connection \"%2\": %3")
                                  .arg(describe(Option::Peers), name, address.error()));
    const auto options = optionsOf(*connection, *address);
    if (!options)
        return Unexpected(options.error());
    if (const auto named = SocketOption(options->socket()).applyTo(&*address); !named)
        return named;
    if (m_connectionOfPeer.contains(*address))
        return Unexpected(CoreTexts::tr("%1: connections \"%2\" and \"%3\" are the same peer %4; "
                                        "every peer is named once")
                                  .arg(describe(Option::Peers), m_connectionOfPeer.value(*address),
                                       name, address->name()));

    const auto orCommon = [this](const QString &own, QString InnerLogin::*member) {
        return own.isEmpty() ? m_config.logins.common.*member : own;
    };
    m_connectionOfPeer.insert(*address, name);
    m_config.logins.own.insert(*address, {orCommon(connection->user, &InnerLogin::user),
                                          orCommon(connection->password, &InnerLogin::password),
                                          orCommon(connection->database, &InnerLogin::database),
                                          options->innerText()});
    m_config.pool.peers.append({*address, 1});
    return {};
}

Expected<PeerAddress> Resolution::addressOf(const NamedConnection &connection) const
{
    if (const auto good = PeerList::checkForPassword(connection.host); !good)
        return Unexpected(good.error());
    const bool hasPort = connection.port > 0 && connection.port <= 65535;
    return PeerAddress::fromHostField(connection.host,
                                      hasPort ? quint16(connection.port) : defaultPort());
}

/// The named connection's options, completed by those of the QPROXYSQL connection.
Expected<ConnectOptions> Resolution::optionsOf(const NamedConnection &connection,
                                               const PeerAddress &address)
{
    const QString source = CoreTexts::tr("options of connection \"%1\"").arg(connection.name);
    const auto named = ConnectOptions::parseInner(connection.options, source);
    if (!named)
        return named;

    if (const GivenValue *timeout = named->given(Option::ConnectTimeout)) {
        const auto [known, isNew] = m_options.own.insert({Option::ConnectTimeout, *timeout});
        if (!isNew && !optionInfo(known->first).isSame(known->second.value, timeout->value))
            return contradiction(describe(Option::ConnectTimeout),
                                 CoreTexts::tr("MYSQL_OPT_CONNECT_TIMEOUT=%1 (%2)")
                                         .arg(timeout->value, source));
    }

    ConnectOptions outer{{}, m_options.inner};
    if (address.isSocket())
        outer.inner.removeIf([](const InnerOption &option) { return option.isSocket(); });
    ConnectOptions options{{}, named->inner};
    options.addMissing(outer);
    return options;
}

Expected<void> Resolution::useFile(const QString &path)
{
    const auto read = PoolFileStore::instance().read(path);
    if (!read)
        return Unexpected(read.error());
    const PoolFile &file = **read;
    const GivenValue *name = given(Option::Pool);
    const PoolDefinition *pool = name ? file.find(name->value) : nullptr;
    if (!pool) {
        const QString known = file.poolNames().join(", "_L1);
        return Unexpected(
                name ? CoreTexts::tr("%1 is no pool of pool file %2; allowed is one of %3")
                                .arg(describe(Option::Pool), path, known)
                     : CoreTexts::tr("%1 needs POOL=NAME beside it; allowed is one of %2")
                                .arg(describe(Option::PoolFile), known));
    }
    return usePool(*pool);
}

Expected<void> Resolution::usePool(const PoolDefinition &pool)
{
    m_config.pool = pool;
    return SocketOption(m_options.socket()).checkBeside(pool);
}

Expected<void> Resolution::usePoolOfDefaultFile(const QString &path)
{
    const bool canBePool = optionInfo(Option::Pool).isAllowed(m_host);
    if (!canBePool || path.isEmpty())
        return useHostField();
    const auto file = PoolFileStore::instance().read(path);
    if (!file)
        return Unexpected(
                CoreTexts::tr("host name \"%1\" may be a pool of the default pool file, but: %2")
                        .arg(m_host, file.error()));
    const PoolDefinition *pool = (*file)->find(m_host);
    if (!pool)
        return useHostField();
    const GivenValue *name = given(Option::Pool);
    if (name && name->value.compare(pool->name, Qt::CaseInsensitive) != 0)
        return contradiction(CoreTexts::tr("host name \"%1\" (a pool of pool file %2)")
                                     .arg(m_host, path),
                             describe(Option::Pool));
    return usePool(*pool);
}

Expected<void> Resolution::useHostField()
{
    const auto peers = PeerList::fromHostField(m_host, defaultPort());
    if (!peers)
        return Unexpected(CoreTexts::tr("host name: %1").arg(peers.error()));
    m_config.pool.peers = *peers;
    return SocketOption(m_options.socket()).applyTo(&m_config.pool.peers, m_host);
}

void Resolution::applyOptions()
{
    for (const auto &[option, value] : m_options.own) {
        const OptionInfo &info = optionInfo(option);
        if (info.connection)
            info.connection.set(value.value, &m_config);
        if (!info.policy)
            continue;
        info.policy.set(value.value, &m_config.pool.policy);
        if (m_config.pool.fromFile)
            m_config.pool.overrides.append(QString::fromLatin1(info.name));
    }
}

QString Resolution::describe(Option option) const
{
    const GivenValue &value = *given(option);
    return CoreTexts::tr("%1=%2 (%3)")
            .arg(QLatin1String(optionInfo(option).name), value.value, value.source);
}

quint16 Resolution::defaultPort() const
{
    return m_request.port > 0 ? quint16(m_request.port) : PeerAddress::DefaultPort;
}

} // namespace

Expected<ConnectionConfig> ConfigResolver::resolve(const OpenRequest &request)
{
    return Resolution(request).run();
}

} // namespace qproxysql
