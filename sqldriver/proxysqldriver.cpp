// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "proxysqldriver.h"

#include "config/enumname.h"
#include "dbmstype.h"
#include "forwardedresult.h"
#include "proxysqlresult.h"

#include <QtCore/QCoreApplication>
#include <QtSql/QSqlIndex>
#include <QtSql/QSqlQuery>
#include <QtSql/QSqlRecord>

namespace qproxysql {

namespace {

constexpr int FeatureCount = QSqlDriver::CancelQuery + 1;

constexpr quint32 bitOf(QSqlDriver::DriverFeature feature)
{
    return quint32(1) << feature;
}

QSqlError lostWhileReading()
{
    return QSqlError(QCoreApplication::translate("QProxySql", "QPROXYSQL: Unable to read metadata"),
                     QCoreApplication::translate("QProxySql", "The server closed the connection"),
                     QSqlError::StatementError, QStringLiteral("2013"));
}

bool isTransactionOpen(const PeerSession &session)
{
    return session.serverStatus().value_or(0) & SERVER_STATUS_IN_TRANS;
}

// A conflict on Galera is told to the next request of the session, and the one after it succeeds.
std::optional<QSqlError> conflictWhileReading(const PeerSession &session, bool isAnswered)
{
    const auto *const calls = ClientCalls::of(session.inner().library());
    const QSqlError error = calls ? calls->error(session.mysql(), "Unable to execute query")
                                  : QSqlError();
    if (error.nativeErrorCode() == QLatin1String("1213"))
        return error;
    if (!isAnswered) // QMYSQL may have cleared the error, and an answer has the state of the transaction
        QSqlQuery(session.driver()->createResult()).exec(QStringLiteral("DO 0"));
    if (isTransactionOpen(session))
        return std::nullopt;
    return QSqlError(QCoreApplication::translate("QProxySql", "QPROXYSQL: Unable to read metadata"),
                     QCoreApplication::translate("QProxySql",
                                                 "A conflict has undone the transaction"),
                     QSqlError::TransactionError, QStringLiteral("1213"));
}

} // namespace

ProxySqlDriver::ProxySqlDriver(AskedFor askedFor, QObject *parent)
    : QSqlDriver(parent)
    , m_askedFor(askedFor)
    , m_connection(std::make_unique<Connection>(
              this, Connection::Events{[this](const QString &from, const QString &to,
                                              const QString &reason) {
                                           Q_EMIT sessionMoved(from, to, reason);
                                       },
                                       [this] { Q_EMIT transactionLost(); },
                                       [this](const QString &from, const QString &to,
                                              const QString &reason) {
                                           Q_EMIT transactionReplayed(from, to, reason);
                                       }}))
{
    markAsMySqlServer(this);
}

ProxySqlDriver::~ProxySqlDriver()
{
    while (m_results)
        m_results->driverDestroyed();
}

bool ProxySqlDriver::open(const QString &database, const QString &user, const QString &password,
                          const QString &host, int port, const QString &connectOptions)
{
    if (isOpen())
        close();
    if (!m_connection->open({database, user, password, host, port, connectOptions,
                             m_askedFor == AskedFor::Qmysql})) {
        setLastError(m_connection->openError());
        setOpenError(true);
        return false;
    }
    noteFeatures();
    watchPool();
    setOpen(true);
    setOpenError(false);
    return true;
}

void ProxySqlDriver::close()
{
    if (!isOpen())
        return;
    for (DriverResult *result = m_results; result; result = result->next())
        result->connectionClosing();
    m_connection->close();
    // Like QMYSQL, which needs an open connection for this feature and remembers the others.
    m_features &= ~bitOf(Transactions);
    setOpen(false);
    setOpenError(false);
}

void ProxySqlDriver::noteFeatures()
{
    const std::shared_ptr<PeerSession> &session = m_connection->session();
    if (!session)
        return;
    m_features = 0;
    for (int i = 0; i < FeatureCount; ++i) {
        const auto feature = DriverFeature(i);
        if (session->driver()->hasFeature(feature))
            m_features |= bitOf(feature);
    }
    m_wasOpen = true;
}

void ProxySqlDriver::watchPool()
{
    const std::shared_ptr<PeerPool> pool = m_connection->pool();
    if (m_watchedPool == pool.get())
        return;
    if (m_watchedPool)
        m_watchedPool->disconnect(this);
    m_watchedPool = pool.get();
    if (!pool)
        return;
    // Queued, because the pool emits in the thread that found the change.
    connect(
            pool.get(), &PeerPool::peerStateChanged, this,
            [this](const QString &name, const QString &peer, Health health) {
                if (isOpen())
                    Q_EMIT peerStateChanged(name, peer, enumName(health));
            },
            Qt::QueuedConnection);
}

bool ProxySqlDriver::hasFeature(DriverFeature feature) const
{
    if (m_wasOpen)
        return m_features & bitOf(feature);
    const QSqlDriver *inner = m_dormant.get();
    return inner && inner->hasFeature(feature);
}

QSqlResult *ProxySqlDriver::createResult() const
{
    const std::shared_ptr<PeerSession> &session = m_connection->session();
    const ClientCalls *const calls = session ? session->calls()
                                             : ClientCalls::of(
                                                     ClientLibrary::of(PoolPolicy().peerDriver));
    if (Q_LIKELY(calls))
        return new ProxySqlResult(this, *calls);
    return new ForwardedResult(this);
}

QVariant ProxySqlDriver::handle() const
{
    if (isOpen()) {
        // Through run(), which checks that the session is alive.
        readMetadata([this](QSqlDriver &) {
            m_connection->pinForHandle();
            return true;
        });
    }
    const QSqlDriver *inner = anyInner();
    return inner ? inner->handle() : QVariant();
}

bool ProxySqlDriver::beginTransaction()
{
    return runTransaction(Touch::Kind::Begin, &QSqlDriver::beginTransaction);
}

bool ProxySqlDriver::commitTransaction()
{
    return runTransaction(Touch::Kind::Commit, &QSqlDriver::commitTransaction);
}

bool ProxySqlDriver::rollbackTransaction()
{
    return runTransaction(Touch::Kind::Rollback, &QSqlDriver::rollbackTransaction);
}

bool ProxySqlDriver::runTransaction(Touch::Kind kind, bool (QSqlDriver::*verb)())
{
    if (!isOpen()) {
        qWarning("QPROXYSQL: transaction: Database not open");
        return false;
    }
    QSqlError error;
    const bool isOk = m_connection->run(
            {kind, {}},
            [verb](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                if (failure->executed || (session->driver()->*verb)())
                    return true;
                failure->error = session->driver()->lastError();
                return false;
            },
            &error);
    if (!isOk)
        setLastError(error);
    return isOk;
}

void ProxySqlDriver::readMetadata(const std::function<bool(QSqlDriver &)> &read) const
{
    QSqlError error;
    m_connection->run(
            {Touch::Kind::Metadata, {}},
            [&](const std::shared_ptr<PeerSession> &session, AttemptFailure *failure) {
                session->driver()->setNumericalPrecisionPolicy(numericalPrecisionPolicy());
                const bool wasInTransaction = isTransactionOpen(*session);
                // QtSql's metadata calls report no errors. An empty answer counts as a loss if the
                // socket is closed.
                const bool isAnswered = read(*session->driver());
                if (!isAnswered && session->line()->isClosed())
                    failure->error = lostWhileReading();
                else if (wasInTransaction)
                    failure->error = conflictWhileReading(*session, isAnswered);
                return !failure->error;
            },
            &error);
}

template<typename Answer, typename Read>
Answer ProxySqlDriver::metadata(const Read &read) const
{
    Answer answer;
    if (isOpen()) {
        readMetadata([&](const QSqlDriver &inner) {
            answer = read(inner);
            return !answer.isEmpty();
        });
    }
    return answer;
}

QStringList ProxySqlDriver::tables(QSql::TableType type) const
{
    return metadata<QStringList>([type](const QSqlDriver &inner) { return inner.tables(type); });
}

QSqlIndex ProxySqlDriver::primaryIndex(const QString &table) const
{
    return metadata<QSqlIndex>([&](const QSqlDriver &inner) { return inner.primaryIndex(table); });
}

QSqlRecord ProxySqlDriver::record(const QString &table) const
{
    return metadata<QSqlRecord>([&](const QSqlDriver &inner) { return inner.record(table); });
}

QSqlDriver *ProxySqlDriver::anyInner() const
{
    if (const std::shared_ptr<PeerSession> &session = m_connection->session())
        return session->driver();
    return m_dormant.get();
}

void ProxySqlDriver::withServersRules(const std::function<void(QSqlDriver &)> &format) const
{
    if (isOpen() && !m_connection->session())
        readMetadata([](QSqlDriver &) { return true; });
    if (const std::shared_ptr<PeerSession> session = m_connection->session()) {
        // Escaping reads the character set of the MYSQL.
        const Claim claim(*session);
        format(*session->driver());
    } else if (QSqlDriver *inner = m_dormant.get()) {
        format(*inner);
    }
}

QString ProxySqlDriver::formatValue(const QSqlField &field, bool trimStrings) const
{
    QString text;
    withServersRules([&](const QSqlDriver &inner) { text = inner.formatValue(field, trimStrings); });
    return text;
}

QString ProxySqlDriver::sqlStatement(StatementType type, const QString &table,
                                     const QSqlRecord &values, bool prepared) const
{
    QString text;
    withServersRules([&](const QSqlDriver &inner) {
        text = inner.sqlStatement(type, table, values, prepared);
    });
    return text;
}

QString ProxySqlDriver::escapeIdentifier(const QString &identifier, IdentifierType type) const
{
    const QSqlDriver *inner = anyInner();
    return inner ? inner->escapeIdentifier(identifier, type) : identifier;
}

bool ProxySqlDriver::isIdentifierEscaped(const QString &identifier, IdentifierType type) const
{
    const QSqlDriver *inner = anyInner();
    return inner && inner->isIdentifierEscaped(identifier, type);
}

QString ProxySqlDriver::stripDelimiters(const QString &identifier, IdentifierType type) const
{
    const QSqlDriver *inner = anyInner();
    return inner ? inner->stripDelimiters(identifier, type) : identifier;
}

int ProxySqlDriver::maximumIdentifierLength(IdentifierType type) const
{
    const QSqlDriver *inner = anyInner();
    return inner ? inner->maximumIdentifierLength(type) : QSqlDriver::maximumIdentifierLength(type);
}

void ProxySqlDriver::enlist(DriverResult *result) const
{
    result->m_next = m_results;
    if (m_results)
        m_results->m_previous = result;
    m_results = result;
}

void ProxySqlDriver::delist(DriverResult *result) const
{
    if (m_results == result)
        m_results = result->m_next;
    if (result->m_next)
        result->m_next->m_previous = result->m_previous;
    if (result->m_previous)
        result->m_previous->m_next = result->m_next;
    result->m_next = result->m_previous = nullptr;
}

} // namespace qproxysql
