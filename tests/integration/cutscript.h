// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "scopeddatabase.h"

#include <QtCore/QStringList>

#include <functional>
#include <utility>

/// What the application may believe of a counter to which statements add.
class Belief
{
public:
    void added(int n) { m_open += n; }
    void committed() { m_sure += std::exchange(m_open, 0); }
    void undone() { m_open = 0; }
    void saved() { m_saved = m_open; }
    void restored() { m_open = m_saved; }
    void failed(bool isUnknown)
    {
        m_perhaps = isUnknown ? m_open : 0;
        m_open = 0;
    }
    bool allows(int value) const { return value == m_sure || value == m_sure + m_perhaps; }
    QString text() const { return QStringLiteral("%1 or %2").arg(m_sure).arg(m_sure + m_perhaps); }

private:
    int m_sure = 0;
    int m_open = 0;
    int m_saved = 0;
    int m_perhaps = 0;
};

/// Steps of an application over one connection, which end at the first that fails. "+n" adds n to the row of
/// \c id in the table t(id, v), "-" is a statement that fails, "(", ")", "!" are transaction(), commit(),
/// rollback(); everything else is SQL, "?" before it prepares it.
class CutScript
{
public:
    int id = 0;
    QStringList steps;
    bool isPrepared = false;                          ///< what adds
    std::function<void(int, const QString &)> before; ///< each step, with its SQL

    /// Runs it and rolls back after a failure.
    void run(const ScopedDatabase &db);

    const Belief &belief() const { return m_belief; }
    const QString &told() const { return m_told; } ///< of each step
    const QString &failedStep() const { return m_failedStep; }
    bool isUnknown() const
    {
        return m_isUnknown;
    } ///< the failed step: may or may not have been executed
    /// The failed step is not a COMMIT that ends a transaction, but may commit, or belongs to none.
    bool mayBeUnknown() const { return m_mayBeUnknown; }

private:
    QString sqlOf(const QString &step) const;
    bool execute(const ScopedDatabase &db, const QString &step, QString *error) const;
    void succeeded(const QString &step);
    void failed(const QString &step, const QString &error);

    Belief m_belief;
    QString m_told;
    QString m_failedStep;
    bool m_isUnknown = false;
    bool m_mayBeUnknown = false;
    bool m_isOpen = false;
    bool m_isAutocommit = true;
};
