// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "memory.h"

#include "barework.h"
#include "qtwork.h"

#include <QtCore/QFile>
#include <QtCore/QJsonObject>

#include <functional>

#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
#include <malloc.h>
#define QPROXYSQL_HAS_MALLINFO2
#endif

namespace qproxysql::bench {

#ifdef QPROXYSQL_HAS_MALLINFO2

namespace {

qint64 allocated()
{
    const struct mallinfo2 info = mallinfo2();
    return qint64(info.uordblks + info.hblkhd);
}

/// A line of /proc/self/status, in bytes.
qint64 status(const char *name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArrayList lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toLongLong() * 1024;
    }
    return 0;
}

/// From here on VmHWM is the peak.
void resetPeak()
{
    malloc_trim(0);
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

QJsonObject memoryOf(const std::function<std::unique_ptr<Work>()> &make)
{
    make()->run(1); // what is allocated once
    resetPeak();
    const qint64 before = allocated();
    const qint64 residentBefore = status("VmRSS:");
    const std::unique_ptr<Work> work = make();
    work->run(1);
    return {{QStringLiteral("held"), double(allocated() - before)},
            {QStringLiteral("peak"), double(status("VmHWM:") - residentBefore)}};
}

} // namespace

QJsonArray compareMemory()
{
    sandbox::ServerGroup servers(1);
    startForBench(servers);
    servers.executeEverywhere(QStringLiteral("CREATE TABLE test.texts(a INT, b LONGTEXT);"
                                             "INSERT INTO test.texts SELECT seq, REPEAT('x', 1000)"
                                             " FROM test.seq_1_to_1000"));
    static constexpr WorkRow texts{"fetch int, longtext x 1,000",
                                   WorkRow::Kind::Fetch,
                                   "SELECT a, b FROM texts",
                                   "it",
                                   {}};
    static constexpr WorkRow textsPrepared{"the same, prepared",
                                           WorkRow::Kind::FetchPrepared,
                                           "SELECT a, b FROM texts",
                                           "it",
                                           {}};
    std::vector<const WorkRow *> rows;
    for (const WorkRow &row : workRows()) {
        if (row.kind == WorkRow::Kind::Fetch || row.kind == WorkRow::Kind::FetchPrepared)
            rows.push_back(&row);
    }
    rows.insert(rows.end(), {&texts, &textsPrepared});

    const QString host = QStringLiteral("127.0.0.1");
    const int port = servers[0].port();
    QJsonArray figures;
    for (const WorkRow *row : rows) {
        BenchConnection qmysql(QStringLiteral("QMYSQL"), host, port);
        BenchConnection qproxysql(QStringLiteral("QPROXYSQL"), host, port);
        qmysql.open();
        qproxysql.open();
        figures.append(QJsonObject{{QStringLiteral("operation"), QLatin1String(row->name)},
                                   {QStringLiteral("qmysql"),
                                    memoryOf([&] { return makeQtWork(*row, qmysql); })},
                                   {QStringLiteral("qproxysql"),
                                    memoryOf([&] { return makeQtWork(*row, qproxysql); })},
                                   {QStringLiteral("bare"),
                                    memoryOf([&] { return makeBareWork(*row, port); })}});
    }
    return figures;
}

#else

QJsonArray compareMemory()
{
    return {};
}

#endif

} // namespace qproxysql::bench
