// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fleetview.h"
#include "monitorfixture.h"

#include <QtTest/QtTest>

#include <ctime>

using namespace qproxysql;
using namespace Qt::StringLiterals;

/// The window with its graphs for ten minutes with ten views a second: two hundred peers and thirty
/// applications that change all the time.
class tst_LongWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void memoryStaysFlat();

private:
    static constexpr int Ticks = 6000;
    /// Ticks: the rings of history and events are filled in part.
    static constexpr int WarmUp = 1000;
    static constexpr int MostGrowth = 8
                                      * 1024; ///< KiB; 10,000 events of a few hundred bytes take half

    static int residentKiB()
    {
        QFile status(u"/proc/self/status"_s);
        if (!status.open(QIODevice::ReadOnly))
            return -1;
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("VmRSS:"))
                return line.simplified().split(' ').value(1).toInt();
        }
        return -1;
    }
};

void tst_LongWindow::memoryStaysFlat()
{
    QTemporaryDir folder;
    MonitorFixture fixture;
    fixture.sources.recorder().setFolder(folder.path());
    FleetView fleet;
    ClusterHistory history(Clock::steady());
    fixture.script->next = fleet.viewAt(0);
    QVERIFY(fixture.show());
    fixture.page().showPane(PoolPage::Graphs);
    QElapsedTimer timer;
    timer.start();
    int before = 0;
    const std::clock_t began = std::clock();
    for (int tick = 0; tick < Ticks; ++tick) {
        fixture.script->next = fleet.viewAt(tick);
        history.note(&fixture.script->next);
        fixture.sources.refreshAll();
        QTest::qWait(std::max<qint64>(1, qint64(tick + 1) * 100 - timer.elapsed()));
        if (tick == WarmUp)
            before = residentKiB();
        if ((tick + 1) % 600 == 0)
            qInfo("after %d min: %d KiB resident", (tick + 1) / 600, residentKiB());
    }
    const int growth = residentKiB() - before;
    const double share = double(std::clock() - began) / CLOCKS_PER_SEC * 1000
                         / double(timer.elapsed());
    qInfo("%d ticks in %lld s: %d KiB more than %d, %.1f %% of a processor at 10 Hz", Ticks,
          timer.elapsed() / 1000, growth, before, 100 * share);
    QVERIFY(before > 0);
    QVERIFY2(growth <= MostGrowth, qPrintable(QString::number(growth)));
}

QTEST_MAIN(tst_LongWindow)
#include "tst_longwindow.moc"
