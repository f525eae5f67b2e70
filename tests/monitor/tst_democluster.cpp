// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakeclock.h"

#include "cluster/clusterevents.h"
#include "models/applicationsmodel.h"
#include "models/democluster.h"
#include "models/displaystate.h"
#include "models/draincard.h"
#include "models/peerdetails.h"
#include "models/poolsummary.h"

#include <QtTest/QtTest>

#include <set>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// A demo whose time passes as fast as possible.
struct FastDemo
{
    FakeClock clock;
    DemoCluster demo{nullptr, clock};

    const ClusterView &poll(std::chrono::milliseconds later = 500ms)
    {
        clock.advance(later);
        QSignalSpy refreshed(&demo, &ClusterSource::refreshed);
        demo.refresh();
        demo.refresh(); // under way already
        while (refreshed.isEmpty())
            QCoreApplication::processEvents();
        return demo.view();
    }

    DrainFile::Outcome request(const DrainRequest &request)
    {
        QSignalSpy requested(&demo, &ClusterSource::requested);
        demo.request(request);
        if (!requested.isEmpty())
            qFatal("told before request() has returned");
        while (requested.isEmpty())
            QCoreApplication::processEvents();
        return requested.constFirst().at(1).value<DrainFile::Outcome>();
    }

    const PeerView &peer(const QString &host)
    {
        return *findPeer(demo.view(), DemoCluster::poolName(), host + ":3306"_L1);
    }
    DisplayState stateAt(const QString &host) { return displayStateOf(peer(host)); }
    /// False: not within a minute and a half of its time.
    bool waitFor(const QString &host, DisplayState state)
    {
        for (int i = 0; i < 90 && stateAt(host) != state; ++i)
            poll(1s);
        return stateAt(host) == state;
    }
};

DrainRequest drainOf(const QString &host, bool force = false)
{
    return {.peer = host + ":3306"_L1,
            .service = Service::Draining,
            .reason = u"a test"_s,
            .isForced = force};
}

} // namespace

/// The simulated cluster of the demo.
class tst_DemoCluster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysThatItIsSimulated()
    {
        FastDemo demo;
        const ClusterView &view = demo.poll();
        QCOMPARE(view.pools.constFirst().name, DemoCluster::poolName());
        QVERIFY(view.pools.constFirst().name.contains(u"simulated"_s));
        QVERIFY(view.problems.constFirst().contains(u"Simulated"_s));
        QVERIFY(demo.peer(u"db1"_s).probe->facts.version.contains(u"simulated"_s));
    }

    void goesThroughAllStates()
    {
        FastDemo demo;
        std::set<DisplayState> seen;
        std::set<DisplayState> seenOfDrained;
        bool isCountedDown = false;
        std::optional<double> before;
        for (int i = 0; i < int(DemoServers::Cycle); ++i) {
            const ClusterView &view = demo.poll(1s);
            int sessions = 0;
            for (const PeerView &peer : view.pools.constFirst().peers) {
                seen.insert(demo.stateAt(peer.address.host));
                sessions += peer.sessions;
            }
            // Sessions on a peer that no application reports now are not counted.
            if (demo.stateAt(u"db10"_s) != DisplayState::NoData)
                QCOMPARE(sessions, 104); // none is lost
            seenOfDrained.insert(demo.stateAt(u"db2"_s));
            const std::optional<double> now = demo.peer(u"db3"_s).nextCheck;
            isCountedDown = isCountedDown || (before && now && *now < *before);
            before = now;
        }
        QCOMPARE(int(seen.size()), DisplayStateCount);
        for (const DisplayState state :
             {DisplayState::Up, DisplayState::Draining, DisplayState::Stalled,
              DisplayState::Drained, DisplayState::SafeToStop, DisplayState::Stopped})
            QVERIFY2(seenOfDrained.contains(state), qPrintable(stateWord(state)));
        QVERIFY(isCountedDown);
        QCOMPARE(demo.stateAt(u"db2"_s), DisplayState::Up);
        QVERIFY(demo.waitFor(u"db2"_s, DisplayState::Stalled)); // in the next cycle
    }

    void stalledSaysWhoAndWhy()
    {
        FastDemo demo;
        demo.poll();
        QVERIFY(demo.waitFor(u"db2"_s, DisplayState::Stalled));
        const DrainCard card = drainCardOf(demo.demo.view(), u"db2:3306"_s);
        QVERIFY2(card.verdict.text().startsWith(
                         u"NOT YET SAFE TO STOP: billing-worker (app3, pid 8112) keeps 1 "
                         "session(s): open transaction, 1"_s),
                 qPrintable(card.verdict.text()));
        QVERIFY(card.who.contains(u"kernel update"_s));
        ApplicationsModel model(nullptr, demo.clock);
        model.setView(demo.demo.view(), u"db2:3306"_s);
        const int row = model.rowOf(u"demo0"_s);
        QCOMPARE(model.index(row, ApplicationsModel::Sessions).data().toString(), u"1"_s);
        QCOMPARE(model.index(row, ApplicationsModel::KnowsDrain).data().toString(), u"yes"_s);
        model.setView(demo.demo.view(), u"db1:3306"_s);
        QVERIFY(model.rowOf(u"other backup@vault1"_s) >= 0);
    }

    void requestsWork()
    {
        FastDemo demo;
        demo.poll();
        const DrainFile::Outcome drained = demo.request(drainOf(u"db5"_s));
        QVERIFY(!drained.refusal);
        QVERIFY(drained.change.isNew);
        const ClusterView before = demo.demo.view();
        const ClusterView &after = demo.poll();
        QCOMPARE(ClusterEvents::between(before, after).constFirst().kind, ClusterEvent::Kind::Drain);
        QCOMPARE(demo.stateAt(u"db5"_s), DisplayState::Draining);
        QCOMPARE(demo.peer(u"db5"_s).entry->reason, u"a test"_s);
        QVERIFY(!demo.request(drainOf(u"db5"_s)).change.isNew); // it is drained already
        QVERIFY(demo.waitFor(u"db5"_s, DisplayState::SafeToStop));
        QCOMPARE(demo.peer(u"db5"_s).sessions, 0);
        QVERIFY(demo.waitFor(u"db5"_s, DisplayState::Stopped));
        QVERIFY(demo.waitFor(u"db5"_s, DisplayState::SafeToStop)); // it is back
        QVERIFY(!demo.request({.peer = u"db5:3306"_s}).refusal);
        demo.poll(5s);
        QCOMPARE(demo.stateAt(u"db5"_s), DisplayState::Up);
        QVERIFY(demo.peer(u"db5"_s).sessions > 10);
    }

    void refusesWhatTheDirectoryWouldRefuse()
    {
        FastDemo demo;
        demo.poll();
        QCOMPARE(demo.request(drainOf(u"db9"_s)).refusal->kind, DrainRefusal::BadRequest);
        for (const QString &host : {u"db2"_s, u"db3"_s, u"db4"_s, u"db5"_s, u"db10"_s}) {
            QVERIFY(!demo.request(drainOf(host)).refusal);
            demo.poll();
        }
        QCOMPARE(demo.request(drainOf(u"db1"_s)).refusal->kind, DrainRefusal::LastHealthyPeer);
        demo.poll();
        QCOMPARE(demo.stateAt(u"db1"_s), DisplayState::Up);
        QVERIFY(!demo.request(drainOf(u"db1"_s, true)).refusal);
        demo.poll();
        QCOMPARE(demo.stateAt(u"db1"_s), DisplayState::Draining);
        // The script does not resume a person's drain.
        for (int i = 0; i < int(DemoServers::Cycle); i += 5)
            demo.poll(5s);
        QCOMPARE(demo.peer(u"db2"_s).service, Service::Draining);
    }

    void aLongPauseIsNoTrouble()
    {
        FastDemo demo;
        demo.poll();
        QElapsedTimer timer;
        timer.start();
        demo.poll(240h);
        QVERIFY(timer.elapsed() < 10'000);
        demo.poll(1s);
        QVERIFY(!demo.demo.view().pools.constFirst().peers.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_DemoCluster)
#include "tst_democluster.moc"
