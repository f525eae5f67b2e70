// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "singleprocessor.h"

#include "benchconnection.h"
#include "pairedratio.h"
#include "sandbox/servergroup.h"

#include <QtCore/QJsonObject>
#include <QtSql/QSqlQuery>

#include <memory>
#include <vector>

namespace qproxysql::bench {

namespace {

void require(bool isOk, const QSqlQuery &query)
{
    if (!isOk)
        qFatal("%s", qPrintable(query.lastError().text()));
}

/// One operation, on one open connection.
class Operation
{
public:
    explicit Operation(BenchConnection &connection)
        : m_connection(connection)
    {
    }
    virtual ~Operation() = default;
    Q_DISABLE_COPY_MOVE(Operation)

    virtual void run(int times) = 0;

protected:
    QSqlDatabase &db() { return m_connection.db(); }

private:
    BenchConnection &m_connection;
};

class ExecText : public Operation
{
public:
    ExecText(BenchConnection &connection, QString sql)
        : Operation(connection)
        , m_sql(std::move(sql))
        , m_query(db())
    {
    }
    void run(int times) override
    {
        for (int i = 0; i < times; ++i)
            require(m_query.exec(m_sql), m_query);
    }

private:
    const QString m_sql;
    QSqlQuery m_query;
};

class ExecOnce : public Operation
{
public:
    using Operation::Operation;
    void run(int times) override
    {
        for (int i = 0; i < times; ++i) {
            QSqlQuery query(db());
            require(query.exec(QStringLiteral("SELECT 1")) && query.next(), query);
        }
    }
};

class ReExec : public Operation
{
public:
    explicit ReExec(BenchConnection &connection)
        : Operation(connection)
        , m_query(db())
    {
        require(m_query.prepare(QStringLiteral("SELECT CAST(? AS SIGNED)")), m_query);
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

class PrepareExec : public Operation
{
public:
    using Operation::Operation;
    void run(int times) override
    {
        for (int i = 0; i < times; ++i) {
            QSqlQuery query(db());
            require(query.prepare(QStringLiteral("SELECT CAST(? AS SIGNED)")), query);
            query.addBindValue(i);
            require(query.exec(), query);
        }
    }
};

class Fetch : public Operation
{
public:
    Fetch(BenchConnection &connection, const QString &sql, int columns, bool isPrepared)
        : Operation(connection)
        , m_query(db())
        , m_columns(columns)
    {
        if (isPrepared)
            require(m_query.prepare(sql) && m_query.exec(), m_query);
        else
            require(m_query.exec(sql), m_query);
    }
    void run(int times) override
    {
        for (int i = 0; i < times; ++i) {
            m_query.seek(-1); // back before the first row: only reading is measured
            while (m_query.next()) {
                for (int column = 0; column < m_columns; ++column)
                    m_sum += m_query.value(column).toLongLong();
            }
        }
    }

private:
    QSqlQuery m_query;
    const int m_columns;
    qint64 m_sum = 0;
};

/// With one statement each time, unless it is empty.
class OpenClose : public Operation
{
public:
    explicit OpenClose(BenchConnection &connection, QString sql = QString())
        : Operation(connection)
        , m_sql(std::move(sql))
    {
    }
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

private:
    const QString m_sql;
};

QString wideSelect()
{
    QStringList columns;
    for (int i = 0; i < 20; ++i)
        columns.append(QStringLiteral("seq + %1").arg(i));
    return QStringLiteral("SELECT %1 FROM seq_1_to_1000").arg(columns.join(QLatin1Char(',')));
}

struct Line
{
    const char *name;
    double limit; ///< what README.md promises; 0: none
    std::unique_ptr<Operation> (*make)(BenchConnection &connection);
};

const std::vector<Line> &lines()
{
    using Made = std::unique_ptr<Operation>;
    static const auto *all = new std::vector<Line>{
            {"exec SELECT 1", 1.05,
             [](BenchConnection &c) -> Made {
                 return std::make_unique<ExecText>(c, QStringLiteral("SELECT 1"));
             }},
            {"query, exec, next, destroy", 0,
             [](BenchConnection &c) -> Made { return std::make_unique<ExecOnce>(c); }},
            {"re-exec prepared", 1.05,
             [](BenchConnection &c) -> Made { return std::make_unique<ReExec>(c); }},
            {"prepare, exec, destroy", 0,
             [](BenchConnection &c) -> Made { return std::make_unique<PrepareExec>(c); }},
            {"insert", 1.05,
             [](BenchConnection &c) -> Made {
                 return std::make_unique<ExecText>(c, QStringLiteral(
                                                              "INSERT INTO bench(a) VALUES (1)"));
             }},
            {"fetch 1 column x 10,000", 1.08,
             [](BenchConnection &c) -> Made {
                 return std::make_unique<Fetch>(c, QStringLiteral("SELECT seq FROM seq_1_to_10000"),
                                                1, false);
             }},
            {"fetch 1 column x 10,000, prepared", 1.08,
             [](BenchConnection &c) -> Made {
                 return std::make_unique<Fetch>(c, QStringLiteral("SELECT seq FROM seq_1_to_10000"),
                                                1, true);
             }},
            {"fetch 20 columns x 1,000", 1.08,
             [](BenchConnection &c) -> Made {
                 return std::make_unique<Fetch>(c, wideSelect(), 20, false);
             }},
            {"close, open", 0.34,
             [](BenchConnection &c) -> Made { return std::make_unique<OpenClose>(c); }},
            {"close, open, SELECT 1", 0.34,
             [](BenchConnection &c) -> Made {
                 return std::make_unique<OpenClose>(c, QStringLiteral("SELECT 1"));
             }},
            {"close, open, SET @a = 1", 0, // what makes a reset necessary
             [](BenchConnection &c) -> Made {
                 return std::make_unique<OpenClose>(c, QStringLiteral("SET @a = 1"));
             }},
    };
    return *all;
}

} // namespace

QJsonArray compareOnOneProcessor(int rounds)
{
    sandbox::ServerGroup servers(1);
    if (!servers.start())
        qFatal("%s", qPrintable(servers.errorString()));
    servers.executeEverywhere(
            QStringLiteral("CREATE TABLE test.bench(id INT PRIMARY KEY AUTO_INCREMENT, a INT)"));
    QJsonArray figures;
    for (const Line &entry : lines()) {
        const QString host = QStringLiteral("127.0.0.1");
        BenchConnection base(QStringLiteral("QMYSQL"), host, servers[0].port());
        BenchConnection other(QStringLiteral("QPROXYSQL"), host, servers[0].port());
        base.open();
        other.open();
        const auto baseWay = entry.make(base);
        const auto otherWay = entry.make(other);
        const PairedRatio ratio = measure([&](int times) { baseWay->run(times); },
                                          [&](int times) { otherWay->run(times); }, rounds);
        figures.append(
                QJsonObject{{QStringLiteral("operation"), QLatin1String(entry.name)},
                            {QStringLiteral("ratio"), ratio.median},
                            {QStringLiteral("lowerQuartile"), ratio.lowerQuartile},
                            {QStringLiteral("upperQuartile"), ratio.upperQuartile},
                            {QStringLiteral("fastestTenths"), ratio.fastest},
                            {QStringLiteral("limit"), entry.limit},
                            {QStringLiteral("qmysqlMicroseconds"), ratio.baseNanoseconds / 1000},
                            {QStringLiteral("qproxysqlMicroseconds"), ratio.otherNanoseconds / 1000},
                            {QStringLiteral("rounds"), ratio.rounds}});
    }
    return figures;
}

} // namespace qproxysql::bench
