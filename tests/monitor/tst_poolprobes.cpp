// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/controller.h"
#include "cluster/evidencegathering.h"

#include "sandbox/deadresolver.h"
#include "sandbox/patience.h"
#include "sandbox/servergroup.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>

using namespace qproxysql;
using namespace qproxysql::sandbox;
using namespace Qt::StringLiterals;

namespace {

LoginSource::Reading rootLogin()
{
    LoginSource::Reading reading;
    reading.login = InnerLogin();
    reading.login->user = u"root"_s;
    return reading;
}

} // namespace

/// Probes of a healthy pool beside one whose names cannot be resolved.
class tst_PoolProbes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unresolvablePoolHindersNoOther()
    {
        ServerGroup servers(3);
        QVERIFY2(servers.start(), qPrintable(servers.errorString()));
        const DeadResolver resolver("dead.example");
        QTemporaryDir folder;
        QFile file(folder.filePath(u"pools.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QStringList dead;
        for (int i = 0; i < 200; ++i)
            dead.append(u"db%1.dead.example"_s.arg(i));
        file.write("[dead]\npeers = " + dead.join(u',').toUtf8()
                   + "\n[good]\npeers = " + servers.hostList().toUtf8() + '\n');
        file.close();
        Controller::Settings settings;
        settings.folder = folder.path();
        settings.poolFile = file.fileName();
        settings.login = &rootLogin;
        Controller controller(settings);
        qint64 slowest = 0;
        for (int i = 0; i < 10; ++i) {
            QElapsedTimer timer;
            timer.start();
            const ClusterView &view = controller.refreshNow();
            if (i > 0)
                slowest = std::max(slowest, timer.elapsed());
            const auto pool = std::ranges::find(view.pools, u"good"_s, &PoolView::name);
            QVERIFY(pool != view.pools.end());
            for (const PeerView &peer : pool->peers) {
                QVERIFY2(peer.isUp(), qPrintable(peer.address.name() + u": "_s + peer.error));
                QCOMPARE(peer.source, PeerView::Source::OwnProbe);
            }
        }
        // The shortest time-out of a probe: none was waited for.
        QVERIFY2(slowest < 2000 * Patience, qPrintable(QString::number(slowest)));
        qInfo("slowest refresh but the first %lld ms, %d lookups, %d hang", slowest,
              resolver.calls(), resolver.waiting());
        QVERIFY2(resolver.waiting() <= PeerProber::PlacesPerPool,
                 qPrintable(QString::number(resolver.waiting())));
    }

    // In turns; new peers first.
    void peersOfOnePoolTakeTurns()
    {
        ServerGroup servers(1);
        QVERIFY2(servers.start(), qPrintable(servers.errorString()));
        auto resolver = std::make_unique<DeadResolver>("dead.example");
        PeerProber prober;
        QList<PeerProber::Request> requests;
        for (int i = 0; i < 40; ++i) {
            PeerProber::Request request;
            request.pool = u"dead"_s;
            request.connect.peer = {u"db%1.dead.example"_s.arg(i), 3306};
            request.connect.driver = u"QMYSQL"_s;
            request.connect.connectTimeout = std::chrono::milliseconds(500);
            requests.append(request);
        }
        requests.append(requests.last());
        requests.last().connect.peer = {u"127.0.0.1"_s, servers[0].port()};
        requests.last().connect.login.user = u"root"_s;
        QList<PeerProbe> probes = prober.probeNow(requests);
        QCOMPARE(probes.size(), requests.size());
        QCOMPARE(std::ranges::count_if(probes, &PeerProbe::wasAsked), PeerProber::PlacesPerPool);
        QVERIFY2(probes.at(0).message().contains("no answer within 1.5 s"_L1),
                 qPrintable(probes.at(0).message()));
        probes = prober.probeNow(requests); // they still hang
        QCOMPARE(resolver->calls(), PeerProber::PlacesPerPool);
        requests.move(requests.size() - 1, 0);
        QVERIFY(!prober.probeNow(requests).constFirst().wasAsked);
        resolver.reset();
        bool isUp = false;
        QTRY_VERIFY_WITH_TIMEOUT(isUp || (isUp = prober.probeNow(requests).constFirst().isUp()),
                                 20'000);
    }

    // A healthy peer must not count as not asked while its neighbours hang.
    void peerThatAnswersNeedsNoPlace()
    {
        ServerGroup servers(1);
        QVERIFY2(servers.start(), qPrintable(servers.errorString()));
        const DeadResolver resolver("hanging.example");
        PeerProber prober;
        QList<PeerProber::Request> requests;
        for (int i = 0; i <= 2 * PeerProber::PlacesPerPool; ++i) {
            PeerProber::Request request;
            request.pool = u"mixed"_s;
            request.connect.peer = {u"db%1.hanging.example"_s.arg(i), 3306};
            request.connect.driver = u"QMYSQL"_s;
            request.connect.connectTimeout = std::chrono::milliseconds(500);
            requests.append(request);
        }
        requests.first().connect.connectTimeout = std::chrono::seconds(20); // a busy machine's
        requests.first().connect.peer = {u"127.0.0.1"_s, servers[0].port()};
        requests.first().connect.login.user = u"root"_s;
        for (int round = 0; round < 3; ++round) {
            const PeerProbe probe = prober.probeNow(requests).constFirst();
            QVERIFY2(probe.isUp(), qPrintable(QString::number(round) + u' ' + probe.message()));
        }
        QCOMPARE(resolver.calls(), PeerProber::PlacesPerPool);
    }

    // Its result would hide that the write was not made.
    void earlierProbeWritesNothing()
    {
        const DeadResolver resolver("dead.example");
        PeerProber prober;
        PeerProber::Request request;
        request.pool = u"dead"_s;
        request.connect.peer = {u"db.dead.example"_s, 3306};
        request.connect.driver = u"QMYSQL"_s;
        request.connect.connectTimeout = std::chrono::milliseconds(100);
        QVERIFY(!prober.probeNow({request}).constFirst().isUp());
        (void) prober.probeNow({request});
        QCOMPARE(resolver.calls(), 1);
        (void) prober.probeNow({request}, {u"qproxysql"_s, {DrainRequest()}});
        QCOMPARE(resolver.calls(), 2);
    }

    // Each probe of a frozen server takes three seconds.
    void gatheringEndsInTime()
    {
        ServerGroup servers(1);
        QVERIFY2(servers.start(), qPrintable(servers.errorString()));
        QTemporaryDir folder;
        QFile file(folder.filePath(u"pools.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[orders]\npeers = " + servers.hostList().toUtf8() + '\n');
        file.close();
        Controller::Settings settings;
        settings.folder = folder.path();
        settings.poolFile = file.fileName();
        settings.login = &rootLogin;
        Controller controller(settings);
        QVERIFY(controller.refreshNow().pools.constFirst().peers.constFirst().isUp());
        QVERIFY(servers[0].freeze());
        QElapsedTimer late; // a busy machine is late with its timers, too
        QTimer::singleShot(EvidenceGathering::Longest, [&late] { late.start(); });
        QEventLoop loop;
        new EvidenceGathering(
                controller, Controller::Depth::Probes, [](const ClusterView &) { return false; },
                [&loop] { loop.quit(); });
        loop.exec();
        QVERIFY(servers[0].thaw());
        // The second probe would end a second later or more.
        QVERIFY2(!late.isValid() || late.elapsed() < 900,
                 qPrintable(QString::number(late.elapsed())));
        QVERIFY(!controller.isRefreshing());
    }
};

QTEST_GUILESS_MAIN(tst_PoolProbes)
#include "tst_poolprobes.moc"
