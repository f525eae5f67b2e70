// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fleetpartstest.h"

/// The parts of the fleet's drain directory that need no server: rows of the table, and lists of
/// them.
class tst_FleetParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowIsRead()
    {
        const auto entry = DrainTable::entryOf(
                rowOf({{u"identities"_s, u"[\"node1\"]"_s}, {u"more"_s, u"{\"colour\":1}"_s}}));
        QVERIFY2(entry, qPrintable(entry.error()));
        QCOMPARE(entry->key(), DrainKey(u"db1:3306"_s, u"Orders"_s));
        QCOMPARE(entry->service, Service::Draining);
        QCOMPARE(entry->generation, 7ULL);
        QCOMPARE(entry->identities, QStringList{u"node1"_s});
        QCOMPARE(entry->reason, u"kernel update"_s);
        QCOMPARE(entry->requestedBy, u"alice@admin1"_s);
        QCOMPARE(entry->at, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 6), Qt::UTC));
        QCOMPARE(entry->rest, QJsonObject({{u"colour"_s, 1}}));
        QVERIFY(!DrainTable::isOfNewerFormat(*entry));
    }

    // Unknown columns, and an unknown format.
    void rowOfAnotherVersionIsRead()
    {
        const auto entry = DrainTable::entryOf(rowOf({{u"format"_s, 2}}));
        QVERIFY2(entry, qPrintable(entry.error()));
        QVERIFY(entry->identities.isEmpty());
        QVERIFY(DrainTable::isOfNewerFormat(*entry));
        QVERIFY2(FleetLedger::outdated({}, {*entry}).isEmpty(), "it is not ours to copy");
        DrainTable::Reading rows;
        rows.newerFormat.insert(entry->key());
        DrainRequest newer = *entry;
        newer.rest = {};
        newer.generation = 8;
        QVERIFY2(FleetLedger::outdated(rows, {newer}).isEmpty(), "nor to replace");
        QCOMPARE(FleetLedger::outdated({}, {newer}).size(), 1);
    }

    // The same path is another server on each machine.
    void rowOfASocketIsReadByItsOtherNames()
    {
        const auto named = DrainTable::entryOf(
                rowOf({{u"identities"_s, u"[\"localhost:/run/a.sock\",\"node1\"]"_s}}));
        QVERIFY2(named, qPrintable(named.error()));
        QCOMPARE(named->identities, QStringList{u"node1"_s});
        const auto socket = DrainTable::entryOf(rowOf(
                {{u"peer"_s, u"localhost:/run/a.sock"_s}, {u"identities"_s, u"[\"vm:3306\"]"_s}}));
        QVERIFY2(socket, qPrintable(socket.error()));
        QCOMPARE(socket->names(), QStringList{u"vm:3306"_s});
        const auto refused = DrainTable::entryOf(rowOf({{u"peer"_s, u"localhost:/run/a.sock"_s}}));
        QVERIFY2(refused.error().contains("path of a socket"_L1), qPrintable(refused.error()));
    }

    void damagedRow_data()
    {
        QTest::addColumn<QString>("column");
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QString &column, const QVariant &value,
                            const QString &says) { QTest::newRow(name) << column << value << says; };
        row("state", u"state"_s, u"gone"_s, u"column state"_s);
        row("no state", u"state"_s, {}, u"column state"_s);
        row("generation", u"generation"_s, 0ULL, u"column generation"_s);
        row("too high", u"generation"_s, ~0ULL, u"column generation"_s);
        row("identities", u"identities"_s, u"node1"_s, u"column identities"_s);
        row("identity", u"identities"_s, u"[1]"_s, u"identities"_s);
        row("more", u"more"_s, u"[]"_s, u"column more"_s);
        row("format", u"format"_s, 0, u"column format"_s);
        row("long identities", u"identities"_s, u"[\"%1\"]"_s.arg(QString(4096, u' ')),
            u"4096 bytes"_s);
        row("long more", u"more"_s, u"{\"a\":\"%1\"}"_s.arg(QString(4096, u'x')), u"4096 bytes"_s);
        row("no peer", u"peer"_s, u" "_s, u"peer"_s);
        row("long", u"reason"_s, QString(2000, u'x'), u"1000 characters"_s);
    }

    void damagedRow()
    {
        QFETCH(QString, column);
        QFETCH(QVariant, value);
        QFETCH(QString, says);
        const auto entry = DrainTable::entryOf(rowOf({{column, value}}));
        QVERIFY2(entry.error().contains(says), qPrintable(entry.error()));
    }

    void errorsOfServers_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("state");
        QTest::newRow("no table") << 1146 << int(DrainTable::Reading::Missing);
        QTest::newRow("no schema") << 1049 << int(DrainTable::Reading::Missing);
        QTest::newRow("no right") << 1142 << int(DrainTable::Reading::NoRights);
        QTest::newRow("no right on the schema") << 1044 << int(DrainTable::Reading::NoRights);
        QTest::newRow("lost") << 2013 << int(DrainTable::Reading::Lost);
        QTest::newRow("gone") << 2006 << int(DrainTable::Reading::Lost);
        QTest::newRow("no quorum") << 1047 << int(DrainTable::Reading::Lost);
        QTest::newRow("locked") << 1205 << int(DrainTable::Reading::Failed);
    }

    void errorsOfServers()
    {
        QFETCH(int, code);
        QFETCH(int, state);
        const QString text = code == 1047 ? u"WSREP has not yet prepared node"_s : u"text"_s;
        const QSqlError error({}, text, QSqlError::StatementError, QString::number(code));
        QCOMPARE(int(DrainTable::stateOf(error)), state);
    }

    void newestOfTwoLists()
    {
        DrainRequest inPool = entryOf(u"db1:3306"_s, 1);
        inPool.pool = u"orders"_s;
        const DrainRequest old = entryOf(u"DB1"_s, 5);
        const DrainRequest resumed = entryOf(u"db1:3306"_s, 6, Service::InService);
        const DrainRequest tie = entryOf(u"db1:3306"_s, 6);
        const QList<DrainRequest> all = newestRequests({old, inPool}, {resumed});
        QCOMPARE(all.size(), 2);
        QVERIFY(all.contains(resumed));
        QVERIFY(all.contains(inPool));
        QCOMPARE(newestRequests({resumed}, {old}), QList<DrainRequest>{resumed});
        QCOMPARE(newestRequests({resumed}, {tie}), QList<DrainRequest>{tie});
        QCOMPARE(newestRequests({tie}, {resumed}), QList<DrainRequest>{tie});
        QCOMPARE(newestGeneration(all), 6ULL);
    }

    void wishOutranksWhatIsObeyed()
    {
        ClusterView view;
        PeerView peer;
        peer.address = {u"db1"_s, 3306};
        view.pools = {{u"orders"_s, {}, {peer}}};
        PeerReport held;
        held.address = peer.address;
        held.service = Service::Draining;
        ProcessReport report;
        report.generation = 4'000'000'000'000;
        report.pools = {{u"orders"_s, Control::Fleet, {held}}};
        KnownProcess process;
        process.process.application = u"billing"_s;
        process.process.pid = 7;
        process.report = report;
        view.processes = {process};
        const PeerSearch search(view, u"db1"_s);
        using Followers = ObeyedRequest::Followers;
        const auto obeyed = [&](Service requested, quint64 known, Followers followers) {
            return ObeyedRequest::of(view, search, requested, known, followers);
        };
        const ObeyedRequest found = obeyed(Service::InService, 5, Followers::Fleet);
        QCOMPARE(found.newest, report.generation);
        QCOMPARE(found.others, QStringList{u"billing (pid 7)"_s});
        QVERIFY2(obeyed(Service::Draining, 5, Followers::Fleet).others.isEmpty(),
                 "as is requested");
        QVERIFY2(obeyed(Service::InService, report.generation + 1, Followers::Fleet).others.isEmpty(),
                 "has not read it yet");

        const DrainRequest request{.peer = u"db1"_s};
        QVERIFY(!DrainChange::of({}, request, {}, 1000).isNew);
        const DrainChange change = DrainChange::of({}, request,
                                                   {.newestObeyed = found.newest,
                                                    .isDisobeyed = true},
                                                   1000);
        QVERIFY(change.isNew);
        QCOMPARE(change.entry.generation, report.generation + 1);

        view.processes[0].report->pools[0].control = Control::Local;
        QVERIFY(obeyed(Service::InService, 5, Followers::Fleet).others.isEmpty());
        QCOMPARE(obeyed(Service::InService, 5, Followers::Local).others.size(), 1);
        view.processes[0].report->generation = DrainRequest::MaxGeneration;
        QCOMPARE(obeyed(Service::InService, 5, Followers::Local).newest, 0ULL);
        QCOMPARE(obeyed(Service::InService, 5, Followers::Local).others.size(), 1);
    }

    void surveyFindsWhoIsBehind()
    {
        PoolView pool;
        pool.name = u"orders"_s;
        FleetSurvey::Probes probes;
        for (quint16 port = 1; port <= 3; ++port) {
            PeerView peer;
            peer.address = {u"db"_s, port};
            pool.peers.append(peer);
            PeerProbe &probe = probes[peer.address];
            probe.fleet = DrainTable::Reading();
            probe.fleet->state = DrainTable::Reading::Good;
            if (port != 2)
                probe.fleet->entries = {entryOf(u"db:9"_s, 5)};
        }
        PoolView other{u"other"_s, {}, {pool.peers.at(1)}};
        FleetSurvey survey;
        survey.note({pool, other}, probes);
        QVERIFY2(survey.outdated(other, probes).isEmpty(), "another cluster, for all we know");
        QCOMPARE(survey.outdated(pool, probes), QList<PeerAddress>{pool.peers.at(1).address});
        QVERIFY2(survey.outdated(pool, probes).isEmpty(), "once");
        QCOMPARE(survey.entries().size(), 1);
        QVERIFY(survey.entries(QStringList{u"other"_s}).isEmpty());

        // A row that was deleted everywhere makes no server outdated.
        FleetSurvey::Probes emptied = probes;
        for (PeerProbe &probe : emptied)
            probe.fleet->entries.clear();
        FleetSurvey past;
        past.note({pool}, probes);
        past.note({pool}, emptied);
        QCOMPARE(past.entries().size(), 1);
        QVERIFY(FleetSurvey::current(pool, emptied).isEmpty());
        QVERIFY(past.outdated(pool, emptied).isEmpty());
        // Rows that were read earlier do not count either.
        const auto now = Clock::steady().now();
        emptied[pool.peers.at(1).address].when = now;
        emptied[pool.peers.at(2).address].when = now;
        emptied[pool.peers.at(0).address].fleet->entries = {entryOf(u"db:9"_s, 5)};
        QVERIFY(past.outdated(pool, emptied, now).isEmpty());
        QCOMPARE(past.outdated(pool, emptied).size(), 2);

        // Rows stay known when their servers are away.
        survey.note({pool}, {});
        QCOMPARE(survey.entries(QStringList{u"orders"_s}).size(), 1);
        probes[pool.peers.at(0).address].fleet->entries = {entryOf(u"db:9"_s, 6)};
        probes[pool.peers.at(1).address].facts.clusterId = u"galera"_s;
        survey.note({pool}, probes);
        QCOMPARE(survey.outdated(pool, probes), QList<PeerAddress>{pool.peers.at(2).address});
    }
};

QTEST_GUILESS_MAIN(tst_FleetParts)
#include "tst_fleetparts.moc"
