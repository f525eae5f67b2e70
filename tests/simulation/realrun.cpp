// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "realrun.h"

#include "chart.h"
#include "scenario.h"

#include "sandbox/servergroup.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <thread>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace qproxysql::simulation {

namespace {

constexpr int Settles = 20; ///< seconds before the first sample
constexpr int Before = 5;   ///< samples before the fault
constexpr int Away = 10;    ///< as in the scenario
constexpr int Samples = 85; ///< in all

void work(const QString &hosts, const QString &name, Span think)
{
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QPROXYSQL"_s, name);
        db.setHostName(hosts);
        db.setUserName(u"app"_s);
        db.setPassword(u"secret"_s);
        db.setDatabaseName(u"test"_s);
        db.setConnectOptions(u"MAX_IDLE=0"_s);
        const auto phase = Span(1ms) * QRandomGenerator::global()->bounded(1000);
        auto next = std::chrono::steady_clock::now() + phase;
        for (;;) {
            std::this_thread::sleep_until(next);
            next += think;
            if (!db.isOpen() && !db.open())
                continue;
            QSqlQuery query(db);
            query.exec(u"SELECT 1"_s);
        }
    }
}

/// The servers' own count of connects, without those that ask for it.
class Sampler
{
public:
    explicit Sampler(ServerGroup &servers)
        : m_servers(servers)
        , m_before(size_t(servers.count()), -1)
        , m_values(size_t(servers.count()))
    {
    }
    void sample()
    {
        for (int i = 0; i < m_servers.count(); ++i) {
            const qint64 now = m_servers[i].isRunning() ? m_servers[i].statusValue(u"Connections"_s)
                                                        : -1;
            qint64 &before = m_before[size_t(i)];
            m_values[size_t(i)].push_back(
                    now < 0 || before < 0 ? 0.0 : double(std::max<qint64>(0, now - before - 1)));
            before = now;
        }
    }
    const std::vector<double> &of(int server) const { return m_values[size_t(server)]; }

private:
    ServerGroup &m_servers;
    std::vector<qint64> m_before;
    std::vector<std::vector<double>> m_values;
};

std::vector<double> simulated(const Run &run, PeerId peer)
{
    std::vector<double> values;
    const int first = run.cluster->record.indexOf(run.fault) - Before;
    for (int i = first; i < first + Samples; ++i)
        values.push_back(run.cluster->record.peer(peer)[size_t(i)].all());
    return values;
}

} // namespace

int runRealProcess(const QString &hosts, const Size &size)
{
    for (int i = 0; i < size.connections; ++i)
        std::thread(work, hosts, QString::number(i), size.think).detach();
    return QCoreApplication::exec();
}

int compareWithReal(const Size &size, const QString &svg)
{
    ServerGroup servers(size.peers, {u"--max-connections=2000"_s});
    if (!servers.start()) {
        std::fprintf(stderr, "%s\n", qPrintable(servers.errorString()));
        return 2;
    }
    std::vector<std::unique_ptr<ChildProcess>> processes;
    for (int i = 0; i < size.processes; ++i) {
        processes.push_back(std::make_unique<ChildProcess>());
        ChildProcess::Start child;
        child.program = QCoreApplication::applicationFilePath();
        child.arguments = QStringList{u"--as-process"_s, servers.hostList(), u"--connections"_s,
                                      QString::number(size.connections)};
        if (!processes.back()->start(child)) {
            std::fprintf(stderr, "%s\n", qPrintable(processes.back()->errorString()));
            return 2;
        }
    }
    std::this_thread::sleep_for(Settles * 1s);
    Sampler sampler(servers);
    sampler.sample();
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < Samples; ++i) {
        if (i == Before)
            servers[0].kill();
        if (i == Before + Away && !servers[0].start())
            return 2;
        std::this_thread::sleep_until(begin + (i + 1) * 1s);
        sampler.sample();
    }
    const auto scenario = std::ranges::find(scenarios(), u"returns"_s, &Scenario::name);
    const Run run = runScenario(*scenario, size, {});

    Chart chart(u"Peer 1 is killed, and comes back after 10 s (seconds from the kill)"_s, -Before);
    std::printf("second peer real simulated\n");
    for (PeerId peer = 0; peer < size.peers; ++peer) {
        std::vector<double> real = sampler.of(peer);
        real.erase(real.begin());
        const std::vector<double> model = simulated(run, peer);
        for (int i = 0; i < Samples; ++i)
            std::printf("%d %d %.0f %.0f\n", i - Before, peer + 1, real[size_t(i)],
                        model[size_t(i)]);
        chart.addPanel(u"Connects a second at peer %1"_s.arg(peer + 1),
                       {{u"%1 real processes"_s.arg(size.processes), real, 0},
                        {u"simulated"_s, model, 1, true}});
    }
    QFile file(svg);
    if (!svg.isEmpty() && (!file.open(QIODevice::WriteOnly) || file.write(chart.svg()) < 0))
        return 2;
    return 0;
}

} // namespace qproxysql::simulation
