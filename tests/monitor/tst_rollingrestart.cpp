// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "chaos/site.h"
#include "chaos/worker.h"
#include "ctlrun.h"
#include "restartdesk.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <cstdio>
#include <thread>

using namespace chaos;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int Threads = 8;
constexpr auto LongestCall = 10s;
/// Threads of the second application are numbered from here.
constexpr int SecondApplication = 1000;

/// The operator's command line.
QString textOf(const QStringList &arguments)
{
    return u"qproxysql-ctl "_s + arguments.join(u' ');
}

} // namespace

/// A Galera cluster is restarted node by node with qproxysql-ctl, while an application writes to it
/// from eight threads. The application must not notice.
class tst_RollingRestart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder.path()));
        QVERIFY2(m_site.start(), qPrintable(m_site.errorString()));
        QVERIFY(QTest::qWaitFor([this] { return m_site.isWhole(); }, 60'000));
    }
    void everyNodeUnderLoad();
    void byOneCommand();
    void killedAndContinued();
    void throughTheFleet();

private:
    void restartAll();
    void emptyTables();
    void startWorkers(const QString &options);
    void endWorkers();
    Server *busiestOf(std::vector<Server *> *nodes);
    void restart(Server &node);
    int restartAt(const QByteArray &port);
    QStringList rolling(const QStringList &arguments) const
    {
        return QStringList{u"rolling"_s} + arguments + QStringList{u"--user"_s, u"root"_s};
    }
    QList<qint64> pids();
    bool isUsable(const QString &peer);
    void ctl(const QStringList &arguments);
    void judge();
    int applicationSessions(Server &node) { return node.connectionCount(u"app"_s); }

    QTemporaryDir m_folder;
    QStringList m_ctlOptions;
    QStringList m_ctlEnvironment;
    GaleraSite m_site{GaleraSite::Timers::Orderly};
    Moment m_moment;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::vector<std::thread> m_threads;
    std::atomic<bool> m_stop{false};
};

void tst_RollingRestart::everyNodeUnderLoad()
{
    emptyTables();
    startWorkers(u"POOL=orders"_s);
    restartAll();
    if (!QTest::currentTestFailed())
        judge();
}

void tst_RollingRestart::byOneCommand()
{
    emptyTables();
    startWorkers(u"POOL=orders"_s);
    const auto ends = qScopeGuard([this] { endWorkers(); });
    const QList<qint64> before = pids();
    RestartDesk desk([this](const QByteArray &port) { return restartAt(port); });
    CtlRun run(rolling({u"--pool"_s, u"orders"_s, u"--reason"_s, u"kernel update"_s, u"--run"_s,
                        desk.command()}));
    QVERIFY(QTest::qWaitFor([&] { return run.process().state() == QProcess::NotRunning; }, 200'000));
    qInfo().noquote() << run.out();
    COMPARE_EXIT(run, 0);
    QCOMPARE(desk.served().size(), 3);
    for (int i = 0; i < m_site.count(); ++i)
        QVERIFY(pids().at(i) != before.at(i));
    QVERIFY2(run.out().contains("ROLLING RESTART FINISHED: 3 of 3"_L1), run.all());
    endWorkers();
    judge();
}

// While the second node restarts.
void tst_RollingRestart::killedAndContinued()
{
    emptyTables();
    startWorkers(u"POOL=orders"_s);
    const auto ends = qScopeGuard([this] { endWorkers(); });
    const QList<qint64> before = pids();
    CtlRun *first = nullptr;
    int served = 0;
    RestartDesk desk([&](const QByteArray &port) {
        if (++served == 2)
            first->process().kill();
        return restartAt(port);
    });
    CtlRun run(rolling({u"--pool"_s, u"orders"_s, u"--run"_s, desk.command()}));
    first = &run;
    QVERIFY(QTest::qWaitFor([&] { return run.process().state() == QProcess::NotRunning; }, 200'000));
    QCOMPARE(run.process().exitStatus(), QProcess::CrashExit);
    qInfo().noquote() << run.out();
    CtlRun going(rolling({u"--continue"_s, u"--run"_s, desk.command()}));
    QVERIFY(QTest::qWaitFor([&] { return going.process().state() == QProcess::NotRunning; },
                            200'000));
    qInfo().noquote() << going.out();
    COMPARE_EXIT(going, 0);
    QCOMPARE(desk.served().size(), 3); // the second not again
    for (int i = 0; i < m_site.count(); ++i)
        QVERIFY(pids().at(i) != before.at(i));
    endWorkers();
    judge();
}

int tst_RollingRestart::restartAt(const QByteArray &port)
{
    for (int i = 0; i < m_site.count(); ++i) {
        Server &node = m_site.server(i);
        if (QByteArray::number(node.port()) != port)
            continue;
        const int sessions = applicationSessions(node);
        if (sessions != 0)
            qWarning("%d sessions on a node that is said to be safe to stop", sessions);
        return sessions == 0 && node.restart() ? 0 : 1;
    }
    return 2;
}

QList<qint64> tst_RollingRestart::pids()
{
    QList<qint64> all;
    for (int i = 0; i < m_site.count(); ++i)
        all.append(m_site.server(i).pid());
    return all;
}

// Three without a common folder: this process, a second application, and the operator.
void tst_RollingRestart::throughTheFleet()
{
    const QTemporaryDir theirs, operators;
    QFile pools(operators.filePath(u"pools.ini"_s));
    QVERIFY(pools.open(QIODevice::WriteOnly));
    pools.write("[orders]\npeers = " + m_site.hosts().toUtf8() + '\n');
    pools.close();
    m_ctlEnvironment = {u"QPROXYSQL_DIR="_s + operators.path()};
    m_ctlOptions = {u"--pool-file"_s, pools.fileName(), u"--user"_s, u"root"_s};
    ctl({u"init"_s});
    const auto prepared = m_site.server(0).executeAsRoot(
            u"GRANT SELECT ON qproxysql.* TO app@'%'"_s);
    QVERIFY2(prepared, qPrintable(prepared.errorString));
    m_ctlOptions += QStringList{u"--control-schema"_s, u"qproxysql"_s};

    emptyTables();
    QProcess second;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QPROXYSQL_DIR"_s, theirs.path());
    second.setProcessEnvironment(environment);
    second.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    second.start(QCoreApplication::applicationFilePath(), {u"--application"_s, m_site.hosts()});
    startWorkers(u"POOL=orders;CONTROL=fleet"_s);
    restartAll();
    second.closeWriteChannel();
    QVERIFY(second.waitForFinished(60'000));
    const QByteArray said = second.readAllStandardOutput().trimmed();
    qInfo("the second application: %s", said.constData());
    QVERIFY2(second.exitCode() == 0 && said.endsWith(" 0 failed"), said.constData());
    if (!QTest::currentTestFailed())
        judge();
}

void tst_RollingRestart::restartAll()
{
    const auto ends = qScopeGuard([this] { endWorkers(); });
    std::vector<Server *> nodes;
    for (int i = 0; i < m_site.count(); ++i)
        nodes.push_back(&m_site.server(i));
    while (!nodes.empty() && !QTest::currentTestFailed())
        restart(*busiestOf(&nodes));
}

void tst_RollingRestart::emptyTables()
{
    const auto emptied = m_site.server(0).executeAsRoot(
            u"TRUNCATE TABLE test.ledger; UPDATE test.hot SET n = 0"_s);
    QVERIFY2(emptied, qPrintable(emptied.errorString));
}

void tst_RollingRestart::startWorkers(const QString &options)
{
    m_workers.clear();
    m_stop = false;
    for (int i = 0; i < Threads; ++i) {
        m_workers.push_back(std::make_unique<Worker>(Worker::Setup{i + 1, quint32(i) + 1,
                                                                   m_site.hosts(), options},
                                                     &m_moment));
    }
    for (const auto &worker : m_workers)
        m_threads.emplace_back([this, &worker] { worker->run(m_stop); });
    const auto sessions = [this] {
        int all = 0;
        for (int i = 0; i < m_site.count(); ++i)
            all += applicationSessions(m_site.server(i));
        return all;
    };
    // Not QTRY_VERIFY, which evaluates again: connections are closed and opened all the time.
    QVERIFY(QTest::qWaitFor([&] { return sessions() >= Threads; }, 60'000));
}

// Writers of the same row meet on one node: the others may have no session.
Server *tst_RollingRestart::busiestOf(std::vector<Server *> *nodes)
{
    const auto busiest = std::ranges::max_element(*nodes, {}, [this](Server *node) {
        return applicationSessions(*node);
    });
    Server *const node = *busiest;
    nodes->erase(busiest);
    qInfo().noquote() << node->name() << "has" << applicationSessions(*node) << "sessions";
    return node;
}

void tst_RollingRestart::endWorkers()
{
    m_stop = true;
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
}

void tst_RollingRestart::restart(Server &node)
{
    QStringList drain{u"drain"_s,         node.address(), u"--reason"_s,
                      u"kernel update"_s, u"--timeout"_s, u"60"_s};
    if (m_ctlOptions.isEmpty())
        drain += QStringList{u"--user"_s, u"root"_s};
    ctl(drain);
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(applicationSessions(node), 0);
    qInfo().noquote() << node.name() << "stops";
    QVERIFY2(node.restart(), qPrintable(node.errorString()));
    QVERIFY(QTest::qWaitFor([this] { return m_site.isWhole(); }, 60'000));
    qInfo().noquote() << node.name() << "is back";
    QCOMPARE(applicationSessions(node), 0); // until it is resumed
    ctl({u"resume"_s, node.address()});
    if (QTest::currentTestFailed())
        return;
    // Its recheck does not wait for CHECK_INTERVAL.
    QTRY_VERIFY_WITH_TIMEOUT(isUsable(node.address()), 25'000);
}

bool tst_RollingRestart::isUsable(const QString &peer)
{
    CtlRun list(QStringList{u"list"_s, u"--json"_s} + m_ctlOptions, m_ctlEnvironment);
    list.code();
    const QJsonArray pools = QJsonDocument::fromJson(list.out().toUtf8())[u"pools"].toArray();
    const QJsonArray peers = pools.first()[u"peers"].toArray();
    return std::ranges::any_of(peers, [&peer](const QJsonValue &one) {
        return one[u"peer"].toString() == peer && one[u"health"].toString() == u"Up"
               && one[u"service"].toString() == u"InService";
    });
}

void tst_RollingRestart::ctl(const QStringList &arguments)
{
    qInfo().noquote() << '$' << textOf(arguments);
    CtlRun run(arguments + m_ctlOptions, m_ctlEnvironment);
    const int code = run.code();
    qInfo().noquote() << run.out().trimmed();
    QVERIFY2(code == 0, run.all());
}

void tst_RollingRestart::judge()
{
    CallBook calls;
    Ledger ledger;
    for (const auto &worker : m_workers) {
        calls.append(worker->calls());
        ledger.append(worker->ledger());
    }
    qInfo().noquote() << u"\n"_s + calls.callTable() + calls.failureTable()
                      << u"calls %1, longest %2 ms (%3)\n"_s.arg(calls.calls())
                                 .arg(calls.longest().count())
                                 .arg(calls.longestCall());
    QHash<quint64, int> found;
    qint64 counter = 0;
    QVERIFY2(m_site.readBack(&found, &counter), qPrintable(m_site.errorString()));
    const bool isAlone = found.removeIf([](auto it) {
        return (it.key() >> 32) >= SecondApplication;
    }) == 0;
    const QStringList contradictions = ledger.contradictions(found);
    QVERIFY2(contradictions.isEmpty(), qPrintable(contradictions.join(u'\n')));
    const qint64 counted = ledger.increments(Fate::Acknowledged);
    QVERIFY(isAlone ? counter == counted : counter >= counted);
    QCOMPARE(ledger.unknownWrites(), 0);
    QVERIFY2(calls.failures() == 0,
             qPrintable(calls.failureTable() + calls.forbidden().join(u'\n')));
    QVERIFY2(calls.longest() <= LongestCall, qPrintable(calls.longestCall()));
}

/// Two threads that write until the parent closes the input; prints the numbers of calls and
/// failures.
static int runSecondApplication(const QString &hosts)
{
    QCoreApplication::setApplicationName(u"second"_s);
    Moment moment;
    std::atomic<bool> stop{false};
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) {
        workers.push_back(
                std::make_unique<Worker>(Worker::Setup{SecondApplication + i, quint32(i) + 7, hosts,
                                                       u"POOL=orders;CONTROL=fleet"_s},
                                         &moment));
        threads.emplace_back([&stop, worker = workers.back().get()] { worker->run(stop); });
    }
    while (std::getchar() != EOF) {
    }
    stop = true;
    for (std::thread &thread : threads)
        thread.join();
    CallBook calls;
    for (const auto &worker : workers)
        calls.append(worker->calls());
    std::printf("%lld calls, %lld failed\n", static_cast<long long>(calls.calls()),
                static_cast<long long>(calls.failures()));
    return 0;
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--application"_s)
        return runSecondApplication(application.arguments().value(2));
    tst_RollingRestart test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_rollingrestart.moc"
