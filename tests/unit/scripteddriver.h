// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connect/groupmembership.h"
#include "pool/poolregistry.h"

#include <QtCore/QMap>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlDriver>
#include <QtSql/QSqlError>
#include <QtSql/QSqlField>
#include <QtSql/QSqlRecord>
#include <QtSql/QSqlResult>

#include <condition_variable>
#include <functional>
#include <mutex>

namespace qproxysql::test {

using namespace Qt::StringLiterals;

inline QSqlError sqlError(int code, const QString &text = u"as scripted"_s)
{
    return QSqlError(u"scripted"_s, text, QSqlError::StatementError, QString::number(code));
}

/// The servers behind a driver that connects to nothing: a test says how each of them answers, and sees
/// what they were asked. Thread-safe.
class ScriptedServers
{
public:
    using Answers = std::function<QSqlError(const QString &host, const QString &sql)>;

    static ScriptedServers &instance()
    {
        static auto *const servers = new ScriptedServers;
        return *servers;
    }

    /// All answer well, and nothing was asked.
    void reset()
    {
        const std::lock_guard lock(m_mutex);
        m_refusals.clear();
        m_answers = {};
        m_memberState.clear();
        m_logins.clear();
        m_requests.clear();
        m_held.clear();
        m_changed.notify_all();
    }
    void refuseLogins(const QString &host, const QSqlError &error)
    {
        const std::lock_guard lock(m_mutex);
        m_refusals[host] = error;
    }
    void answerBy(Answers answers)
    {
        const std::lock_guard lock(m_mutex);
        m_answers = std::move(answers);
    }
    /// Who asks for the members of the group is given one, in that state.
    void setMemberState(const QString &state)
    {
        const std::lock_guard lock(m_mutex);
        m_memberState = state;
    }
    /// Logins there block until release() or reset().
    void hold(const QString &host)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_held.contains(host))
            m_held.append(host);
    }
    void release(const QString &host)
    {
        const std::lock_guard lock(m_mutex);
        m_held.removeAll(host);
        m_changed.notify_all();
    }
    QStringList logins() const ///< hosts, in the order in which logins began
    {
        const std::lock_guard lock(m_mutex);
        return m_logins;
    }
    QStringList requests() const ///< of all hosts, those of logins included
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    void forgetRequests()
    {
        const std::lock_guard lock(m_mutex);
        m_requests.clear();
        m_logins.clear();
    }
    int open() const ///< connections that exist now
    {
        const std::lock_guard lock(m_mutex);
        return m_open;
    }

private:
    friend class ScriptedDriver;
    friend class ScriptedResult;

    QSqlError login(const QString &host)
    {
        std::unique_lock lock(m_mutex);
        m_logins.append(host);
        m_changed.wait(lock, [&] { return !m_held.contains(host); });
        const QSqlError error = m_refusals.value(host);
        m_open += error.isValid() ? 0 : 1;
        return error;
    }
    void logout()
    {
        const std::lock_guard lock(m_mutex);
        --m_open;
    }
    QSqlError ask(const QString &host, const QString &sql)
    {
        Answers answers;
        {
            const std::lock_guard lock(m_mutex);
            m_requests.append(sql);
            answers = m_answers;
        }
        return answers ? answers(host, sql) : QSqlError();
    }
    QStringList rowOf(const QString &sql) const
    {
        const std::lock_guard lock(m_mutex);
        return sql.contains(GroupMembership::members()) ? QStringList{QString(), m_memberState}
                                                        : QStringList();
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    QMap<QString, QSqlError> m_refusals;
    Answers m_answers;
    QString m_memberState;
    QStringList m_logins;
    QStringList m_requests;
    QStringList m_held;
    int m_open = 0;
};

/// Of a request that fails, or succeeds with at most the row of the group's member.
class ScriptedResult final : public QSqlResult
{
public:
    ScriptedResult(const QSqlDriver *driver, const QString &host)
        : QSqlResult(driver)
        , m_host(host)
    {
    }

protected:
    bool reset(const QString &sql) override
    {
        const QSqlError error = ScriptedServers::instance().ask(m_host, sql);
        setLastError(error);
        setActive(!error.isValid());
        m_row = ScriptedServers::instance().rowOf(sql);
        setSelect(!m_row.isEmpty());
        return !error.isValid();
    }
    QSqlRecord record() const override
    {
        QSqlRecord record;
        if (!m_row.isEmpty())
            record.append(QSqlField(GroupMembership::members().section(u' ', 3, 3).chopped(1)));
        return record;
    }
    QVariant data(int column) override { return m_row.value(column); }
    bool isNull(int column) override { return column >= m_row.size(); }
    bool fetch(int row) override
    {
        setAt(row);
        return row == 0 && !m_row.isEmpty();
    }
    bool fetchFirst() override { return fetch(0); }
    bool fetchLast() override { return false; }
    bool nextResult() override { return false; }
    int size() override { return -1; }
    int numRowsAffected() override { return 0; }

private:
    const QString m_host;
    QStringList m_row;
};

class ScriptedDriver final : public QSqlDriver
{
public:
    ~ScriptedDriver() override { close(); }

    bool hasFeature(DriverFeature feature) const override { return feature == MultipleResultSets; }
    bool open(const QString &, const QString &, const QString &, const QString &host, int,
              const QString &) override
    {
        m_host = host;
        const QSqlError error = ScriptedServers::instance().login(host);
        setLastError(error);
        setOpenError(error.isValid());
        setOpen(!error.isValid());
        return !error.isValid();
    }
    void close() override
    {
        if (!isOpen())
            return;
        setOpen(false);
        ScriptedServers::instance().logout();
    }
    QSqlResult *createResult() const override { return new ScriptedResult(this, m_host); }

private:
    QString m_host;
};

inline void registerScriptedDriver()
{
    // Kept reachable, since QtSql loses it when a process exits under its application.
    [[maybe_unused]] static auto *const kept = [] {
        auto *const creator = new QSqlDriverCreator<ScriptedDriver>;
        QSqlDatabase::registerSqlDriver(u"QMYSQL"_s, creator);
        return creator;
    }();
}

/// A pool of \a hosts that keeps no idle sessions, under a name that no other test has.
inline std::shared_ptr<PeerPool> scriptedPool(const QStringList &hosts,
                                              Balance balance = Balance::First)
{
    static int pools = 0;
    PoolDefinition definition;
    definition.name = u"scripted%1"_s.arg(++pools);
    definition.policy.balance = balance;
    definition.policy.maxIdle = 0;
    definition.policy.control = Control::Off;
    for (const QString &host : hosts)
        definition.peers.append({{host, 3306}, 1});
    return *PoolRegistry::instance().acquire(definition);
}

} // namespace qproxysql::test
