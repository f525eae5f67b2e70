// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"

#include "sandbox/servergroup.h"
#include "scopeddatabase.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>
#include <iostream>
#include <memory>
#include <string>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

const QString Name = u"bil\\ling \"Köln\""_s;
const QString Escaped = u"application=\"bil\\\\ling \\\"Köln\\\"\""_s;

/// Runs so many statements on \a hosts, prints "ready" and waits for the end of its input.
int runStatements(const QString &hosts, int statements)
{
    QCoreApplication::setApplicationName(Name);
    ScopedDatabase db(hosts, u"POOL=orders;BALANCE=first"_s);
    bool isOk = db.open();
    for (int i = 0; isOk && i < statements; ++i)
        isOk = db.value(u"SELECT 1"_s).toInt() == 1;
    std::cout << (isOk ? "ready" : "failed") << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
    }
    return 0;
}

struct Application
{
    Application(const QString &hosts, int statements)
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(),
                      {u"--statements"_s, QString::number(statements), hosts});
    }
    ~Application() { end(); }
    bool isReady()
    {
        while (!process.canReadLine() && process.waitForReadyRead(60'000)) {
        }
        return process.readLine() == "ready\n";
    }
    void end()
    {
        process.closeWriteChannel();
        if (process.state() != QProcess::NotRunning && !process.waitForFinished(20'000)) {
            process.kill();
            process.waitForFinished();
        }
    }
    QProcess process;
};

/// What promtool has against \a text; empty: nothing.
QString complaints(const QStringList &arguments, const QString &text = {})
{
    QProcess promtool;
    promtool.setProcessChannelMode(QProcess::MergedChannels);
    promtool.start(u"promtool"_s, arguments);
    if (!promtool.waitForStarted())
        return u"promtool does not start: install Debian's package prometheus (scripts/packages)"_s;
    promtool.write(text.toUtf8());
    promtool.closeWriteChannel();
    if (!promtool.waitForFinished(60'000))
        return u"promtool does not end"_s;
    const QString output = QString::fromUtf8(promtool.readAll());
    return promtool.exitCode() == 0 ? QString() : u"promtool failed: "_s + output;
}

/// The value of the first series that begins with \a family and has all \a labels; -1: there is none.
double valueIn(const QString &text, const QString &family, const QStringList &labels)
{
    for (const QString &line : text.split(u'\n')) {
        const auto isIn = [&line](const QString &label) { return line.contains(label); };
        if (line.startsWith(family + u'{') && std::ranges::all_of(labels, isIn))
            return line.section(u' ', -1).toDouble();
    }
    return -1;
}

} // namespace

/// `qproxysql-ctl metrics` of real servers and applications, as Prometheus' own checker sees it.
class tst_CtlMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString())); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder->path()));
    }
    void promtoolAccepts();
    void fileIsKept();
    void wrongUse_data();
    void wrongUse();
    void alertsAreValid();

private:
    QString file() const { return m_folder->filePath(u"q\"p.prom"_s); }
    QString page() const
    {
        QFile opened(file());
        return opened.open(QIODevice::ReadOnly) ? QString::fromUtf8(opened.readAll()) : QString();
    }
    double statements()
    {
        return valueIn(page(), u"qproxysql_statements_total"_s, {Escaped, m_servers[0].address()});
    }

    ServerGroup m_servers{2};
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_CtlMetrics::promtoolAccepts()
{
    Application one(m_servers.hostList(), 20);
    Application two(m_servers.hostList(), 30);
    QVERIFY(one.isReady() && two.isReady());
    CtlRun drain({u"drain"_s, m_servers[1].address(), u"--no-wait"_s});
    COMPARE_EXIT(drain, 0);
    for (const QStringList &login : {QStringList(), QStringList{u"--user"_s, u"root"_s}}) {
        CtlRun metrics(QStringList{u"metrics"_s} + login);
        COMPARE_EXIT(metrics, 0);
        const QString text = metrics.out();
        const QString complaint = complaints({u"check"_s, u"metrics"_s}, text);
        QVERIFY2(complaint.isEmpty(), qPrintable(complaint + text));
        const auto of = [&](int server, const QString &family, const QStringList &labels = {}) {
            const QString peer = u"peer=\"%1\""_s.arg(m_servers[server].address());
            return valueIn(text, u"qproxysql_"_s + family, labels + QStringList{peer});
        };
        QCOMPARE(of(0, u"statements_total"_s, {Escaped}), 50);
        QCOMPARE(of(0, u"statement_errors_total"_s, {Escaped}), 0);
        QCOMPARE(of(0, u"connects_total"_s, {Escaped}), 2);
        QCOMPARE(of(0, u"sessions"_s, {Escaped, u"state=\"idle\""_s}), 2);
        QCOMPARE(of(0, u"commit_fates_total"_s, {Escaped, u"fate=\"unknown\""_s}), 0);
        QCOMPARE(of(0, u"peer_proven_up"_s), 1);
        QCOMPARE(of(0, u"peer_health"_s, {u"state=\"up\""_s}), 1);
        QVERIFY(of(0, u"peer_evidence_age_seconds"_s) < 5);
        QCOMPARE(of(0, u"peer_draining"_s), 0);
        QCOMPARE(of(0, u"drain_age_seconds"_s), -1);
        QCOMPARE(of(1, u"peer_draining"_s), 1);
        const double age = of(1, u"drain_age_seconds"_s);
        QVERIFY2(age > 0 && age < 60, qPrintable(QString::number(age)));
        QCOMPARE(of(0, u"peer_connect_duration_seconds"_s) > 0, !login.isEmpty());
        QCOMPARE(of(0, u"peer_server_sessions"_s), login.isEmpty() ? -1 : 2);
        QCOMPARE(valueIn(text, u"qproxysql_application_processes"_s,
                         {Escaped, u"state=\"answering\""_s}),
                 2);
    }
}

void tst_CtlMetrics::fileIsKept()
{
    auto one = std::make_unique<Application>(m_servers.hostList(), 20);
    auto two = std::make_unique<Application>(m_servers.hostList(), 30);
    QVERIFY(one->isReady() && two->isReady());
    const QStringList arguments{u"metrics"_s, u"--textfile"_s, file(), u"--interval"_s, u"1"_s};
    {
        CtlRun writer(arguments);
        QTRY_COMPARE_WITH_TIMEOUT(statements(), 50, 20'000);
        QCOMPARE(QFileInfo(file()).permissions() & QFile::ReadOther, QFile::ReadOther);
        one->end();
        one = std::make_unique<Application>(m_servers.hostList(), 7); // started again
        QVERIFY(one->isReady());
        QTRY_COMPARE_WITH_TIMEOUT(statements(), 57, 20'000);

        // A server that dies is not up in the next page.
        m_servers[1].kill();
        const auto isUp = [this](int server) {
            return valueIn(page(), u"qproxysql_peer_health"_s,
                           {m_servers[server].address(), u"state=\"up\""_s});
        };
        QTRY_COMPARE_WITH_TIMEOUT(isUp(1), 0, 30'000);
        QCOMPARE(isUp(0), 1);
        ::kill(pid_t(writer.process().processId()), SIGTERM);
        COMPARE_EXIT(writer, 0);
        QCOMPARE(writer.all(), QByteArray());
    }
    QCOMPARE(statements(), 57);
    const QString complaint = complaints({u"check"_s, u"metrics"_s}, page());
    QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
    two->end(); // while nobody collects
    CtlRun writer(arguments);
    const QDateTime before = QFileInfo(file()).lastModified();
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file()).lastModified() > before, 20'000);
    QCOMPARE(statements(), 57);
    ::kill(pid_t(writer.process().processId()), SIGINT);
    COMPARE_EXIT(writer, 0);
    QVERIFY(m_servers[1].start());
}

void tst_CtlMetrics::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("error");
    QTest::newRow("interval alone")
            << QStringList{u"--interval"_s, u"15"_s} << 2 << u"--interval needs --textfile"_s;
    QTest::newRow("too often") << QStringList{u"--interval"_s, u"0.1"_s, u"--textfile"_s, u"x"_s}
                               << 2 << u"at least 1 s"_s;
    QTest::newRow("no folder") << QStringList{u"--textfile"_s, u"/nowhere/at/all.prom"_s} << 1
                               << u"/nowhere/at/all.prom"_s;
    QTest::newRow("foreign file") << QStringList{u"--textfile"_s, u"/etc/passwd"_s} << 4
                                  << u"left alone"_s;
    QTest::newRow("unknown pool") << QStringList{u"--pool"_s, u"nowhere"_s} << 6 << u"nowhere"_s;
}

void tst_CtlMetrics::wrongUse()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, code);
    QFETCH(const QString, error);
    CtlRun run(QStringList{u"metrics"_s} + arguments);
    COMPARE_EXIT(run, code);
    QVERIFY2(run.error().contains(error), run.all().constData());
}

void tst_CtlMetrics::alertsAreValid()
{
    const QString rules = QStringLiteral(MONITOR_SOURCES "/../docs/example/qproxysql-alerts.yml");
    const QString complaint = complaints({u"check"_s, u"rules"_s, rules});
    QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
    const QString scenes = QStringLiteral(MONITOR_SOURCES "/../tests/monitor/alerts.yml");
    const QString failure = complaints({u"test"_s, u"rules"_s, scenes});
    QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && qstrcmp(argv[1], "--statements") == 0)
        return runStatements(QString::fromLocal8Bit(argv[3]), QByteArray(argv[2]).toInt());
    tst_CtlMetrics test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ctlmetrics.moc"
