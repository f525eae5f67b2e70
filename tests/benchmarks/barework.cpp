// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "barework.h"

#include <QtCore/QByteArray>

#include <mysql.h>

#include <array>
#include <charconv>
#include <cstring>
#include <vector>

namespace qproxysql::bench {

namespace {

using Kind = WorkRow::Kind;

class BareConnection
{
public:
    explicit BareConnection(int port)
        : m_port(port)
    {
        open();
    }
    ~BareConnection() { mysql_close(m_mysql); }
    Q_DISABLE_COPY_MOVE(BareConnection)

    MYSQL *mysql() { return m_mysql; }
    void reopen()
    {
        mysql_close(m_mysql);
        open();
    }
    void require(bool isOk) const
    {
        if (!isOk)
            qFatal("%s", mysql_error(m_mysql));
    }
    MYSQL_RES *exec(const QByteArray &sql)
    {
        require(mysql_real_query(m_mysql, sql.constData(), ulong(sql.size())) == 0);
        MYSQL_RES *result = mysql_store_result(m_mysql);
        require(result || mysql_field_count(m_mysql) == 0);
        return result;
    }

private:
    void open()
    {
        m_mysql = mysql_init(nullptr);
        mysql_options(m_mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
        require(mysql_real_connect(m_mysql, "127.0.0.1", "app", "secret", "test", uint(m_port),
                                   nullptr, 0));
    }

    const int m_port;
    MYSQL *m_mysql = nullptr;
};

/// With one bound integer if the text has a place for it.
class BareStatement
{
public:
    BareStatement(BareConnection &connection, const QByteArray &sql)
        : m_statement(mysql_stmt_init(connection.mysql()))
    {
        require(mysql_stmt_prepare(m_statement, sql.constData(), ulong(sql.size())) == 0);
        m_bind.buffer_type = MYSQL_TYPE_LONGLONG;
        m_bind.buffer = &m_value;
        if (mysql_stmt_param_count(m_statement) > 0)
            require(mysql_stmt_bind_param(m_statement, &m_bind) == 0);
    }
    ~BareStatement() { mysql_stmt_close(m_statement); }
    Q_DISABLE_COPY_MOVE(BareStatement)

    MYSQL_STMT *statement() { return m_statement; }
    void exec(qint64 value)
    {
        m_value = value;
        require(mysql_stmt_execute(m_statement) == 0);
        if (mysql_stmt_field_count(m_statement) > 0)
            require(mysql_stmt_store_result(m_statement) == 0);
    }
    void require(bool isOk) const
    {
        if (!isOk)
            qFatal("%s", mysql_stmt_error(m_statement));
    }

private:
    MYSQL_STMT *const m_statement;
    qint64 m_value = 0;
    MYSQL_BIND m_bind{};
};

class BareWork : public Work
{
public:
    BareWork(const WorkRow &row, int port)
        : m_row(row)
        , m_sql(row.sql)
        , m_connection(port)
    {
    }

protected:
    const WorkRow &m_row;
    const QByteArray m_sql;
    BareConnection m_connection;
};

class BareExecText : public BareWork
{
public:
    using BareWork::BareWork;
    void run(int times) override
    {
        for (int i = 0; i < times; ++i) {
            MYSQL_RES *result = m_connection.exec(m_sql);
            if (m_row.kind == Kind::ExecOnce)
                m_connection.require(mysql_fetch_row(result));
            mysql_free_result(result);
        }
    }
};

class BareReExec : public BareWork
{
public:
    BareReExec(const WorkRow &row, int port)
        : BareWork(row, port)
        , m_statement(m_connection, m_sql)
    {
    }
    void run(int times) override
    {
        for (int i = 0; i < times; ++i)
            m_statement.exec(i);
    }

private:
    BareStatement m_statement;
};

class BarePrepareFirst : public BareWork
{
public:
    using BareWork::BareWork;
    void run(int times) override
    {
        for (int i = 0; i < times; ++i)
            BareStatement(m_connection,
                          QByteArray(m_sql).replace("%1", QByteArray::number(++m_count)))
                    .exec(i);
    }

private:
    int m_count = 0;
};

class BareFetchText : public BareWork
{
public:
    BareFetchText(const WorkRow &row, int port)
        : BareWork(row, port)
        , m_result(m_connection.exec(m_sql))
    {
    }
    ~BareFetchText() override { mysql_free_result(m_result); }
    Q_DISABLE_COPY_MOVE(BareFetchText)

    void run(int times) override
    {
        const size_t columns = std::strlen(m_row.columns);
        for (int i = 0; i < times; ++i) {
            mysql_data_seek(m_result, 0);
            while (const MYSQL_ROW row = mysql_fetch_row(m_result)) {
                const ulong *lengths = mysql_fetch_lengths(m_result);
                for (size_t column = 0; column < columns; ++column) {
                    qint64 value = 0;
                    if (m_row.columns[column] == 'i')
                        std::from_chars(row[column], row[column] + lengths[column], value);
                    m_sum += value;
                }
            }
        }
    }

private:
    MYSQL_RES *const m_result;
    qint64 m_sum = 0;
};

class BareFetchPrepared : public BareWork
{
public:
    BareFetchPrepared(const WorkRow &row, int port)
        : BareWork(row, port)
        , m_statement(m_connection, m_sql)
        , m_columns(std::strlen(row.columns))
    {
        m_statement.exec(0);
        for (size_t column = 0; column < m_columns.size(); ++column) {
            Column &target = m_columns[column];
            MYSQL_BIND bind{};
            bind.length = &target.length;
            switch (row.columns[column]) {
            case 'i':
                bind.buffer_type = MYSQL_TYPE_LONGLONG;
                bind.buffer = &target.number;
                break;
            case 'd':
                bind.buffer_type = MYSQL_TYPE_DATETIME;
                bind.buffer = &target.time;
                break;
            default:
                bind.buffer_type = MYSQL_TYPE_STRING;
                bind.buffer = target.text.data();
                bind.buffer_length = ulong(target.text.size());
            }
            m_binds.push_back(bind);
        }
        m_statement.require(mysql_stmt_bind_result(m_statement.statement(), m_binds.data()) == 0);
    }
    void run(int times) override
    {
        for (int i = 0; i < times; ++i) {
            mysql_stmt_data_seek(m_statement.statement(), 0);
            while (mysql_stmt_fetch(m_statement.statement()) == 0)
                m_sum += m_columns[0].number;
        }
    }

private:
    struct Column
    {
        qint64 number = 0;
        MYSQL_TIME time{};
        std::array<char, 1024> text{};
        ulong length = 0;
    };
    BareStatement m_statement;
    std::vector<Column> m_columns;
    std::vector<MYSQL_BIND> m_binds;
    qint64 m_sum = 0;
};

class BareOpenClose : public BareWork
{
public:
    using BareWork::BareWork;
    void run(int times) override
    {
        for (int i = 0; i < times; ++i) {
            m_connection.reopen();
            if (!m_sql.isEmpty())
                mysql_free_result(m_connection.exec(m_sql));
        }
    }
};

} // namespace

std::unique_ptr<Work> makeBareWork(const WorkRow &row, int port)
{
    switch (row.kind) {
    case Kind::ExecText:
    case Kind::ExecOnce:
        return std::make_unique<BareExecText>(row, port);
    case Kind::ReExec:
    case Kind::PrepareAgain:
        return std::make_unique<BareReExec>(row, port);
    case Kind::PrepareFirst:
        return std::make_unique<BarePrepareFirst>(row, port);
    case Kind::Fetch:
        return std::make_unique<BareFetchText>(row, port);
    case Kind::FetchPrepared:
        return std::make_unique<BareFetchPrepared>(row, port);
    case Kind::OpenClose:
        return std::make_unique<BareOpenClose>(row, port);
    }
    return nullptr;
}

} // namespace qproxysql::bench
