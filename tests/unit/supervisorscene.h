// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health/supervisor.h"
#include "pool/poolregistry.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>

#include <condition_variable>
#include <mutex>

namespace qproxysql::test {

using namespace std::chrono_literals;

inline constexpr auto Patience = 20s;

/// Counts who is asked; hosts called "hang..." never answer, all others refuse.
class Door
{
public:
    static Door &instance()
    {
        static auto *door = new Door;
        return *door;
    }

    void knock(const QString &host, const QString &user)
    {
        std::unique_lock lock(m_mutex);
        ++m_knocks;
        m_lastUser = user;
        m_changed.notify_all();
        if (host.startsWith(QLatin1String("hang")))
            m_changed.wait(lock, [this] { return m_isOpen; });
    }

    /// True when \a more were asked since \a than.
    bool waitForMore(int than, int more = 1)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, Patience, [&] { return m_knocks >= than + more; });
    }

    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }

    int knocks()
    {
        const std::lock_guard lock(m_mutex);
        return m_knocks;
    }

    QString lastUser()
    {
        const std::lock_guard lock(m_mutex);
        return m_lastUser;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_knocks = 0;
    QString m_lastUser;
    bool m_isOpen = false;
};

class RefusingDriver : public QSqlDriver
{
public:
    bool hasFeature(DriverFeature) const override { return false; }
    bool open(const QString &, const QString &user, const QString &, const QString &host, int,
              const QString &) override
    {
        Door::instance().knock(host, user);
        setLastError(QSqlError({}, QStringLiteral("Connection refused"), QSqlError::ConnectionError,
                               QStringLiteral("2002")));
        setOpenError(true);
        return false;
    }
    void close() override {}
    QSqlResult *createResult() const override { return nullptr; }
};

inline void registerDriver()
{
    // Kept reachable, since QtSql loses it when a process exits under its application.
    static auto *const kept = new std::vector<QSqlDriverCreatorBase *>;
    kept->push_back(new QSqlDriverCreator<RefusingDriver>);
    QSqlDatabase::registerSqlDriver(QStringLiteral("QMYSQL"), kept->back());
}

inline std::shared_ptr<PeerPool> poolOf(const QString &name, const QStringList &hosts)
{
    PoolDefinition definition;
    definition.name = name;
    definition.policy.checkInterval = 20ms;
    for (const QString &host : hosts)
        definition.peers.append({{host, 3306}, 1});
    return PoolRegistry::instance().acquire(definition).valueOr(nullptr); // in use otherwise
}

inline Logins loginsOf(const char *user)
{
    Logins logins;
    logins.common.user = QLatin1String(user);
    return logins;
}

inline ConnectFailure refused()
{
    ConnectFailure failure;
    failure.code = 2002;
    failure.text = QStringLiteral("Connection refused");
    failure.errorClass = ErrorClass::Down;
    return failure;
}

inline Supervisor &supervisor()
{
    return Supervisor::instance();
}

} // namespace qproxysql::test
