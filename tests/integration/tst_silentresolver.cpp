// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/deadresolver.h"
#include "sandbox/servergroup.h"

#include <QtCore/QProcess>
#include <QtTest/QtTest>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1String DeadName("dead.example");

/// Runs in a child process, whose exit is part of the test: prints how long open() took and whether it
/// succeeded, then ends with the lookup still under way.
int openOnce(const QString &hosts)
{
    // Never destroyed: whoever looks the name up hangs for as long as the process lives.
    static auto *const resolver = new DeadResolver(QByteArray(DeadName.data(), DeadName.size()));
    QElapsedTimer timer;
    timer.start();
    ScopedDatabase db(hosts, u"BALANCE=first"_s);
    const bool isOpen = db.open();
    printf("%lld %d %d\n%s\n", timer.elapsed(), int(isOpen), resolver->waiting(),
           qPrintable(db.error().databaseText()));
    fflush(stdout);
    return 0;
}

} // namespace

/// A name lookup that never comes back.
class tst_SilentResolver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deadlineHoldsAndExitDoesNotWait_data()
    {
        QTest::addColumn<bool>("hasGoodPeer");
        QTest::addColumn<int>("atLeastMs");
        QTest::addColumn<int>("atMostMs");
        QTest::newRow("beside a good peer") << true << 250 << 600;
        QTest::newRow("alone: OPEN_DEADLINE") << false << 10'000 << 10'500;
    }

    void deadlineHoldsAndExitDoesNotWait()
    {
        QFETCH(bool, hasGoodPeer);
        QFETCH(int, atLeastMs);
        QFETCH(int, atMostMs);
        ServerGroup servers(1);
        QVERIFY2(servers.start(), qPrintable(servers.errorString()));
        QString hosts = DeadName;
        if (hasGoodPeer)
            hosts += u',' + servers[0].address();
        QElapsedTimer timer;
        timer.start();
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"--child"_s, hosts});
        QVERIFY(child.waitForFinished(30'000));
        const qint64 total = timer.elapsed();
        QCOMPARE(child.exitStatus(), QProcess::NormalExit);
        QCOMPARE(child.exitCode(), 0);
        const QByteArray output = child.readAllStandardOutput();
        const QList<QByteArray> words = output.left(output.indexOf('\n')).split(' ');
        const int openMs = words.value(0).toInt();
        QCOMPARE(words.value(1), hasGoodPeer ? QByteArray("1") : QByteArray("0"));
        QVERIFY2(words.value(2).toInt() >= 1, "the lookup still hangs at exit");
        QVERIFY2(openMs >= atLeastMs && openMs <= atMostMs, output.constData());
        QVERIFY2(total - openMs < 3000, qPrintable(QString::number(total - openMs)));
        if (!hasGoodPeer)
            QVERIFY2(output.contains("OPEN_DEADLINE=10 s"), output.constData());
        qInfo("open %d ms, start and exit of the process %lld ms", openMs, total - openMs);
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--child"_s)
        return openOnce(app.arguments().value(2));
    tst_SilentResolver test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_silentresolver.moc"
