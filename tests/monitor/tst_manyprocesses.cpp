// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctlrun.h"
#include "scopeddatabase.h"

#include "sandbox/servergroup.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <cstdio>
#include <memory>
#include <vector>

using namespace qproxysql::sandbox;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int Processes = 200;
constexpr auto Watched = 10s;
constexpr double MostConnects = 2; ///< a second

/// One of the processes: opens a connection and stays idle.
int runIdleApplication(const QString &hosts)
{
    QCoreApplication::setApplicationName(u"idle-worker"_s);
    ScopedDatabase db(hosts, u"POOL=orders"_s);
    std::printf("%s\n", db.open() ? "ready" : qPrintable(db.error().text()));
    std::fflush(stdout);
    return std::getchar() == EOF ? 0 : 1; // until the parent ends or closes it
}

} // namespace

/// The cost of many idle processes, and the time to poll them.
class tst_ManyProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void listAnswersWithinASecond();
    void costNextToNothing();
    void cleanupTestCase()
    {
        for (const auto &process : m_processes)
            process->closeWriteChannel();
        for (const auto &process : m_processes)
            process->waitForFinished();
    }

private:
    qint64 sumOf(const QString &statusVariables)
    {
        qint64 sum = 0;
        for (int i = 0; i < m_servers.count(); ++i) {
            for (const QStringList &row :
                 m_servers[i]
                         .executeAsRoot(u"SHOW GLOBAL STATUS WHERE Variable_name IN (%1)"_s.arg(
                                 statusVariables))
                         .rows)
                sum += row.at(1).toLongLong();
        }
        return sum;
    }
    /// The sum over all peers in the JSON output.
    static int sessionsIn(CtlRun &list)
    {
        int sessions = 0;
        const QJsonArray pools = QJsonDocument::fromJson(list.out().toUtf8())[u"pools"].toArray();
        for (const auto &pool : pools) {
            const QJsonArray peers = pool.toObject()[u"peers"].toArray();
            for (const auto &peer : peers)
                sessions += peer.toObject()[u"sessions"].toInt();
        }
        return sessions;
    }

    QTemporaryDir m_folder;
    ServerGroup m_servers{3, {u"--max-connections=500"_s}};
    std::vector<std::unique_ptr<QProcess>> m_processes;
};

void tst_ManyProcesses::initTestCase()
{
    QVERIFY(m_folder.isValid());
    qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder.path()));
    // The logs of two hundred processes are of no use.
    qputenv("QT_LOGGING_RULES", "qproxysql.*=false");
    QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
    for (int i = 0; i < Processes; ++i) {
        m_processes.push_back(std::make_unique<QProcess>());
        m_processes.back()->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_processes.back()->start(QCoreApplication::applicationFilePath(),
                                  {u"--idle"_s, m_servers.hostList()});
    }
    for (const auto &process : m_processes) {
        QVERIFY(process->canReadLine() || process->waitForReadyRead(60'000));
        QCOMPARE(process->readLine().trimmed(), QByteArray("ready"));
    }
}

void tst_ManyProcesses::listAnswersWithinASecond()
{
    // On a busy machine some may not answer in time; then try again.
    qint64 fastest = 60'000;
    for (int i = 0; i < 10 && fastest > 1000; ++i) {
        QElapsedTimer timer;
        timer.start();
        CtlRun list({u"list"_s, u"--json"_s});
        COMPARE_EXIT(list, 0);
        if (sessionsIn(list) == Processes)
            fastest = timer.elapsed();
    }
    qInfo("%d processes are listed in %lld ms", Processes, fastest);
    QVERIFY2(fastest <= 1000, qPrintable(QString::number(fastest)));
}

void tst_ManyProcesses::costNextToNothing()
{
    const QString connects = u"'Connections'"_s;
    const QString writes = u"'Com_insert', 'Com_update', 'Com_delete', 'Com_replace'"_s;
    const qint64 before = sumOf(connects);
    const qint64 writesBefore = sumOf(writes);
    QTest::qWait(std::chrono::milliseconds(Watched).count());
    // Each of our own polls also connects: three for writesBefore and three for the last.
    const qint64 own = 6;
    const double rate = double(sumOf(connects) - before - own) / double(Watched.count());
    qInfo("%d idle processes: %.2f connects a second", Processes, rate);
    QVERIFY2(rate <= MostConnects, qPrintable(QString::number(rate)));
    QCOMPARE(sumOf(writes), writesBefore);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--idle"_s)
        return runIdleApplication(application.arguments().value(2));
    tst_ManyProcesses test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_manyprocesses.moc"
