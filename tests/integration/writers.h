// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QSet>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

/// Threads with a connection each that write tokens into test.ledger, each once, and read in between; a
/// ledger of what they were told. All from the thread that made it.
class Writers
{
public:
    Writers(int count, const QString &hosts, const QString &options);
    ~Writers() { stop(); }
    Q_DISABLE_COPY_MOVE(Writers)

    static QString table(); ///< makes what they write to

    void stop();
    /// Calls that succeeded so far.
    int successes() const { return m_successes; }

    int failures() const { return m_failures; } ///< and failed, not counting those of unknown fate

    struct Ledger
    {
        QSet<QString> acknowledged;
        QSet<QString> unknown; ///< the error says that it may have been executed
        QStringList failures;  ///< of anything else, with their texts
        std::chrono::milliseconds longestCall{0};
    };
    /// After stop().
    const Ledger &ledger() const { return m_ledger; }
    /// What speaks against \a tokens, as a server has them; empty: each acknowledged one is there, once.
    QString objection(const QStringList &tokens) const;

private:
    void run(int writer, const QString &hosts, const QString &options);
    void note(const QString &token, const QString &error);

    std::atomic<bool> m_isStopping{false};
    std::atomic<int> m_successes{0};
    std::atomic<int> m_failures{0};
    std::mutex m_mutex;
    Ledger m_ledger;
    std::vector<std::thread> m_threads;
};
