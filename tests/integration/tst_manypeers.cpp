// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "scopeddatabase.h"

#include "sandbox/portholder.h"
#include "sandbox/servergroup.h"

#include <QtTest/QtTest>

#include <ctime>

using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

/// Somebody else may take a free port before we do, so a few are tried.
std::unique_ptr<PortHolder> refusingPort()
{
    for (int i = 0; i < 20; ++i) {
        auto holder = std::make_unique<PortHolder>();
        if (holder->isHolding())
            return holder;
    }
    return nullptr;
}

} // namespace

/// 1,000 peers of which three are up.
class tst_ManyPeers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensSucceedAndIdleIsCheap()
    {
        ServerGroup servers(3);
        QVERIFY2(servers.start(), qPrintable(servers.errorString()));
        std::vector<std::unique_ptr<PortHolder>> refusing;
        QStringList hosts;
        for (int i = 0; i < 997; ++i) {
            refusing.push_back(refusingPort());
            QVERIFY2(refusing.back(), "no free port");
            hosts << refusing.back()->address();
        }
        for (int i = 0; i < 3; ++i)
            hosts.insert(i * 400 + 100, servers[i].address());

        ScopedDatabase keeper(hosts.join(u','));
        QElapsedTimer timer;
        timer.start();
        QVERIFY2(keeper.open(), qPrintable(keeper.error().text()));
        const qint64 first = timer.elapsed();
        for (int i = 1; i < 200; ++i) {
            ScopedDatabase db(hosts.join(u','));
            QVERIFY2(db.open(), qPrintable(db.error().text()));
        }
        const qint64 all = timer.elapsed();
        QVERIFY2(all < 6000, qPrintable(QString::number(all)));

        // The process now idles with rechecks of the peers that are down going on.
        const std::clock_t before = std::clock();
        QTest::qWait(10'000);
        const double seconds = double(std::clock() - before) / CLOCKS_PER_SEC;
        qInfo("first open %lld ms, 200 opens %lld ms, then %.3f CPU seconds in 10 s", first, all,
              seconds);
        QVERIFY2(seconds < 0.3, qPrintable(QString::number(seconds)));
    }
};

QTEST_GUILESS_MAIN(tst_ManyPeers)
#include "tst_manypeers.moc"
