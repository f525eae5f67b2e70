// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "qtwork.h"

#include <QtSql/QSqlQuery>

#include <cstring>

namespace qproxysql::bench {

namespace {

using Kind = WorkRow::Kind;

void require(bool isOk, const QSqlQuery &query)
{
    if (!isOk)
        qFatal("%s", qPrintable(query.lastError().text()));
}

class QtWork : public Work
{
public:
    QtWork(const WorkRow &row, BenchConnection &connection)
        : m_row(row)
        , m_sql(QLatin1String(row.sql))
        , m_connection(connection)
    {
    }

protected:
    QSqlDatabase &db() { return m_connection.db(); }

    const WorkRow &m_row;
    const QString m_sql;

private:
    BenchConnection &m_connection;
};

class ExecText : public QtWork
{
public:
    ExecText(const WorkRow &row, BenchConnection &connection)
        : QtWork(row, connection)
        , m_query(db())
    {
    }
    void run(int times) override
    {
        for (int i = 0; i < times; ++i)
            require(m_query.exec(m_sql), m_query);
    }

private:
    QSqlQuery m_query;
};

class ExecOnce : public QtWork
{
public:
    using QtWork::QtWork;
    void run(int times) override
    {
        for (int i = 0; i < times; ++i) {
            QSqlQuery query(db());
            require(query.exec(m_sql) && query.next(), query);
        }
    }
};

class ReExec : public QtWork
{
public:
    ReExec(const WorkRow &row, BenchConnection &connection)
        : QtWork(row, connection)
        , m_query(db())
    {
        require(m_query.prepare(m_sql), m_query);
    }
    void run(int times) override
    {
        for (int i = 0; i < times; ++i) {
            m_query.bindValue(0, i);
            require(m_query.exec(), m_query);
        }
    }

private:
    QSqlQuery m_query;
};

class PrepareExec : public QtWork
{
public:
    using QtWork::QtWork;
    void run(int times) override
    {
        for (int i = 0; i < times; ++i) {
            QSqlQuery query(db());
            const QString sql = m_row.kind == Kind::PrepareFirst ? m_sql.arg(++m_count) : m_sql;
            require(query.prepare(sql), query);
            query.addBindValue(i);
            require(query.exec(), query);
        }
    }

private:
    int m_count = 0;
};

class Fetch : public QtWork
{
public:
    Fetch(const WorkRow &row, BenchConnection &connection)
        : QtWork(row, connection)
        , m_query(db())
    {
        if (row.kind == Kind::FetchPrepared)
            require(m_query.prepare(m_sql) && m_query.exec(), m_query);
        else
            require(m_query.exec(m_sql), m_query);
    }
    void run(int times) override
    {
        const int columns = int(std::strlen(m_row.columns));
        for (int i = 0; i < times; ++i) {
            m_query.seek(-1);
            while (m_query.next()) {
                for (int column = 0; column < columns; ++column) {
                    const QVariant value = m_query.value(column);
                    m_sum += m_row.columns[column] == 'i' ? value.toLongLong() : value.isNull();
                }
            }
        }
    }

private:
    QSqlQuery m_query;
    qint64 m_sum = 0;
};

class OpenClose : public QtWork
{
public:
    using QtWork::QtWork;
    void run(int times) override
    {
        for (int i = 0; i < times; ++i) {
            db().close();
            if (!db().open())
                qFatal("%s", qPrintable(db().lastError().text()));
            if (!m_sql.isEmpty()) {
                QSqlQuery query(db());
                require(query.exec(m_sql), query);
            }
        }
    }
};

} // namespace

std::unique_ptr<Work> makeQtWork(const WorkRow &row, BenchConnection &connection)
{
    switch (row.kind) {
    case Kind::ExecText:
        return std::make_unique<ExecText>(row, connection);
    case Kind::ExecOnce:
        return std::make_unique<ExecOnce>(row, connection);
    case Kind::ReExec:
        return std::make_unique<ReExec>(row, connection);
    case Kind::PrepareAgain:
    case Kind::PrepareFirst:
        return std::make_unique<PrepareExec>(row, connection);
    case Kind::Fetch:
    case Kind::FetchPrepared:
        return std::make_unique<Fetch>(row, connection);
    case Kind::OpenClose:
        return std::make_unique<OpenClose>(row, connection);
    }
    return nullptr;
}

} // namespace qproxysql::bench
