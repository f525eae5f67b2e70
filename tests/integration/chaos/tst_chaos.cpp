// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "faults.h"
#include "worker.h"

#include <QtTest/QtTest>

#include <thread>

using namespace chaos;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int Threads = 8;
constexpr auto LongestCall = 10s;
constexpr auto LongestSearch = 20s; ///< the longest call that also finds out the fate of a COMMIT
constexpr int LongRun = 120; ///< from this many seconds on every kind of fault must have struck often
constexpr int OftenEnough = 10;
constexpr int KindsInAShortRun = 4; ///< it goes on for them at most twice as long as told

} // namespace

/// Everything at once, at random, for as long as told: see docs/testing.md for the two variables.
class tst_Chaos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray seed = qgetenv("QPROXYSQL_CHAOS_SEED");
        m_seed = seed.isEmpty() ? QRandomGenerator::global()->generate() : seed.toUInt();
        m_seconds = qEnvironmentVariableIntValue("QPROXYSQL_CHAOS_SECONDS");
        if (m_seconds <= 0)
            m_seconds = CHAOS_SECONDS;
        qInfo("QPROXYSQL_CHAOS_SEED=%u QPROXYSQL_CHAOS_SECONDS=%d", m_seed, m_seconds);
    }

    void plainServers()
    {
        PlainSite site;
        survive(&site);
    }

    void galera()
    {
        GaleraSite site;
        survive(&site);
    }

    // Nothing stays unknown.
    void galeraExactlyOnce()
    {
        GaleraSite site;
        survive(&site, ExactlyOnce::Always);
    }

    void groupExactlyOnce_data()
    {
        QTest::addColumn<bool>("isSinglePrimary");
        QTest::newRow("multi-primary") << false;
        QTest::newRow("single-primary") << true;
    }

    void groupExactlyOnce()
    {
        QFETCH(bool, isSinglePrimary);
        GroupSite site(isSinglePrimary ? GroupSite::Mode::SinglePrimary
                                       : GroupSite::Mode::MultiPrimary);
        survive(&site, ExactlyOnce::Always);
    }

private:
    enum class ExactlyOnce { Off, Always };

    void survive(Site *site, ExactlyOnce exactlyOnce = ExactlyOnce::Off);
    void makeFaults(Site *site, Faults *faults);
    bool isLongRun() const { return m_seconds >= LongRun; }
    bool isEnough(const Faults &faults, std::chrono::steady_clock::time_point end) const;
    void judge(Site *site, const Faults &faults, ExactlyOnce exactlyOnce);

    quint32 m_seed = 0;
    int m_seconds = 0;
    std::vector<std::unique_ptr<Worker>> m_workers;
};

void tst_Chaos::survive(Site *site, ExactlyOnce exactlyOnce)
{
    const QString options = exactlyOnce == ExactlyOnce::Off
                                    ? u"CHECK_INTERVAL=2"_s
                                    : u"CHECK_INTERVAL=2;EXACTLY_ONCE=always"_s;
    QVERIFY2(site->start(), qPrintable(site->errorString()));
    QVERIFY(QTest::qWaitFor([site] { return site->isWhole(); }, 10'000));
    Moment moment;
    m_workers.clear();
    for (int i = 0; i < Threads; ++i)
        m_workers.push_back(std::make_unique<Worker>(Worker::Setup{i + 1, m_seed + quint32(i) + 1,
                                                                   site->hosts(), options},
                                                     &moment));
    Faults faults(site, &moment, m_seed, [this](const QString &peer) {
        return std::any_of(m_workers.begin(), m_workers.end(),
                           [&peer](const auto &worker) { return worker->isBusyOn(peer); });
    });

    std::atomic<bool> stop{false};
    std::vector<std::thread> threads;
    for (const auto &worker : m_workers)
        threads.emplace_back([&worker, &stop] { worker->run(stop); });
    makeFaults(site, &faults);
    stop = true;
    for (std::thread &thread : threads)
        thread.join();
    faults.count();
    judge(site, faults, exactlyOnce);
}

void tst_Chaos::makeFaults(Site *site, Faults *faults)
{
    ScopedDatabase observer(site->hosts(), u"CHECK_INTERVAL=2"_s);
    QVERIFY2(observer.open(), qPrintable(observer.error().text()));
    const auto allAreChosen = [&] {
        int writers = 0;
        for (int i = 0; i < site->count(); ++i) {
            const QString health = observer.health(site->server(i).address());
            writers += health == u"Up"_s;
            if (health != u"Up"_s && !(site->hasReaders() && health == u"NotReady"_s))
                return false;
        }
        return writers > 0;
    };
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(m_seconds);
    while (!isEnough(*faults, end)) {
        // Else the next fault could find the pool with a single peer.
        QVERIFY2(QTest::qWaitFor(allAreChosen, 60'000), "a peer that is back is not used again");
        faults->count();
        QVERIFY2(faults->makeOne(), qPrintable(faults->errorString()));
    }
    QVERIFY2(QTest::qWaitFor(allAreChosen, 60'000), "a peer that is back is not used again");
}

bool tst_Chaos::isEnough(const Faults &faults, std::chrono::steady_clock::time_point end) const
{
    const auto now = std::chrono::steady_clock::now();
    if (now < end || now > end + std::chrono::seconds(m_seconds))
        return now > end;
    const auto struck = [&faults](int often) {
        return std::ranges::count_if(faults.tallies(), [often](const Faults::Tally &tally) {
            return tally.inFlight >= often;
        });
    };
    return isLongRun() ? struck(OftenEnough) == qsizetype(faults.tallies().size())
                       : struck(1) >= KindsInAShortRun;
}

void tst_Chaos::judge(Site *site, const Faults &faults, ExactlyOnce exactlyOnce)
{
    CallBook calls;
    Ledger ledger;
    QStringList tooOften;
    for (const auto &worker : m_workers) {
        calls.append(worker->calls());
        ledger.append(worker->ledger());
        tooOften += worker->ledger().unknownTooOften();
    }
    QHash<quint64, int> found;
    qint64 counter = 0;
    QVERIFY2(site->readBack(&found, &counter), qPrintable(site->errorString()));
    const auto [there, notThere] = ledger.lookUpUnknown(found);

    qInfo().noquote() << u"\n"_s + faults.table() + calls.callTable() + calls.failureTable()
                      << u"calls %1, longest %2 ms (%3)\n"_s.arg(calls.calls())
                                 .arg(calls.longest().count())
                                 .arg(calls.longestCall())
                      << u"writes of unknown fate %1; looked up: %2 there, %3 not\n"_s
                                 .arg(ledger.unknownWrites())
                                 .arg(there)
                                 .arg(notThere);

    const QStringList contradictions = ledger.contradictions(found);
    QVERIFY2(contradictions.isEmpty(), qPrintable(contradictions.join(u'\n')));
    const qint64 counted = ledger.increments(Fate::Acknowledged);
    QVERIFY2(counter >= counted && counter <= counted + ledger.increments(Fate::Unknown),
             qPrintable(u"%1 increments acknowledged, %2 unknown, %3 done"_s.arg(counted)
                                .arg(ledger.increments(Fate::Unknown))
                                .arg(counter)));
    QVERIFY2(calls.forbidden().isEmpty(), qPrintable(calls.forbidden().join(u'\n')));
    QVERIFY2(tooOften.isEmpty(), qPrintable(tooOften.join(u'\n')));
    const auto longest = exactlyOnce == ExactlyOnce::Off ? LongestCall : LongestSearch;
    QVERIFY2(calls.longest() <= longest, qPrintable(calls.longestCall()));
    QVERIFY(exactlyOnce == ExactlyOnce::Off || ledger.unknownWrites() == 0);
    for (const Faults::Tally &tally : faults.tallies())
        QVERIFY2(!isLongRun() || tally.inFlight >= OftenEnough, "a fault struck too rarely");
}

QTEST_GUILESS_MAIN(tst_Chaos)
#include "tst_chaos.moc"
