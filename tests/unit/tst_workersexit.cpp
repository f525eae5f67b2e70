// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "inner/processlifetime.h"
#include "workergate.h"

#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

/// What exit() does about worker threads.
class tst_WorkersExit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exitAbandons_data();
    void exitAbandons();
};

void tst_WorkersExit::exitAbandons_data()
{
    QTest::addColumn<QString>("manner");
    QTest::newRow("return from main") << "return";
    QTest::newRow("exit() without destroying the application") << "exit";
    QTest::newRow("from a job that is stalled") << "stalled";
    QTest::newRow("jobs that end during exit") << "ending";
    QTest::newRow("queued jobs whose turn comes during exit") << "queued";
}

void tst_WorkersExit::exitAbandons()
{
    QFETCH(QString, manner);
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--child"), manner});
    QVERIFY(child.waitForReadyRead(20'000)); // its jobs hang
    QElapsedTimer timer;
    timer.start();
    child.closeWriteChannel(); // lets it go
    QVERIFY(child.waitForFinished(20'000));
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QCOMPARE(child.exitCode(), 3);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

namespace {

// A process that ends while four jobs hang and others are queued.
int child(int &argc, char **argv)
{
    auto *application = new QCoreApplication(argc, argv);
    const QByteArray manner(argv[2]);
    static auto *const gate = new Gate;
    if (manner == "queued") {
        static std::atomic<int> late{0};
        static std::atomic<int> begun{0};
        std::atexit([] { std::_Exit(late == 0 ? 3 : 1); }); // after that of Workers
        for (int i = 0; i < 4; ++i) {
            Workers::instance().start([] {
                ++begun;
                while (!ProcessLifetime::isEnding())
                    std::this_thread::yield();
                std::this_thread::sleep_for(100ms); // until Workers knows, too
            });
        }
        while (begun < 4)
            std::this_thread::yield();
        for (int i = 0; i < 10; ++i)
            Workers::instance().start([] { ++late; });
        std::fputs("hanging\n", stdout);
        std::fflush(stdout);
        std::getchar();
        std::exit(1);
    }
    if (manner == "ending") {
        std::atexit([] {
            gate->open();
            std::this_thread::sleep_for(50ms); // time for them to do harm
        });
    }
    for (int i = 0; i < 4; ++i) {
        const auto ticket = Workers::instance().start([] { gate->pass(); });
        if (manner == "stalled")
            Workers::instance().markStalled(ticket);
    }
    if (!gate->waitForEntered(4))
        return 1;
    for (int i = 0; i < 10; ++i)
        Workers::instance().start([] { gate->pass(); });
    std::fputs("hanging\n", stdout);
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    if (manner == "exit")
        std::exit(3);
    delete application;
    return 3;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--child") == 0)
        return child(argc, argv);
    QCoreApplication application(argc, argv);
    tst_WorkersExit test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_workersexit.moc"
