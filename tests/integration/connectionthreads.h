// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "scopeddatabase.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

/// Threads without event loop, each with a connection that lives as long as it, and with the table
/// `numbers (id, n)` to work on. They sit still until they are told to work.
class ConnectionThreads
{
public:
    ConnectionThreads(int count, QString hosts, QString options)
        : m_hosts(std::move(hosts))
        , m_options(std::move(options))
    {
        m_busy = count;
        for (int i = 0; i < count; ++i)
            m_threads.emplace_back([this, i] { live(i); });
        waitUntilIdle();
    }
    ~ConnectionThreads()
    {
        setWish(Wish::End);
        for (std::thread &thread : m_threads)
            thread.join();
    }
    Q_DISABLE_COPY_MOVE(ConnectionThreads)

    bool areOpen() const { return m_failures == 0; }

    /// One piece of work each; how many have another peer than before.
    int work()
    {
        m_moves = 0;
        setWish(Wish::WorkOnce);
        waitUntilIdle();
        return m_moves;
    }
    void workOn() { setWish(Wish::WorkOn); }
    void pause()
    {
        setWish(Wish::Rest);
        waitUntilIdle();
    }

    int failures() const { return m_failures; }
    int done() const { return m_done; }
    QString firstFailure() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_firstFailure;
    }
    /// Connections by the peer that each used last.
    std::map<QString, int> peers() const
    {
        const std::scoped_lock lock(m_mutex);
        std::map<QString, int> counts;
        for (const auto &[thread, peer] : m_peers)
            ++counts[peer];
        return counts;
    }

private:
    enum class Wish { Rest, WorkOnce, WorkOn, End };

    void live(int number)
    {
        ScopedDatabase db(m_hosts, m_options);
        if (!db.open())
            fail(db.error());
        notePeer(number, db);
        QSqlQuery prepared(db.get());
        prepared.prepare(QStringLiteral("SELECT n FROM numbers WHERE id = ?"));
        for (int round = 0;;) {
            const Wish wish = nextWish(&round);
            if (wish == Wish::End)
                return;
            do
                workOnce(number, db, prepared);
            while (wish == Wish::WorkOn && m_wish == Wish::WorkOn);
        }
    }

    void workOnce(int number, ScopedDatabase &db, QSqlQuery &prepared)
    {
        QSqlDatabase database = db.get();
        QSqlQuery query(database);
        const QString row = QString::number(number);
        check(query.exec(QStringLiteral("SELECT 1")), query);
        check(query.exec(QStringLiteral("REPLACE INTO numbers VALUES (%1, 1)").arg(row)), query);
        prepared.bindValue(0, number);
        check(prepared.exec(), prepared);
        check(database.transaction(), database);
        check(query.exec(QStringLiteral("UPDATE numbers SET n = n + 1 WHERE id = %1").arg(row)),
              query);
        check(query.exec(QStringLiteral("SELECT n FROM numbers WHERE id = %1").arg(row)), query);
        check(database.commit(), database);
        ++m_done;
        notePeer(number, db);
    }

    void notePeer(int number, const ScopedDatabase &db)
    {
        const QString peer = db.currentPeer();
        const std::scoped_lock lock(m_mutex);
        QString &known = m_peers[number];
        m_moves += known != peer ? 1 : 0;
        known = peer;
    }

    template<typename Source>
    void check(bool isOk, const Source &source)
    {
        if (!isOk)
            fail(source.lastError());
    }
    void fail(const QSqlError &error)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_failures++ == 0)
            m_firstFailure = error.text();
    }

    void setWish(Wish wish)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_wish = wish;
            ++m_round;
            if (wish != Wish::Rest)
                m_busy = int(m_threads.size());
        }
        m_changed.notify_all();
    }
    Wish nextWish(int *round)
    {
        std::unique_lock lock(m_mutex);
        --m_busy;
        m_changed.notify_all();
        m_changed.wait(lock, [&] { return m_round != *round && m_wish != Wish::Rest; });
        *round = m_round;
        return m_wish;
    }
    void waitUntilIdle()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_busy == 0; });
    }

    const QString m_hosts;
    const QString m_options;
    std::atomic<int> m_failures{0};
    std::atomic<int> m_done{0};
    std::atomic<int> m_moves{0};
    std::atomic<Wish> m_wish{Wish::Rest};
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_round = 0;
    int m_busy = 0;
    QString m_firstFailure;
    std::map<int, QString> m_peers;
    std::vector<std::thread> m_threads;
};
