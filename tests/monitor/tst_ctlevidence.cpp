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

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

class Application
{
public:
    explicit Application(const QStringList &arguments)
    {
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

} // namespace

/// What an idle application believes of a server proves nothing.
class tst_CtlEvidence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        qputenv("QPROXYSQL_DIR", QFile::encodeName(m_folder->path()));
        for (int i = 0; i < m_servers.count(); ++i)
            QVERIFY(m_servers[i].thaw() || !m_servers[i].isFrozen());
        QVERIFY2(m_servers.start(), qPrintable(m_servers.errorString()));
    }
    void beliefIsNoSurvivor_data();
    void beliefIsNoSurvivor();
    void idleApplicationsProveTheOthers();
    void disagreementIsShown();
    void staysFreshWhileSomebodyWatches();

private:
    static QJsonObject peerOf(CtlRun &list, const QString &peer)
    {
        const QJsonObject json = QJsonDocument::fromJson(list.out().toUtf8()).object();
        for (const QJsonValue &one :
             json.value("pools"_L1)[0].toObject().value("peers"_L1).toArray()) {
            if (one.toObject().value("peer"_L1).toString() == peer)
                return one.toObject();
        }
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    ServerGroup m_servers{3};
};

void tst_CtlEvidence::beliefIsNoSurvivor_data()
{
    QTest::addColumn<bool>("isFrozen");
    QTest::addColumn<QStringList>("login");
    const QStringList login{u"--user"_s, u"root"_s};
    QTest::newRow("dead, no account") << false << QStringList();
    QTest::newRow("dead, account") << false << login;
    QTest::newRow("frozen, no account") << true << QStringList();
    QTest::newRow("frozen, account") << true << login;
}

// Two of three servers fail; an idle application has not noticed, a busy one is on the third.
void tst_CtlEvidence::beliefIsNoSurvivor()
{
    QFETCH(bool, isFrozen);
    QFETCH(QStringList, login);
    Application idle({u"--idle"_s, m_servers.hostList()});
    QCOMPARE(idle.line(), u"ready"_s);
    Application busy({u"--busy"_s, m_servers[2].address(), m_servers.hostList()});
    QCOMPARE(busy.line(), u"ready"_s);
    for (int i = 0; i < 2; ++i) {
        if (isFrozen)
            QVERIFY(m_servers[i].freeze());
        else
            m_servers[i].kill();
    }
    const QString survivor = m_servers[2].address();
    const QStringList drain = QStringList{u"drain"_s, survivor} + login;
    CtlRun refused(drain + QStringList{u"--no-wait"_s});
    COMPARE_EXIT(refused, 4);
    QVERIFY2(refused.error().contains("--force"_L1), refused.all().constData());
    CtlRun list(QStringList{u"list"_s} + login);
    COMPARE_EXIT(list, 10);

    CtlRun forced(drain + QStringList{u"--force"_s, u"--timeout"_s, u"13"_s});
    busy.end();
    COMPARE_EXIT(forced, 5);
    QVERIFY2(!forced.out().contains("SAFE TO STOP: "_L1 + survivor)
                     || forced.out().contains("NOT YET SAFE TO STOP"_L1),
             forced.all().constData());
    QVERIFY2(!forced.out().contains("[ok] others"_L1), forced.all().constData());
    QVERIFY2(!forced.out().contains("Safe to stop\n"_L1), forced.all().constData());
}

void tst_CtlEvidence::idleApplicationsProveTheOthers()
{
    Application one({u"--idle"_s, m_servers.hostList()});
    QCOMPARE(one.line(), u"ready"_s);
    Application other({u"--idle"_s, m_servers.hostList()});
    QCOMPARE(other.line(), u"ready"_s);
    QTest::qWait(6000); // whatever they have seen while they opened is old by now
    QElapsedTimer took;
    took.start();
    CtlRun drain({u"drain"_s, m_servers[0].address(), u"--no-wait"_s});
    COMPARE_EXIT(drain, 0);
    qInfo("accepted after %lld ms", took.elapsed());
    QVERIFY(took.elapsed() < 5000);
    CtlRun list({u"list"_s, u"--json"_s});
    COMPARE_EXIT(list, 0);
    const QJsonObject peer = peerOf(list, m_servers[1].address());
    QCOMPARE(peer.value("health"_L1).toString(), u"Up"_s);
    QCOMPARE(peer.value("healthFrom"_L1).toString(), u"applications"_s);
    QCOMPARE(peer.value("healthBy"_L1).toString(), u"reporting"_s);
    QVERIFY2(peer.value("healthAge"_L1).toDouble(99) <= 5, list.all().constData());
    QVERIFY(peer.value("isProvenUp"_L1).toBool());
    QCOMPARE(peer.value("evidence"_L1).toArray().size(), 2);
    CtlRun wait({u"wait"_s, m_servers[0].address(), u"--timeout"_s, u"40"_s});
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

// The applications probe at most every five seconds, and what they found counts for five.
void tst_CtlEvidence::staysFreshWhileSomebodyWatches()
{
    Application idle({u"--idle"_s, m_servers.hostList()});
    QCOMPARE(idle.line(), u"ready"_s);
    const qint64 before = m_servers[0].statusValue(u"Connections"_s);
    CtlRun list({u"list"_s, u"--watch"_s, u"0.5"_s, u"--json"_s});
    QTRY_VERIFY_WITH_TIMEOUT(list.out().count(u'\n') >= 24, 60'000);
    const qint64 connects = m_servers[0].statusValue(u"Connections"_s) - before;
    const QStringList lines = list.out().split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines)
        QCOMPARE(line.count("\"isProvenUp\":true"_L1), 3);
    qInfo("%lld connects", connects);
    QVERIFY2(connects <= 6, qPrintable(QString::number(connects))); // some are the test's own
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
