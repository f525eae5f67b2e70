// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connection/connection.h"
#include "dormantdriver.h"

#include <QtCore/QPointer>
#include <QtCore/QVariantList>
#include <QtSql/QSqlDriver>

#include <functional>
#include <memory>

namespace qproxysql {

class DriverResult;

/// The driver behind addDatabase("QPROXYSQL"): QMYSQL's behaviour over several equivalent servers.
///
/// Its properties and signals can be used without linking to the plugin, through QObject:
///     db.driver()->property("currentPeer");
///     QObject::connect(db.driver(), SIGNAL(peerStateChanged(QString,QString,QString)),
///                      receiver, SLOT(...));
///
/// Owner's thread only, as every QSqlDatabase. It may be destroyed in another thread while nobody else
/// uses it (removeDatabase() from the main thread after a worker has finished). The destructor joins no
/// thread.
class ProxySqlDriver final : public QSqlDriver
{
    Q_OBJECT
    /// Name of the peer in use, "host:port" or "localhost:/path"; empty while closed or between a loss
    /// and the next statement.
    Q_PROPERTY(QString currentPeer READ currentPeer)
    /// The pool's peers: maps of peer, health, service (text), sessions (int, of this process) and
    /// lastError (text, empty when none); for a draining peer also drainedBy, drainReason (text) and
    /// drainedAt (QDateTime, UTC). Empty while closed.
    Q_PROPERTY(QVariantList peers READ peers)
    /// The open connections of the pool in this process: maps of connection (number, unique in the
    /// process), peer (text, empty between a session's end and the next statement), inTransaction
    /// (bool), reasons (names of docs/pins.md that prevent a move), trouble (why it cannot leave a
    /// draining peer, empty when it can). Empty while closed.
    Q_PROPERTY(QVariantList sessions READ sessions)

public:
    enum class AskedFor {
        Itself,
        Qmysql ///< by the alias plugin: takes what QMYSQL takes, also connect options nobody knows
    };
    explicit ProxySqlDriver(AskedFor askedFor = AskedFor::Itself, QObject *parent = nullptr);
    ~ProxySqlDriver() override;

    bool open(const QString &database, const QString &user = {}, const QString &password = {},
              const QString &host = {}, int port = -1, const QString &connectOptions = {}) override;
    void close() override;

    bool hasFeature(DriverFeature feature) const override;
    QSqlResult *createResult() const override;
    QVariant handle() const override; ///< QMYSQL's; pins the session until it ends

    bool beginTransaction() override;
    bool commitTransaction() override;
    bool rollbackTransaction() override;

    QStringList tables(QSql::TableType type) const override;
    QSqlIndex primaryIndex(const QString &table) const override;
    QSqlRecord record(const QString &table) const override;

    QString formatValue(const QSqlField &field, bool trimStrings = false) const override;
    QString escapeIdentifier(const QString &identifier, IdentifierType type) const override;
    bool isIdentifierEscaped(const QString &identifier, IdentifierType type) const override;
    QString stripDelimiters(const QString &identifier, IdentifierType type) const override;
    QString sqlStatement(StatementType type, const QString &table, const QSqlRecord &values,
                         bool prepared) const override;
    int maximumIdentifierLength(IdentifierType type) const override;

    QString currentPeer() const;
    QVariantList peers() const;
    QVariantList sessions() const;

    /// Drains or resumes a peer of the pool in this process, for all connections of the pool
    /// (docs/application.md). It holds until the next call or the end of the process. \a peer: its name, or an
    /// identity of its server. False, and lastError() is set: not open, or no such peer.
    Q_INVOKABLE bool drainPeer(const QString &peer, const QString &reason = {});
    Q_INVOKABLE bool resumePeer(const QString &peer);

    // Its results call these.
    Connection &connection() const { return *m_connection; }
    QSqlDriver *dormant() const { return m_dormant.get(); }
    void enlist(DriverResult *result) const;
    void delist(DriverResult *result) const;

Q_SIGNALS:
    /// The health of a peer of the pool has changed; \a health is a name of the table in docs/errors.md
    /// (Up, Down, ...). Emitted by the event loop of the driver's thread, while open.
    void peerStateChanged(const QString &pool, const QString &peer, const QString &health);
    /// The connection has moved to another session. Emitted in the driver's thread at the end of the call
    /// that moved it, so that a receiver in that thread may use the connection.
    void sessionMoved(const QString &from, const QString &to, const QString &reason);
    /// A transaction was lost with its session. Emitted like sessionMoved().
    void transactionLost();
    /// The transaction that was open on \a from was replayed on \a to (docs/transactions.md). Emitted like
    /// sessionMoved(), and after it.
    void transactionReplayed(const QString &from, const QString &to, const QString &reason);

private:
    bool runTransaction(Touch::Kind kind, bool (QSqlDriver::*verb)());
    void readMetadata(const std::function<bool(QSqlDriver &)> &read) const;
    template<typename Answer, typename Read>
    Answer metadata(const Read &read) const;
    void withServersRules(const std::function<void(QSqlDriver &)> &format) const;
    QSqlDriver *anyInner() const;
    void noteFeatures();
    void watchPool();
    bool setService(const QString &peer, Service service, const QString &reason);

    const AskedFor m_askedFor;
    mutable DormantDriver m_dormant;
    mutable DriverResult *m_results = nullptr; ///< all live results, an intrusive list
    QPointer<PeerPool> m_watchedPool;
    quint32 m_features = 0; ///< a bit per DriverFeature, as of the last open
    bool m_wasOpen = false;
    std::unique_ptr<Connection> m_connection;
};

} // namespace qproxysql
