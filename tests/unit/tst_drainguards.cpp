// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drainfiletest.h"

/// Several operators, and the last healthy peer.
class tst_DrainGuards : public DrainFileTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void guardSeesWhatWouldBe();
    void lastHealthyPeerStays_data();
    void lastHealthyPeerStays();
    void twoOperatorsCannotDrainTheSurvivors();
    void outdatedRequestIsRefused();
};

void tst_DrainGuards::guardSeesWhatWouldBe()
{
    QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
    const QByteArray stored = bytes();
    DrainChange seen;
    const DrainFile::Outcome outcome =
            file().write(requestFor(u"db2:3306"_s), {}, [&](const auto &change) {
                seen = change;
                return DrainRefusal{DrainRefusal::ReadOnly, u"read-only"_s};
            });
    QCOMPARE(kindOf(outcome), int(DrainRefusal::ReadOnly));
    QCOMPARE(seen.before.size(), 1);
    QCOMPARE(seen.after.size(), 2);
    QCOMPARE(seen.entry.peer, u"db2:3306"_s);
    QCOMPARE(bytes(), stored);
}

void tst_DrainGuards::lastHealthyPeerStays_data()
{
    QTest::addColumn<QStringList>("healthy");
    QTest::addColumn<QStringList>("drained");
    QTest::addColumn<QString>("drain");
    QTest::addColumn<QString>("pool");
    QTest::addColumn<bool>("isRefused");
    QTest::addColumn<QStringList>("unknown");
    const QStringList both{u"db1"_s, u"db2"_s};
    const auto row = [](const char *name) -> QTestData & { return QTest::newRow(name); };
    const QStringList none;
    row("another is left") << both << none << u"db1"_s << QString() << false << none;
    row("the last") << both << QStringList{u"db1"_s} << u"db2"_s << QString() << true << none;
    row("the last healthy") << QStringList{u"db1"_s} << none << u"db1"_s << QString() << true
                            << none;
    row("one that is down") << QStringList{u"db1"_s} << none << u"db2"_s << QString() << false
                            << none;
    row("all are down") << none << none << u"db1"_s << QString() << false << none;
    row("of another pool") << both << QStringList{u"db1"_s} << u"db2"_s << u"other"_s << false
                           << none;
    row("of that pool") << both << QStringList{u"db1"_s} << u"db2"_s << u"orders"_s << true << none;
    row("no such peer") << both << QStringList{u"db1"_s} << u"db9"_s << QString() << false << none;
    row("by its identity") << both << QStringList{u"db1"_s} << u"uuid-db2"_s << QString() << true
                           << none;
    row("the other may be down") << QStringList{u"db1"_s} << none << u"db1"_s << QString() << true
                                 << QStringList{u"db2"_s};
    row("it may be down") << QStringList{u"db1"_s} << none << u"db2"_s << QString() << false
                          << QStringList{u"db2"_s};
    row("nothing is known") << none << none << u"db1"_s << QString() << true << both;
    row("only it may be up") << none << none << u"db1"_s << QString() << true
                             << QStringList{u"db1"_s};
}

void tst_DrainGuards::lastHealthyPeerStays()
{
    QFETCH(QStringList, healthy);
    QFETCH(QStringList, drained);
    QFETCH(QString, drain);
    QFETCH(QString, pool);
    QFETCH(bool, isRefused);
    QFETCH(QStringList, unknown);
    QList<PeerStanding> peers;
    for (const QString &host : {u"db1"_s, u"db2"_s})
        peers.append({u"orders"_s,
                      {host, 3306},
                      {u"uuid-"_s + host},
                      healthy.contains(host)   ? Proof::Up
                      : unknown.contains(host) ? Proof::Unknown
                                               : Proof::NotUp});
    for (const QString &peer : std::as_const(drained))
        QVERIFY(!file().write(requestFor(peer)).refusal);
    DrainRequest request = requestFor(drain);
    request.pool = pool;
    const DrainFile::Outcome outcome = file().write(request, {}, [&](const DrainChange &change) {
        return lastHealthyPeerRefusal(change, peers);
    });
    QCOMPARE(kindOf(outcome), isRefused ? int(DrainRefusal::LastHealthyPeer) : -1);
    if (isRefused) {
        QVERIFY2(outcome.refusal->text.contains(u"orders"_s), qPrintable(outcome.refusal->text));
        // Resuming is always allowed.
        request.service = Service::InService;
        QVERIFY(!file().write(request, {}, [&](const DrainChange &change) {
                           return lastHealthyPeerRefusal(change, peers);
                       }).refusal);
    }
}

void tst_DrainGuards::twoOperatorsCannotDrainTheSurvivors()
{
    const QList<PeerStanding> peers{{u"orders"_s, {u"db1"_s, 3306}, {}, Proof::Up},
                                    {u"orders"_s, {u"db2"_s, 3306}, {}, Proof::Up}};
    for (int round = 0; round < 20; ++round) {
        const QString roundFolder = m_folder->filePath(QString::number(round));
        std::atomic<int> ready{0};
        std::atomic<int> done{0};
        std::atomic<int> refused{0};
        const auto operate = [&](const QString &peer) {
            const DrainFile own(roundFolder);
            ++ready;
            while (ready < 2) {
            }
            const DrainFile::Outcome outcome = own.write(requestFor(peer), {},
                                                         [&](const auto &change) {
                                                             return lastHealthyPeerRefusal(change,
                                                                                           peers);
                                                         });
            if (!outcome.refusal)
                ++done;
            else if (outcome.refusal->kind == DrainRefusal::LastHealthyPeer)
                ++refused;
            else
                qWarning("%s", qPrintable(outcome.refusal->text));
        };
        std::thread alice([&] { operate(u"db1"_s); });
        std::thread bob([&] { operate(u"db2"_s); });
        alice.join();
        bob.join();
        QCOMPARE(done, 1);
        QCOMPARE(refused, 1);
        QCOMPARE(DrainFile(roundFolder).read().document.entries.size(), 1);
    }
}

void tst_DrainGuards::outdatedRequestIsRefused()
{
    DrainRequest request = requestFor(u"db1:3306"_s);
    const DrainFile::Outcome first = file().write(request, {.expectedGeneration = 0});
    QVERIFY(!first.refusal);
    DrainRequest resume = requestFor(u"db1:3306"_s, Service::InService);
    resume.requestedBy = u"bob"_s;
    const DrainFile::Outcome second =
            file().write(resume, {.expectedGeneration = first.change.entry.generation});
    QVERIFY(!second.refusal);
    QCOMPARE(second.change.knownGeneration, first.change.entry.generation);
    // Alice still sees it as nobody had ever asked anything of it.
    const DrainFile::Outcome late = file().write(request, {.expectedGeneration = 0});
    QCOMPARE(kindOf(late), int(DrainRefusal::ChangedMeanwhile));
    QVERIFY2(late.refusal->text.contains(u"db1:3306"_s) && late.refusal->text.contains(u"bob"_s),
             qPrintable(late.refusal->text));
    QCOMPARE(serviceOf(u"db1"_s), Service::InService);
}

QTEST_GUILESS_MAIN(tst_DrainGuards)
#include "tst_drainguards.moc"
