// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "../scopeddatabase.h"
#include "callbook.h"
#include "ledger.h"
#include "moment.h"

#include <QtCore/QRandomGenerator>
#include <QtSql/QSqlQuery>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace chaos {

/// One application thread: a connection, and statements of all kinds on it until told to stop. Expects the
/// tables ledger(token, part) and hot(id, n).
class Worker
{
public:
    struct Setup
    {
        int number = 0;
        quint32 seed = 0;
        QString hosts;
        QString options;
    };
    Worker(Setup setup, Moment *moment);

    void run(const std::atomic<bool> &stop);
    /// True while a call is under way on that peer. Any thread.
    bool isBusyOn(const QString &peer) const;

    // Once run() has ended:
    const CallBook &calls() const { return m_calls; }
    const Ledger &ledger() const { return m_ledger; }

private:
    enum class Style { Text, Prepared };

    bool timed(const QString &kind, const std::function<bool()> &call);
    bool exec(const QString &kind, const QString &sql);
    bool execPrepared(const QString &kind, std::unique_ptr<QSqlQuery> &query, const QString &sql,
                      const QVariantList &values);

    void reopen();
    void read(Style style);
    void insert(Style style);
    void increment(Style style);
    void transaction(bool inSql);
    bool begin(bool inSql);
    bool end(bool inSql, bool commits);
    bool insertPart(quint64 token, int part);

    Fate writeFailed(const QString &kind);
    Fate transactionFailed(const QString &step);
    Fate fateOf(bool isUnknown);
    bool isOneOf(std::initializer_list<const char *> driverTexts) const;
    QString described() const;

    const Setup m_setup;
    Moment *const m_moment;
    QRandomGenerator m_random;
    std::unique_ptr<ScopedDatabase> m_database;
    std::unique_ptr<QSqlQuery> m_preparedRead, m_preparedInsert, m_preparedIncrement;
    QVariant m_value;  ///< that the last read brought
    QSqlError m_error; ///< of the last call
    quint32 m_lastToken = 0;
    int m_fault = 0; ///< the last one when the last call ended

    mutable std::mutex m_busyMutex;
    QString m_busyOn;

    CallBook m_calls;
    Ledger m_ledger;
};

} // namespace chaos
