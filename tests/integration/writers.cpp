// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "writers.h"

#include "scopeddatabase.h"

#include <QtCore/QElapsedTimer>

using namespace Qt::StringLiterals;

namespace {

/// A member that joins must be faster than those that write, on a machine that is busy, too.
constexpr std::chrono::milliseconds Pause{5};

} // namespace

Writers::Writers(int count, const QString &hosts, const QString &options)
{
    for (int i = 0; i < count; ++i)
        m_threads.emplace_back([=, this] { run(i, hosts, options); });
}

QString Writers::table()
{
    return u"CREATE TABLE test.ledger (id BIGINT AUTO_INCREMENT PRIMARY KEY, token VARCHAR(40), "
           "KEY (token))"_s;
}

void Writers::stop()
{
    m_isStopping = true;
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
}

void Writers::run(int writer, const QString &hosts, const QString &options)
{
    ScopedDatabase db(hosts, options);
    if (!db.open()) {
        note({}, u"open: "_s + db.error().text());
        return;
    }
    for (int i = 0; !m_isStopping; ++i) {
        const QString token = u"%1-%2"_s.arg(writer).arg(i);
        QElapsedTimer timer;
        timer.start();
        QSqlQuery write(db.get());
        const bool isWritten = write.exec(u"INSERT INTO ledger (token) VALUES ('%1')"_s.arg(token));
        note(token, isWritten ? QString() : write.lastError().text());
        QSqlQuery read(db.get());
        if (!read.exec(u"SELECT 1 FROM ledger LIMIT 1"_s))
            note({}, u"read: "_s + read.lastError().text());
        {
            const std::lock_guard lock(m_mutex);
            m_ledger.longestCall = std::max(m_ledger.longestCall,
                                            std::chrono::milliseconds(timer.elapsed()));
        }
        std::this_thread::sleep_for(Pause);
    }
}

void Writers::note(const QString &token, const QString &error)
{
    const std::lock_guard lock(m_mutex);
    if (error.isEmpty()) {
        m_ledger.acknowledged += token;
        ++m_successes;
    } else if (error.contains(u"may or may not have been executed"_s)) {
        m_ledger.unknown += token;
    } else {
        m_ledger.failures += error;
        ++m_failures;
    }
}

QString Writers::objection(const QStringList &tokens) const
{
    const QSet<QString> there(tokens.begin(), tokens.end());
    if (there.size() != tokens.size())
        return u"%1 tokens twice"_s.arg(tokens.size() - there.size());
    const QSet<QString> lost = m_ledger.acknowledged - there;
    return lost.isEmpty() ? QString()
                          : u"%1 of %2 lost"_s.arg(lost.size()).arg(m_ledger.acknowledged.size());
}
