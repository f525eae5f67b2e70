// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QVariant>

QT_BEGIN_NAMESPACE
class QAbstractItemModel;
class QSqlDatabase;
class QSqlError;
class QSqlQuery;
class QSqlRecord;
QT_END_NAMESPACE

namespace qproxysql::parity {

/// Writes down everything that an application can see, one line an observation.
class Observer
{
public:
    /// What follows belongs to this text: a difference is reported with the last one before it.
    void section(const QString &text) { m_lines.append(SectionMark + text); }
    void note(const QString &what, const QVariant &value);
    void noteError(const QString &what, const QSqlError &error);
    void note(const QString &what, const QSqlRecord &record);
    /// What QtSql or QMYSQL has written to the log.
    void warning(const QString &text) { m_lines.append(QLatin1String("warning: ") + text); }

    /// Every question that QSqlQuery answers without changing anything.
    void state(const QString &what, const QSqlQuery &query);
    /// The same without what QMYSQL answers by reading the open connection (it crashes when closed).
    void stateAfterClose(const QString &what, const QSqlQuery &query);
    /// The values of the row that the query stands on, which must be one.
    void row(const QString &what, const QSqlQuery &query, int columns);
    /// state() and all rows from the current position on.
    void rows(const QString &what, QSqlQuery &query);
    void model(const QString &what, const QAbstractItemModel &model);

    /// Runs the text and writes down result, state and rows.
    void exec(const QString &what, QSqlQuery &query, const QString &sql);
    void exec(const QString &what, QSqlQuery &query);

    const QStringList &lines() const { return m_lines; }

    static QString textOf(const QVariant &value);
    static QString textOf(const QSqlError &error);

    static constexpr QLatin1StringView SectionMark{"## "};

private:
    QStringList m_lines;
};

} // namespace qproxysql::parity
