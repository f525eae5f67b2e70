// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "assembling.h"

/// Combining all sources into pools and peers.
class tst_ClusterAssembly : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameServerUnderTwoNames()
    {
        ClusterAssembly assembly = assemblyOf();
        assembly.addReports(
                {process(u"a"_s, u"p"_s, {peerReport(u"localhost"_s, {u"host1:3306"_s})}),
                 process(u"b"_s, u"q"_s, {peerReport(u"db1"_s, {u"host1:3306"_s})})});
        assembly.addEntries({});
        const ClusterView view = viewOf(assembly);
        for (const QString &name : {u"db1"_s, u"DB1:3306"_s, u"host1:3306"_s, u"localhost:3306"_s}) {
            const PeerSearch search(view, name);
            QVERIFY2(search.isFound(), qPrintable(search.error()));
            QStringList names = search.names();
            names.sort();
            QCOMPARE(names, (QStringList{u"db1:3306"_s, u"host1:3306"_s, u"localhost:3306"_s}));
            QCOMPARE(search.pools().size(), 2);
        }
        QVERIFY(PeerSearch(view, u"db2"_s).error().contains("db1:3306"_L1));
    }

    // A proxy reports the identity of the server behind it: draining one front end must not drain
    // the other.
    void frontEndsHaveNoIdentity()
    {
        ClusterAssembly shared = assemblyOf();
        shared.addReports({process(u"a"_s, u"p"_s,
                                   {peerReport(u"proxy1:6033"_s, {u"db1:3306"_s}),
                                    peerReport(u"proxy2:6033"_s, {u"db1:3306"_s})})});
        shared.addEntries({});
        QCOMPARE(PeerSearch(viewOf(shared), u"proxy1:6033"_s).names(),
                 QStringList{u"proxy1:6033"_s});

        ClusterAssembly changing = assemblyOf();
        changing.addReports(
                {process(u"a"_s, u"p"_s, {peerReport(u"proxy1:6033"_s, {u"db1:3306"_s})}),
                 process(u"b"_s, u"p"_s, {peerReport(u"proxy1:6033"_s, {u"db2:3306"_s})})});
        changing.addEntries({});
        QCOMPARE(PeerSearch(viewOf(changing), u"proxy1:6033"_s).names(),
                 QStringList{u"proxy1:6033"_s});
    }

    // The list of the server that two front ends share shows the sessions of both, and of a third
    // client.
    void listBehindFrontEndsIsNoProof()
    {
        PoolDefinition pool;
        pool.name = u"p"_s;
        QHash<PeerAddress, PeerProbe> probes;
        for (const QString &name : {u"router1:6446"_s, u"router2:6446"_s, u"db9:3306"_s}) {
            PeerDefinition peer;
            peer.address = at(name);
            pool.peers.append(peer);
            PeerProbe probe;
            probe.peer = peer.address;
            probe.facts.identities = {name.startsWith(u"db9"_s) ? u"db9:3306"_s : u"db1:3306"_s};
            probe.serverList.isChecked = true;
            probes.insert(probe.peer, probe);
        }
        ClusterAssembly assembly = assemblyOf({pool});
        assembly.addProbes(probes);
        assembly.addEntries({});
        const ClusterView view = viewOf(assembly);
        for (const PeerView &peer : view.pools.constFirst().peers) {
            const bool isServer = peer.address == at(u"db9:3306"_s);
            QCOMPARE(peer.isFrontEnd, !isServer);
            QCOMPARE(peer.probe->serverList.isChecked, isServer);
            QCOMPARE(peer.probe->serverList.whyNot.isEmpty(), isServer);
        }
        ClusterView withLogin = view;
        withLogin.hasLogin = true;
        const auto evidence = [&withLogin](const QString &peer) {
            return drainEvidence(withLogin, PeerSearch(withLogin, peer));
        };
        QVERIFY(!evidence(u"router1:6446"_s).serverList.isChecked);
        QVERIFY(evidence(u"router1:6446"_s).serverList.whyNot.contains(u"proxy"_s));
        QVERIFY(evidence(u"db9:3306"_s).serverList.isChecked);
    }

    // From an application as well as from our own probe.
    void faultOfWhoeverLooksIsNoProof()
    {
        const std::pair<int, ErrorClass> faults[] = {{2000, ErrorClass::Local},
                                                     {2005, ErrorClass::NameResolution},
                                                     {2026, ErrorClass::TlsCertificate},
                                                     {2003, ErrorClass::Down}};
        PoolDefinition pool;
        pool.name = u"p"_s;
        pool.peers = {{at(u"db1"_s), 1}};
        for (const auto &[code, errorClass] : faults) {
            PeerReport report = peerReport(u"db1"_s, {}, Health::Down);
            report.lastError.code = code;
            report.lastError.text = u"certificate verify failed"_s;
            ClusterAssembly reported = assemblyOf();
            reported.addReports({process(u"a"_s, u"p"_s, {report})});
            ClusterAssembly probed = assemblyOf({pool});
            probed.addProbes({{at(u"db1"_s), failedProbe(u"db1"_s, code, errorClass)}});
            for (const ClusterAssembly &assembly : {reported, probed})
                QCOMPARE(assembly.pools().constFirst().peers.constFirst().proof
                                 == PeerJudgement::Proof::NotUp,
                         errorClass == ErrorClass::Down);
        }
    }

    void healthOfSeveralSources()
    {
        ClusterAssembly assembly = assemblyOf();
        assembly.addReports(
                {process(u"a"_s, u"p"_s,
                         {peerReport(u"db1"_s, {}, Health::Down),
                          peerReport(u"db2"_s, {}, Health::Unknown),
                          aged(peerReport(u"db3"_s, {}), 40), peerReport(u"db4"_s, {}),
                          aged(peerReport(u"db5"_s, {}), 40),
                          aged(peerReport(u"db6"_s, {}, Health::Down), 40),
                          peerReport(u"db7"_s, {})}),
                 process(u"b"_s, u"p"_s,
                         {peerReport(u"db1"_s, {}), peerReport(u"db5"_s, {}, Health::Unknown)})});
        assembly.addProbes({{at(u"db2"_s), failedProbe(u"db2"_s, 2003, ErrorClass::Down)},
                            {at(u"db3"_s), failedProbe(u"db3"_s, 2003, ErrorClass::Down)},
                            {at(u"db7"_s), failedProbe(u"db7"_s, 1045, ErrorClass::Login)}});
        assembly.addEntries({});
        const QList<PeerView> peers = assembly.pools().constFirst().peers;
        const auto disagreement = [&peers](int i) {
            return EvidenceTexts::disagreement(peers.at(i).judgement);
        };
        const auto seenBy = [&peers](int i) { return EvidenceTexts::seenBy(peers.at(i).judgement); };
        using Proof = PeerJudgement::Proof;
        QCOMPARE(peers.at(0).proof, Proof::NotUp); // not usable by all
        QVERIFY(peers.at(0).isDown());
        QCOMPARE(disagreement(0), u"others reach it: b"_s);
        QCOMPARE(peers.at(0).sessions, 2);
        QVERIFY(peers.at(1).isDown());
        QCOMPARE(peers.at(1).source, PeerView::Source::OwnProbe);
        QVERIFY2(peers.at(2).isDown(), "a belief is no evidence against our own probe");
        QCOMPARE(disagreement(2), u"not noticed by 1 application(s)"_s);
        QCOMPARE(peers.at(3).proof, Proof::Up);
        QCOMPARE(seenBy(3), u"a, 1 s ago"_s);
        QCOMPARE(peers.at(4).health.value(), Health::Unknown);
        QCOMPARE(disagreement(4), u"believed up by 1 application(s), not checked"_s);
        QVERIFY2(peers.at(5).isDown(), "nobody says anything else");
        QCOMPARE(peers.at(5).proof, Proof::Unknown);
        QCOMPARE(seenBy(5), u"believed by a, 40 s ago"_s);
        QCOMPARE(peers.at(6).proof, Proof::Up); // our refused login says nothing about it
    }

    // One open window must not make a thousand processes connect at the same time.
    void aFewOfEachPoolAreAskedToProbe()
    {
        QList<KnownProcess> known;
        QStringList ids;
        for (int i = 0; i < 40; ++i) {
            known.append(process(u"p%1"_s.arg(i), i < 30 ? u"large"_s : u"small"_s, {}));
            ids.append(known.constLast().process.id);
        }
        for (int i = 0; i < 50; ++i)
            ids.append(u"new%1"_s.arg(i));
        QSet<QString> everybody;
        for (int turn = 0; turn < 8; ++turn) {
            const QSet<QString> chosen = probersOf(ids, known, Clock::time_point(turn * 5s));
            const auto count = [&chosen](const QStringList &some) {
                return std::ranges::count_if(some,
                                             [&](const auto &id) { return chosen.contains(id); });
            };
            QCOMPARE(count(ids.mid(0, 30)), 8);
            QCOMPARE(count(ids.mid(30, 10)), 8);
            QCOMPARE(count(ids.mid(40)), 16);
            everybody += chosen;
        }
        QCOMPARE(everybody.size(), 40 + 16);
        QCOMPARE(probersOf(ids.mid(0, 3), known.mid(0, 3), {}).size(), 3);
        QVERIFY(probersOf({}, known, {}).isEmpty());
    }

    void refusedLoginSaysNothingOfThePeer()
    {
        PoolDefinition pool;
        pool.name = u"p"_s;
        pool.peers = {{at(u"db1"_s), 1}};
        ClusterAssembly assembly = assemblyOf({pool});
        assembly.addProbes({{at(u"db1"_s), failedProbe(u"db1"_s, 1045, ErrorClass::Login)}});
        assembly.addEntries({});
        const ClusterView view = viewOf(assembly);
        QVERIFY(!view.pools.constFirst().peers.constFirst().isDown());
        QVERIFY(view.refusingLogin());
    }

    void silentApplicationsBeliefIsOld()
    {
        KnownProcess silent = process(u"a"_s, u"p"_s, {peerReport(u"db1"_s, {}, Health::Up, 4)});
        silent.presence = KnownProcess::Presence::Silent;
        ClusterAssembly assembly = assemblyOf();
        assembly.addReports({silent});
        assembly.addEntries({});
        const PeerView peer = assembly.pools().constFirst().peers.constFirst();
        QCOMPARE(peer.health.value(), Health::Unknown);
        QCOMPARE(peer.sessions, 4);
    }

    void othersThatNobodyLookedAtAreNotChecked()
    {
        const auto othersUp = [](Health health) {
            ClusterAssembly assembly = assemblyOf();
            assembly.addReports(
                    {process(u"a"_s, u"p"_s,
                             {peerReport(u"db1"_s, {}), peerReport(u"db2"_s, {}, health)})});
            assembly.addEntries({});
            const ClusterView view = viewOf(assembly);
            return drainEvidence(view, PeerSearch(view, u"db1"_s)).otherPeersUp;
        };
        QCOMPARE(othersUp(Health::Up), std::optional(1));
        QCOMPARE(othersUp(Health::Down), std::optional(0));
        QCOMPARE(othersUp(Health::Unknown), std::optional<int>());
    }

    void eventsBetweenTwoViews()
    {
        DrainRequest entry;
        entry.peer = u"db1:3306"_s;
        entry.generation = 5;
        entry.service = Service::Draining;
        entry.requestedBy = u"alice"_s;
        ClusterView before;
        before.pools = {{u"p"_s, {}, {PeerView()}}};
        before.pools[0].peers[0].address = at(u"db1"_s);
        ClusterView after = before;
        after.pools[0].peers[0].health = Health::Down;
        after.entries = {entry};
        after.processes = {process(u"a"_s, u"p"_s, {})};
        const auto kinds = [](const QList<ClusterEvent> &events) {
            QStringList all;
            for (const ClusterEvent &event : events)
                all.append(wordOf(event.kind));
            return all;
        };
        QCOMPARE(kinds(ClusterEvents::between(before, after)),
                 (QStringList{u"drain"_s, u"down"_s, u"application"_s}));
        QCOMPARE(kinds(ClusterEvents::between(after, after)), QStringList());
        QCOMPARE(kinds(ClusterEvents::between(after, before)),
                 (QStringList{u"vanished"_s, u"health"_s, u"applicationGone"_s}));
        // A read error does not mean that drains were resumed.
        ClusterView unreadable = after;
        unreadable.directory = {};
        unreadable.directory.refusal = DrainRefusal{DrainRefusal::Damaged, u"damaged"_s};
        QCOMPARE(kinds(ClusterEvents::between(after, unreadable)), QStringList());
    }

    void silenceIsToldOnce()
    {
        using Presence = KnownProcess::Presence;
        ClusterView before;
        before.processes = {process(u"a"_s, u"p"_s, {})};
        QStringList kinds;
        for (const Presence presence :
             {Presence::Silent, Presence::Unknown, Presence::Unknown, Presence::Answering}) {
            ClusterView after = before;
            after.processes[0].presence = presence;
            for (const ClusterEvent &event : ClusterEvents::between(before, after))
                kinds.append(wordOf(event.kind));
            before = after;
        }
        QCOMPARE(kinds, (QStringList{u"application"_s, u"application"_s}));
    }

    // A peer that was drained and resumed later is in service, whatever pools the later request
    // named.
    void outrankedDrainShowsNoPeer()
    {
        const auto entryOf = [](const QString &pool, Service service, quint64 generation) {
            DrainRequest entry;
            entry.peer = u"db9:3306"_s;
            entry.identities = {u"node9"_s};
            entry.pool = pool;
            entry.service = service;
            entry.generation = generation;
            return entry;
        };
        const auto unknownPeers = [](const QList<DrainRequest> &entries) {
            ClusterAssembly assembly({}, {});
            assembly.addReports({process(u"a"_s, u"p"_s, {peerReport(u"db1"_s, {})})});
            assembly.addEntries(entries);
            QList<PeerView> peers;
            for (const PoolView &pool : assembly.pools()) {
                if (pool.name.isEmpty())
                    peers += pool.peers;
            }
            return peers;
        };
        const DrainRequest drain = entryOf(u"orders"_s, Service::Draining, 5);
        QCOMPARE(unknownPeers({drain}).size(), 1);
        QCOMPARE(unknownPeers({drain, entryOf({}, Service::InService, 6)}).size(), 0);
        QCOMPARE(unknownPeers({drain, entryOf(u"billing"_s, Service::InService, 6)}).size(), 1);
        QCOMPARE(unknownPeers({drain, entryOf({}, Service::InService, 4)}).size(), 1);
        DrainRequest byIdentity = entryOf({}, Service::InService, 6);
        byIdentity.peer = u"node9"_s;
        byIdentity.identities.clear();
        QCOMPARE(unknownPeers({drain, byIdentity}).size(), 0);
        // One server is one row, even with several requests.
        const QList<PeerView> twice = unknownPeers(
                {drain, entryOf(u"billing"_s, Service::Draining, 7)});
        QCOMPARE(twice.size(), 1);
        QCOMPARE(twice.constFirst().entry->generation, quint64(7));
    }

    void optionFiles()
    {
        const OptionFile file = OptionFile::parse("user=nobody\n[mysqld]\nuser=mysql\n[client]\n"
                                                  "# a comment\nuser = alice  # hers\n"
                                                  "password='a#b \\\\ c'\nssl_ca=/etc/ca.pem\n"
                                                  "[client-server]\nport=3307\n[other]\nuser=x\n");
        QCOMPARE(file.value(u"user"_s), u"alice"_s);
        QCOMPARE(file.value(u"password"_s), u"a#b \\ c"_s);
        QCOMPARE(file.value(u"ssl-ca"_s), u"/etc/ca.pem"_s);
        QCOMPARE(file.value(u"port"_s), u"3307"_s);
        QVERIFY(file.value(u"socket"_s).isNull());
    }

    // While another process writes, or hangs while it does.
    void requestBlocksNobody()
    {
        QTemporaryDir folder;
        QFile poolFile(folder.filePath(u"pools.ini"_s));
        QVERIFY(poolFile.open(QIODevice::WriteOnly));
        QVERIFY(poolFile.write("[orders]\npeers = db1, db2\n") > 0);
        poolFile.close();
        Controller::Settings settings;
        settings.folder = folder.path();
        settings.poolFile = poolFile.fileName();
        auto controller = std::make_unique<Controller>(settings);
        controller->refreshNow(ClusterSource::Depth::Knowledge);
        QSignalSpy requested(controller.get(), &Controller::requested);
        const SharedFolder shared(folder.path());
        SharedFolder::Lock held = shared.lock(u"drain.lock"_s, 0ms).valueOr({});
        QVERIFY(held);
        QElapsedTimer blocked;
        blocked.start();
        controller->request({.peer = u"db1:3306"_s, .service = Service::Draining, .isForced = true});
        QVERIFY(blocked.elapsed() < 2000);
        QVERIFY2(!requested.wait(50), "it waits for the lock");
        held.reset();
        QVERIFY(requested.wait(10'000));
        const auto outcome = requested.constFirst().at(1).value<DrainFile::Outcome>();
        QCOMPARE(outcome.refusal.value_or(DrainRefusal()).text, QString());
        QVERIFY(outcome.change.isNew);
        // A request that was started is completed without the controller.
        controller->refreshNow(ClusterSource::Depth::Knowledge);
        held = shared.lock(u"drain.lock"_s, 0ms).valueOr({});
        QVERIFY(held);
        controller->request({.peer = u"db2:3306"_s, .service = Service::Draining, .isForced = true});
        controller.reset();
        held.reset();
        QTRY_COMPARE_WITH_TIMEOUT(DrainFile(folder.path()).read().document.entries.size(), 2,
                                  10'000);
    }
};

QTEST_GUILESS_MAIN(tst_ClusterAssembly)
#include "tst_clusterassembly.moc"
