// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QDeadlineTimer>
#include <QtCore/QString>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

#include <atomic>
#include <functional>
#include <thread>

/// A QSqlDatabase with a name of its own that is closed and removed with its scope; for the sandbox's
/// account unless told otherwise. Stays in the thread that made it.
class ScopedDatabase
{
public:
    explicit ScopedDatabase(const QString &hosts, const QString &options = QString(),
                            const QString &driver = QStringLiteral("QPROXYSQL"))
        : m_name(QStringLiteral("scoped%1").arg(nextNumber()))
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(driver, m_name);
        database.setHostName(hosts);
        database.setUserName(QStringLiteral("app"));
        database.setPassword(QStringLiteral("secret"));
        database.setDatabaseName(QStringLiteral("test"));
        database.setConnectOptions(options);
    }
    ~ScopedDatabase()
    {
        get().close();
        QSqlDatabase::removeDatabase(m_name);
    }
    Q_DISABLE_COPY_MOVE(ScopedDatabase)

    QSqlDatabase get() const { return QSqlDatabase::database(m_name, false); }
    bool open() { return get().open(); }
    /// Opens it on \a peer, which BALANCE=first prefers. On a busy machine a peer may need more than the
    /// 250 ms after which the next one is rightly tried, too: once more then, for up to 20 s.
    bool openOn(const QString &peer)
    {
        const QDeadlineTimer deadline(20'000);
        while (!open() || currentPeer() != peer) {
            if (deadline.hasExpired())
                return false;
            get().close();
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return true;
    }
    QSqlError error() const { return get().lastError(); }
    QString currentPeer() const { return get().driver()->property("currentPeer").toString(); }

    /// The peer's line of the driver's property "peers"; empty when there is none of that name.
    QVariantMap peer(const QString &name) const
    {
        const QVariantList all = get().driver()->property("peers").toList();
        for (const QVariant &one : all) {
            if (one.toMap().value(QStringLiteral("peer")).toString() == name)
                return one.toMap();
        }
        return {};
    }
    QString health(const QString &name) const
    {
        return peer(name).value(QStringLiteral("health")).toString();
    }

    /// The first column of the first row; an invalid QVariant and \a error on failure.
    QVariant value(const QString &sql, QSqlError *error = nullptr) const
    {
        QSqlQuery query(get());
        if (!query.exec(sql) || !query.next()) {
            if (error)
                *error = query.lastError();
            return {};
        }
        return query.value(0);
    }

    int serverThreadId() const { return value(QStringLiteral("SELECT CONNECTION_ID()")).toInt(); }

    /// Uses the connection, then closes and opens it: true when it has a session that was used so before.
    /// Tries up to five times: a server that takes more than 100 ms for a reset, as on a machine that
    /// is busy elsewhere, is rightly no longer waited for.
    bool reopensSameSession(const std::function<void()> &use = [] {})
    {
        QList<int> used;
        for (int attempt = 0; attempt < 5; ++attempt) {
            use();
            used.append(serverThreadId());
            get().close();
            if (!open())
                return false;
            if (used.contains(serverThreadId()))
                return true;
        }
        return false;
    }

private:
    static int nextNumber()
    {
        static std::atomic<int> number{0};
        return ++number;
    }

    const QString m_name;
};
