// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "idleapplication.h"

#include "sandbox/servergroup.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

class Application
{
public:
    explicit Application(const QStringList &arguments, const QString &folder = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (!folder.isEmpty())
            environment.insert(u"QPROXYSQL_DIR"_s, folder);
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), arguments);
    }
    ~Application() { end(); }
    Q_DISABLE_COPY_MOVE(Application)

    QString line()
    {
        while (!m_process.canReadLine() && m_process.waitForReadyRead(60'000)) {
        }
        return QString::fromLocal8Bit(m_process.readLine()).trimmed();
    }
    void end()
    {
        m_process.write("end\n");
        m_process.closeWriteChannel();
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(20'000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

private:
    QProcess m_process;
};

/// Two applications and an operator with a drain directory of their own.
struct Case
{
    Case(ServerGroup &servers, const QStringList &account)
        : login(account)
        , survivor(servers[2].address())
        , idle({u"--idle"_s, servers.hostList()}, folder.path())
        , busy({u"--busy"_s, survivor, servers.hostList()}, folder.path())
    {
    }

    QStringList drain() const { return QStringList{u"drain"_s, survivor} + login; }
    std::unique_ptr<CtlRun> run(const QStringList &arguments) const
    {
        return std::make_unique<CtlRun>(arguments, QStringList{u"QPROXYSQL_DIR="_s + folder.path()});
    }

    const QTemporaryDir folder;
    const QStringList login;
    const QString survivor;
    Application idle;
    Application busy;
    std::unique_ptr<CtlRun> refused;
    std::unique_ptr<CtlRun> list;
    std::unique_ptr<CtlRun> forced;
};

} // namespace

/// An idle application's belief in a server proves nothing.
class tst_CtlEvidence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder->path()));
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
    }
    void beliefIsNoSurvivor();
    void idleApplicationsProveTheOthers();
    void disagreementIsShown();

private:
    static QJsonObject peerOf(const QString &list, const QString &peer)
    {
        const QJsonObject json = QJsonDocument::fromJson(list.toUtf8()).object();
        for (const QJsonValue &one :
             json.value("pools"_L1)[0].toObject().value("peers"_L1).toArray()) {
            if (one.toObject().value("peer"_L1).toString() == peer)
                return one.toObject();
        }
        return {};
    }

    static bool isEachProven(QString *json)
    {
        CtlRun list({u"list"_s, u"--json"_s});
        const bool isProven = list.code() == 0;
        *json = list.out();
        return isProven;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    ServerGroup m_servers{3};
};

// Two of three servers fail; an idle application has not noticed, a busy one uses the third. The
// cases run in parallel, since each waits longer than the ten quiet seconds that a drained peer
// needs to be safe to stop.
void tst_CtlEvidence::beliefIsNoSurvivor()
{
    ServerGroup frozen{3};
    QVERIFY2(frozen.start(), qPrintable(frozen.errorString()));
    const QStringList login{u"--user"_s, u"root"_s};
    std::vector<std::unique_ptr<Case>> cases;
    for (ServerGroup *const servers : {&m_servers, &frozen}) {
        for (const QStringList &account : {QStringList(), login})
            cases.push_back(std::make_unique<Case>(*servers, account));
    }
    for (const auto &one : cases) {
        QCOMPARE(one->idle.line(), u"ready"_s);
        QCOMPARE(one->busy.line(), u"ready"_s);
    }
    for (int i = 0; i < 2; ++i) {
        m_servers[i].kill();
        QVERIFY(frozen[i].freeze());
    }
    for (const auto &one : cases) {
        one->refused = one->run(one->drain() + QStringList{u"--no-wait"_s});
        one->list = one->run(QStringList{u"list"_s} + one->login);
    }
    for (const auto &one : cases) {
        COMPARE_EXIT(*one->refused, 4);
        QVERIFY2(one->refused->error().contains("--force"_L1), one->refused->all().constData());
        COMPARE_EXIT(*one->list, 10);
    }
    for (const auto &one : cases)
        one->forced = one->run(one->drain() + QStringList{u"--force"_s, u"--timeout"_s, u"13"_s});
    for (const auto &one : cases)
        one->busy.end();
    for (const auto &one : cases) {
        CtlRun &forced = *one->forced;
        COMPARE_EXIT(forced, 5);
        QVERIFY2(!forced.out().contains("SAFE TO STOP: "_L1 + one->survivor)
                         || forced.out().contains("NOT YET SAFE TO STOP"_L1),
                 forced.all().constData());
        QVERIFY2(!forced.out().contains("[ok] others"_L1), forced.all().constData());
        QVERIFY2(!forced.out().contains("Safe to stop\n"_L1), forced.all().constData());
    }
    for (int i = 0; i < 2; ++i)
        QVERIFY(frozen[i].thaw());
}

void tst_CtlEvidence::idleApplicationsProveTheOthers()
{
    Application one({u"--idle"_s, m_servers.hostList()});
    QCOMPARE(one.line(), u"ready"_s);
    Application other({u"--idle"_s, m_servers.hostList()});
    QCOMPARE(other.line(), u"ready"_s);
    QTest::qWait(6000); // their observations while opening are outdated by now
    QElapsedTimer took;
    took.start();
    CtlRun drain({u"drain"_s, m_servers[0].address(), u"--no-wait"_s});
    COMPARE_EXIT(drain, 0);
    qInfo("accepted after %lld ms", took.elapsed());
    // On a busy machine a report may come before the probes that it asks for.
    QString json;
    QTRY_VERIFY2(isEachProven(&json), qPrintable(json));
    const QJsonObject peer = peerOf(json, m_servers[1].address());
    QCOMPARE(peer.value("health"_L1).toString(), u"Up"_s);
    QCOMPARE(peer.value("healthFrom"_L1).toString(), u"applications"_s);
    QCOMPARE(peer.value("healthBy"_L1).toString(), u"reporting"_s);
    QVERIFY2(peer.value("healthAge"_L1).toDouble(99) <= 5, qPrintable(json));
    QVERIFY(peer.value("isProvenUp"_L1).toBool());
    QCOMPARE(peer.value("evidence"_L1).toArray().size(), 2);
    // It stays fresh while a tool polls: each process probes at most every five seconds, and a
    // result counts for five.
    const qint64 before = m_servers[1].statusValue(u"Connections"_s);
    took.restart();
    CtlRun watch({u"list"_s, u"--watch"_s, u"0.5"_s, u"--json"_s});
    CtlRun wait({u"wait"_s, m_servers[0].address(), u"--timeout"_s, u"40"_s});
    QTRY_VERIFY_WITH_TIMEOUT(watch.out().count(u'\n') >= 24, 60'000);
    const qint64 turns = took.elapsed() / 5000 + 1;
    const qint64 connects = m_servers[1].statusValue(u"Connections"_s) - before;
    qInfo("%lld connects in %lld ms", connects, took.elapsed());
    // Two processes; some are the test's own.
    QVERIFY2(connects <= 2 * turns + 3, qPrintable(QString::number(connects)));
    const QStringList lines = watch.out().split(u'\n', Qt::SkipEmptyParts);
    for (int i = 1; i < m_servers.count(); ++i) {
        const auto late = std::ranges::count_if(lines, [&](const QString &line) {
            return !peerOf(line, m_servers[i].address()).value("isProvenUp"_L1).toBool();
        });
        // Once for each probe that takes longer than a report waits.
        QVERIFY2(late <= turns, qPrintable(lines.join(u'\n')));
    }
    COMPARE_EXIT(wait, 0);
    QVERIFY2(wait.out().contains("2 other peer(s) up"_L1), wait.all().constData());
}

void tst_CtlEvidence::disagreementIsShown()
{
    Application idle({u"--idle"_s, m_servers.hostList()});
    QCOMPARE(idle.line(), u"ready"_s);
    m_servers[0].kill();
    CtlRun list({u"list"_s, u"--user"_s, u"root"_s});
    COMPARE_EXIT(list, 10);
    QVERIFY2(list.out().contains("Down (from here"_L1), list.all().constData());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.value(1) == "--idle"_L1)
        return runIdleApplication(arguments.value(2));
    if (arguments.value(1) == "--busy"_L1)
        return runBusyApplication(arguments.value(2), arguments.value(3));
    tst_CtlEvidence test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ctlevidence.moc"
