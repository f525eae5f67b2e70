// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "supervisorscene.h"

#include <QtCore/QProcess>
#include <QtTest/QtTest>

#include <cstdlib>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

/// The supervisor and the applications of a process that begin and end.
class tst_SupervisorLife : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inAnotherProcess_data();
    void inAnotherProcess();
};

void tst_SupervisorLife::inAnotherProcess_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::newRow("several applications") << QStringLiteral("applications");
    QTest::newRow("a watch outlives its application") << QStringLiteral("outlives");
    QTest::newRow("no application") << QStringLiteral("none");
    QTest::newRow("exit while a probe hangs") << QStringLiteral("hanging");
    QTest::newRow("the application ends while a probe hangs") << QStringLiteral("ending");
}

void tst_SupervisorLife::inAnotherProcess()
{
    QFETCH(QString, scenario);
    QProcess child;
    child.setProcessChannelMode(QProcess::MergedChannels);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--child"), scenario});
    const bool isFinished = child.waitForFinished(30'000);
    const QByteArray output = child.readAll();
    if (!isFinished) {
        child.kill();
        child.waitForFinished();
    }
    QVERIFY2(isFinished, output.constData());
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QVERIFY2(child.exitCode() == 0, output.constData());
}

namespace {

bool isProbed(const PoolWatch &watch)
{
    const int knocks = Door::instance().knocks();
    watch->connectFailed(0, refused());
    return Door::instance().waitForMore(knocks, 2);
}

int severalApplications(int &argc, char **argv)
{
    for (int round = 0; round < 3; ++round) {
        QCoreApplication application(argc, argv);
        registerDriver(); // QtSql forgets its drivers with each application
        const PoolWatch watch = supervisor().watch(poolOf(QStringLiteral("orders"),
                                                          {QStringLiteral("db1")}),
                                                   {});
        if (!supervisor().isRunning() || !isProbed(watch))
            return 10 + round;
    }
    return supervisor().isRunning() ? 20 : 0;
}

int watchOutlivesApplication(int &argc, char **argv)
{
    PoolWatch watch;
    {
        QCoreApplication application(argc, argv);
        registerDriver();
        watch = supervisor().watch(poolOf(QStringLiteral("orders"), {QStringLiteral("db1")}), {});
        if (!isProbed(watch))
            return 10;
    }
    if (supervisor().isRunning())
        return 11;
    watch->connectFailed(0, refused()); // nobody minds
    QCoreApplication application(argc, argv);
    registerDriver();
    watch.connectSucceeded(0, {});
    if (!isProbed(watch))
        return 12;
    return supervisor().isRunning() ? 0 : 13;
}

int noApplication()
{
    const PoolWatch watch = supervisor().watch(poolOf(QStringLiteral("orders"),
                                                      {QStringLiteral("db1")}),
                                               {});
    if (supervisor().isRunning())
        return 10;
    // There are no drivers either: a caller is told so at once.
    watch->connectFailed(0, refused());
    return watch->sweep({Clock::steady().now() + 1h}) ? 11 : 0;
}

int probeHangs(int &argc, char **argv, bool exits)
{
    auto *application = new QCoreApplication(argc, argv);
    registerDriver();
    static auto *const watch = new PoolWatch(
            supervisor().watch(poolOf(QStringLiteral("orders"), {QStringLiteral("hang1")}), {}));
    const int knocks = Door::instance().knocks();
    (*watch)->checkNow(0);
    if (!Door::instance().waitForMore(knocks))
        return 10;
    if (exits)
        std::exit(0);
    delete application;
    return supervisor().isRunning() ? 11 : 0;
}

int child(int &argc, char **argv)
{
    const QByteArray scenario(argv[2]);
    if (scenario == "applications")
        return severalApplications(argc, argv);
    if (scenario == "outlives")
        return watchOutlivesApplication(argc, argv);
    if (scenario == "none")
        return noApplication();
    return probeHangs(argc, argv, scenario == "hanging");
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--child") == 0)
        return child(argc, argv);
    QCoreApplication application(argc, argv);
    tst_SupervisorLife test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_supervisorlife.moc"
