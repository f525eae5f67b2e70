// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/configresolver.h"

#include "config/connectoptions.h"
#include "config/namedconnections.h"
#include "config/optionvalue.h"
#include "config/peerlist.h"
#include "config/poolfilestore.h"
#include "config/socketoption.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSet>

namespace qproxysql {

namespace {

constexpr char OptionsVariable[] = "QPROXYSQL_OPTIONS";

CausalReads causalReadsIn(const QString &value)
{
    if (value.compare(QLatin1String("always"), Qt::CaseInsensitive) == 0)
        return CausalReads::Always;
    if (value.compare(QLatin1String("off"), Qt::CaseInsensitive) == 0)
        return CausalReads::Off;
    return CausalReads::Moves;
}

/// One resolve() under way.
class Resolution
{
public:
    explicit Resolution(const OpenRequest &request)
        : m_request(request)
    {
    }

    bool run();
    ConnectionConfig config() const { return m_config; }
    QString error() const { return m_error; }

private:
    bool readOptions();
    bool readPeers();
    bool usePeerOption();
    bool useFile(const QString &path);
    bool usePool(const PoolDefinition &pool);
    bool useHostField();
    bool usePoolOfDefaultFile(const QString &path);

    bool addNamedConnection(const QString &name);
    bool readNamedOptions(const NamedConnection &connection, const PeerAddress &address,
                          ConnectOptions *options);
    void applyPolicies();
    void nameThePool();
    void applyConnectionOptions();

    const GivenValue *given(Option option) const;
    QString describe(Option option) const;
    QString describeHost() const;
    quint16 defaultPort() const;
    bool fail(const QString &reason);
    bool failContradiction(const QString &one, const QString &other);

    const OpenRequest &m_request;
    const QString m_host = m_request.host.trimmed();
    ConnectOptions m_options;
    ConnectionConfig m_config;
    QHash<PeerAddress, QString> m_connectionOfPeer;
    QString m_error;
};

bool Resolution::run()
{
    if (!readOptions())
        return false;
    if (m_request.port > 65535)
        return fail(QCoreApplication::translate("QProxySql",
                                                "port %1 is not allowed; allowed is 1 to 65535")
                            .arg(m_request.port));
    m_config.logins.common = {m_request.user, m_request.password, m_request.database,
                              m_options.innerText()};
    if (!readPeers())
        return false;
    applyPolicies();
    nameThePool();
    applyConnectionOptions();
    return true;
}

bool Resolution::readOptions()
{
    QString problem;
    const auto options = ConnectOptions::parse(m_request.connectOptions,
                                               QCoreApplication::translate("QProxySql",
                                                                           "connect options"),
                                               &problem);
    if (!options)
        return fail(problem);
    const auto environment = ConnectOptions::parse(qEnvironmentVariable(OptionsVariable),
                                                   QCoreApplication::translate("QProxySql",
                                                                               "environment %1")
                                                           .arg(QLatin1String(OptionsVariable)),
                                                   &problem);
    if (!environment)
        return fail(problem);
    m_options = *options;
    m_options.addMissing(*environment);
    return true;
}

bool Resolution::readPeers()
{
    QString problem;
    if (PeerList::mayHoldPassword(m_host, &problem))
        return fail(QCoreApplication::translate("QProxySql", "host name: %1").arg(problem));
    const bool hasHost = !m_host.isEmpty();
    const GivenValue *file = given(Option::PoolFile);
    if (given(Option::Peers)) {
        if (hasHost)
            return failContradiction(describeHost(), describe(Option::Peers));
        if (file)
            return failContradiction(describe(Option::Peers), describe(Option::PoolFile));
        return usePeerOption();
    }
    if (file) {
        if (hasHost)
            return failContradiction(describeHost(), describe(Option::PoolFile));
        return useFile(file->value);
    }
    const QString defaultPath = PoolFileStore::defaultPath();
    if (hasHost)
        return usePoolOfDefaultFile(defaultPath);
    if (!given(Option::Pool))
        return useHostField();
    if (defaultPath.isEmpty())
        return fail(QCoreApplication::translate(
                            "QProxySql",
                            "%1 names no peers: there is no default pool file; allowed is a host "
                            "name, PEERS or POOL_FILE beside it")
                            .arg(describe(Option::Pool)));
    return useFile(defaultPath);
}

bool Resolution::usePeerOption()
{
    const QStringList names = given(Option::Peers)->value.split(u',');
    QSet<QString> seen;
    for (const QString &name : names) {
        const QString trimmed = name.trimmed();
        if (trimmed.isEmpty() || seen.contains(trimmed))
            return fail(
                    QCoreApplication::translate("QProxySql", "%1 %2; allowed is %3")
                            .arg(describe(Option::Peers),
                                 trimmed.isEmpty()
                                         ? QCoreApplication::translate("QProxySql",
                                                                       "has an empty entry")
                                         : QCoreApplication::translate("QProxySql",
                                                                       "names \"%1\" twice")
                                                   .arg(trimmed),
                                 QCoreApplication::translate("QProxySql",
                                                             optionInfo(Option::Peers).allowed)));
        seen.insert(trimmed);
        if (!addNamedConnection(trimmed))
            return false;
    }
    return true;
}

bool Resolution::addNamedConnection(const QString &name)
{
    QString problem;
    const auto connection = NamedConnections::read(name, &problem);
    if (!connection)
        return fail(QCoreApplication::translate("QProxySql", "%1: %2")
                            .arg(describe(Option::Peers), problem));
    const GivenValue *wantedDriver = given(Option::PeerDriver);
    const QString driver = wantedDriver ? wantedDriver->value.toUpper() : PoolPolicy().peerDriver;
    if (connection->driver != driver)
        return fail(QCoreApplication::translate(
                            "QProxySql",
                            "%1: connection \"%2\" is of type %3; allowed is %4 (PEER_DRIVER)")
                            .arg(describe(Option::Peers), name, connection->driver, driver));

    const quint16 port = connection->port > 0 && connection->port <= 65535
                                 ? quint16(connection->port)
                                 : defaultPort();
    const bool isRefused = PeerList::mayHoldPassword(connection->host, &problem);
    auto address = isRefused ? std::nullopt
                             : PeerAddress::fromHostField(connection->host, port, &problem);
    if (!address)
        return fail(QCoreApplication::translate("QProxySql", "%1: host of connection \"%2\": %3")
                            .arg(describe(Option::Peers), name, problem));
    ConnectOptions options;
    if (!readNamedOptions(*connection, *address, &options)
        || !SocketOption(options.socket()).applyTo(&*address, &m_error))
        return false;
    if (m_connectionOfPeer.contains(*address))
        return fail(QCoreApplication::translate(
                            "QProxySql",
                            "%1: connections \"%2\" and \"%3\" are the same peer %4; every peer is "
                            "named once")
                            .arg(describe(Option::Peers), m_connectionOfPeer.value(*address), name,
                                 address->name()));

    InnerLogin login = m_config.logins.common;
    if (!connection->user.isEmpty())
        login.user = connection->user;
    if (!connection->password.isEmpty())
        login.password = connection->password;
    if (!connection->database.isEmpty())
        login.database = connection->database;
    login.options = options.innerText();
    m_connectionOfPeer.insert(*address, name);
    m_config.logins.own.insert(*address, login);
    m_config.pool.peers.append({*address, 1});
    return true;
}

/// With those of the QPROXYSQL connection where it has none of its own.
bool Resolution::readNamedOptions(const NamedConnection &connection, const PeerAddress &address,
                                  ConnectOptions *options)
{
    QString problem;
    const QString source = QCoreApplication::translate("QProxySql", "options of connection \"%1\"")
                                   .arg(connection.name);
    auto named = ConnectOptions::parseInner(connection.options, source, &problem);
    if (!named)
        return fail(problem);

    const auto timeout = named->own.find(Option::ConnectTimeout);
    if (timeout != named->own.end()) {
        const auto [known, isNew] = m_options.own.insert(*timeout);
        if (!isNew
            && !isSameValue(Option::ConnectTimeout, known->second.value, timeout->second.value))
            return failContradiction(
                    describe(Option::ConnectTimeout),
                    QCoreApplication::translate("QProxySql", "MYSQL_OPT_CONNECT_TIMEOUT=%1 (%2)")
                            .arg(timeout->second.value, source));
    }

    ConnectOptions outer{{}, m_options.inner};
    if (address.isSocket())
        outer.inner.removeIf([](const InnerOption &option) { return option.isSocket(); });
    options->inner = named->inner;
    options->addMissing(outer);
    return true;
}

bool Resolution::useFile(const QString &path)
{
    QString problem;
    const auto file = PoolFileStore::instance().read(path, &problem);
    if (!file)
        return fail(problem);
    const GivenValue *name = given(Option::Pool);
    const PoolDefinition *pool = name ? file->find(name->value) : nullptr;
    if (!pool) {
        const QString known = file->poolNames().join(QLatin1String(", "));
        return fail(
                name ? QCoreApplication::translate(
                               "QProxySql", "%1 is no pool of pool file %2; allowed is one of %3")
                                .arg(describe(Option::Pool), path, known)
                     : QCoreApplication::translate(
                               "QProxySql", "%1 needs POOL=NAME beside it; allowed is one of %2")
                                .arg(describe(Option::PoolFile), known));
    }
    return usePool(*pool);
}

bool Resolution::usePool(const PoolDefinition &pool)
{
    m_config.pool = pool;
    return SocketOption(m_options.socket()).mayStandBeside(pool, &m_error);
}

bool Resolution::usePoolOfDefaultFile(const QString &path)
{
    const bool canBePool = optionInfo(Option::Pool).isAllowed(m_host);
    if (!canBePool || path.isEmpty())
        return useHostField();
    QString problem;
    const auto file = PoolFileStore::instance().read(path, &problem);
    if (!file)
        return fail(
                QCoreApplication::translate("QProxySql",
                                            "host name \"%1\" may be a pool of the default pool "
                                            "file, but: %2")
                        .arg(m_host, problem));
    const PoolDefinition *pool = file->find(m_host);
    if (!pool)
        return useHostField();
    const GivenValue *name = given(Option::Pool);
    if (name && name->value.compare(pool->name, Qt::CaseInsensitive) != 0)
        return failContradiction(QCoreApplication::translate(
                                         "QProxySql", "host name \"%1\" (a pool of pool file %2)")
                                         .arg(m_host, path),
                                 describe(Option::Pool));
    return usePool(*pool);
}

bool Resolution::useHostField()
{
    QString problem;
    const auto peers = PeerList::fromHostField(m_host, defaultPort(), &problem);
    if (!peers)
        return fail(QCoreApplication::translate("QProxySql", "host name: %1").arg(problem));
    m_config.pool.peers = *peers;
    return SocketOption(m_options.socket()).applyTo(&m_config.pool.peers, m_host, &m_error);
}

void Resolution::applyPolicies()
{
    for (const auto &[option, value] : m_options.own) {
        const OptionInfo &info = optionInfo(option);
        if (!info.isPoolFileKey)
            continue;
        applyToPolicy(option, value.value, &m_config.pool.policy);
        if (m_config.pool.fromFile)
            m_config.pool.overrides.append(QString::fromLatin1(info.name));
    }
}

void Resolution::nameThePool()
{
    if (m_config.pool.fromFile)
        return;
    const GivenValue *name = given(Option::Pool);
    m_config.pool.name = name ? name->value : PoolDefinition::derivedName(m_config.pool.peers);
}

void Resolution::applyConnectionOptions()
{
    if (const GivenValue *deadline = given(Option::OpenDeadline))
        m_config.openDeadline = readSeconds(deadline->value).value_or(m_config.openDeadline);
    if (const GivenValue *retries = given(Option::RetryReads))
        m_config.retryReads = retries->value.toInt();
    if (const GivenValue *retries = given(Option::RetryConflicts))
        m_config.retryConflicts = retries->value.toInt();
    if (const GivenValue *names = given(Option::IgnoreState))
        m_config.ignoreState = readIgnoredState(names->value).value_or(QStringList());
    if (const GivenValue *causal = given(Option::CausalReads))
        m_config.causalReads = causalReadsIn(causal->value);
    if (const GivenValue *sql = given(Option::InitSql))
        m_config.initSql = sql->value;
}

const GivenValue *Resolution::given(Option option) const
{
    const auto it = m_options.own.find(option);
    return it == m_options.own.end() ? nullptr : &it->second;
}

QString Resolution::describe(Option option) const
{
    const GivenValue *value = given(option);
    return QCoreApplication::translate("QProxySql", "%1=%2 (%3)")
            .arg(QLatin1String(optionInfo(option).name), value ? value->value : QString(),
                 value ? value->source : QString());
}

QString Resolution::describeHost() const
{
    return QCoreApplication::translate("QProxySql", "host name \"%1\"").arg(m_host);
}

quint16 Resolution::defaultPort() const
{
    return m_request.port > 0 ? quint16(m_request.port) : PeerAddress::DefaultPort;
}

bool Resolution::fail(const QString &reason)
{
    m_error = reason;
    return false;
}

bool Resolution::failContradiction(const QString &one, const QString &other)
{
    return fail(
            QCoreApplication::translate("QProxySql",
                                        "%1 and %2 contradict each other; allowed is one of them")
                    .arg(one, other));
}

} // namespace

std::optional<ConnectionConfig> ConfigResolver::resolve(const OpenRequest &request, QString *error)
{
    Resolution resolution(request);
    if (!resolution.run()) {
        *error = resolution.error();
        return {};
    }
    return resolution.config();
}

} // namespace qproxysql
