// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "comparison.h"

#include "qtwork.h"
#include "sandbox/installedproxy.h"
#include "sandbox/relay.h"

#include <QtCore/QJsonObject>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace qproxysql::bench {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using sandbox::InstalledProxy;

struct Way
{
    const char *name;
    const char *driver;
    QString hosts;
    int port;
};

/// Three servers, what stands before them, and the ways to them.
class Scene
{
public:
    explicit Scene(std::chrono::microseconds oneWayDelay)
    {
        startForBench(m_servers);
        QStringList addresses;
        for (int i = 0; i < m_servers.count(); ++i) {
            addresses += m_servers[i].address();
            if (oneWayDelay > 0us) {
                m_relays.push_back(std::make_unique<sandbox::Relay>(m_servers[i].port()));
                m_relays.back()->setDelay(oneWayDelay);
                addresses.last() = m_relays.back()->address();
            }
        }
        m_ways.push_back({"QMYSQL, one server", "QMYSQL", QStringLiteral("127.0.0.1"),
                          m_relays.empty() ? m_servers[0].port() : m_relays[0]->port()});
        addProxy("QMYSQL through HAProxy", InstalledProxy::Make::HaProxy, addresses);
        addProxy("QMYSQL through MySQL Router", InstalledProxy::Make::Router, addresses);
        m_ways.push_back({"QPROXYSQL", "QPROXYSQL", addresses.join(QLatin1Char(',')), -1});
    }
    const std::vector<Way> &ways() const { return m_ways; }

private:
    void addProxy(const char *name, InstalledProxy::Make make, const QStringList &addresses)
    {
        m_proxies.push_back(std::make_unique<InstalledProxy>(make, addresses));
        InstalledProxy &proxy = *m_proxies.back();
        if (proxy.start())
            m_ways.push_back({name, "QMYSQL", QStringLiteral("127.0.0.1"), proxy.port()});
        else
            std::fprintf(stderr, "not compared: %s: %s\n", name, qPrintable(proxy.errorString()));
    }

    sandbox::ServerGroup m_servers{3};
    std::vector<std::unique_ptr<sandbox::Relay>> m_relays;
    std::vector<std::unique_ptr<InstalledProxy>> m_proxies;
    std::vector<Way> m_ways;
};

/// What the turns of one way have shown.
struct Figures
{
    std::vector<double> perSecond;
    std::vector<float> microseconds;
};

double quantileOf(auto &values, double which)
{
    const auto place = values.begin() + qptrdiff(which * double(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return double(*place);
}

void takeTurn(const Way &way, const WorkRow &row, int threadCount, std::chrono::milliseconds length,
              Figures *figures)
{
    std::atomic<int> ready{0};
    std::atomic<bool> go{false}, stop{false};
    std::mutex mutex;
    std::vector<std::thread> threads;
    size_t before = figures->microseconds.size();
    for (int i = 0; i < threadCount; ++i) {
        threads.emplace_back([&] {
            BenchConnection connection(QLatin1String(way.driver), way.hosts, way.port);
            connection.open();
            const std::unique_ptr<Work> work = makeQtWork(row, connection);
            work->run(3); // a text that comes again has come before
            std::vector<float> times;
            ++ready;
            go.wait(false);
            Clock::time_point start = Clock::now();
            while (!stop.load(std::memory_order_relaxed)) {
                work->run(1);
                const Clock::time_point end = Clock::now();
                times.push_back(std::chrono::duration<float, std::micro>(end - start).count());
                start = end;
            }
            const std::scoped_lock lock(mutex);
            figures->microseconds.insert(figures->microseconds.end(), times.begin(), times.end());
        });
    }
    while (ready < threadCount)
        std::this_thread::sleep_for(1ms);
    const Clock::time_point start = Clock::now();
    go = true;
    go.notify_all();
    std::this_thread::sleep_for(length);
    stop = true;
    const std::chrono::duration<double> seconds = Clock::now() - start;
    for (std::thread &thread : threads)
        thread.join();
    figures->perSecond.push_back(double(figures->microseconds.size() - before) / seconds.count());
}

} // namespace

QJsonArray Comparison::run() const
{
    const Scene scene(oneWayDelay);
    QJsonArray all;
    for (const WorkRow *row : rows) {
        for (const int count : threads) {
            std::vector<Figures> figures(scene.ways().size());
            for (int turn = 0; turn < turns; ++turn) {
                for (size_t i = 0; i < figures.size(); ++i)
                    takeTurn(scene.ways()[i], *row, count, perTurn, &figures[i]);
            }
            for (size_t i = 0; i < figures.size(); ++i) {
                auto &[perSecond, microseconds] = figures[i];
                all.append(QJsonObject{{QStringLiteral("operation"), QLatin1String(row->name)},
                                       {QStringLiteral("threads"), count},
                                       {QStringLiteral("way"), QLatin1String(scene.ways()[i].name)},
                                       {QStringLiteral("delayMicroseconds"),
                                        double(oneWayDelay.count())},
                                       {QStringLiteral("perSecond"), quantileOf(perSecond, 0.5)},
                                       {QStringLiteral("medianMicroseconds"),
                                        quantileOf(microseconds, 0.5)},
                                       {QStringLiteral("p99Microseconds"),
                                        quantileOf(microseconds, 0.99)}});
            }
        }
    }
    return all;
}

Comparison shortComparison()
{
    return {{workRow("exec SELECT 1")}, {8}, 0us, 700ms, 5};
}

QList<Comparison> longComparison()
{
    const WorkRow *const text = workRow("exec SELECT 1");
    const WorkRow *const again = workRow("re-exec prepared");
    const WorkRow *const prepare = workRow("prepare, exec, destroy: text again");
    const WorkRow *const open = workRow("close, open, SELECT 1");
    return {{{text, again, prepare}, {1, 8, 64}, 0us, 500ms, 5},
            {{text, again, prepare, open}, {1}, 500us, 500ms, 3}};
}

} // namespace qproxysql::bench
