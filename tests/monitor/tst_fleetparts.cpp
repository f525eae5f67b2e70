// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/fleetledger.h"
#include "cluster/fleetsurvey.h"
#include "cluster/obeyedrequest.h"
#include "drain/drainknowledge.h"
#include "drain/fleetmemory.h"
#include "drain/requestcomposition.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlError>
#include <QtSql/QSqlField>
#include <QtSql/QSqlRecord>
#include <QtTest/QtTest>

#include <atomic>
#include <thread>

using namespace qproxysql;
using namespace Qt::StringLiterals;

namespace {

DrainRequest entryOf(const QString &peer, quint64 generation, Service service = Service::Draining)
{
    DrainRequest entry;
    entry.peer = peer;
    entry.generation = generation;
    entry.service = service;
    entry.at = QDateTime::fromMSecsSinceEpoch(1'000'000, Qt::UTC);
    return entry;
}

QSqlRecord rowOf(const QVariantMap &values)
{
    QVariantMap all{{u"peer"_s, u"DB1"_s},
                    {u"pool"_s, u"Orders"_s},
                    {u"state"_s, u"draining"_s},
                    {u"generation"_s, 7ULL},
                    {u"reason"_s, u"kernel\tupdate"_s},
                    {u"requested_by"_s, u"alice@admin1"_s},
                    {u"requested_at"_s, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 6))},
                    {u"colour"_s, u"red"_s}};
    all.insert(values);
    QSqlRecord row;
    for (auto it = all.cbegin(); it != all.cend(); ++it) {
        QSqlField field(it.key(), it.value().metaType());
        field.setValue(it.value());
        row.append(field);
    }
    return row;
}

std::shared_ptr<const DrainRequests> requestsOf(const QList<DrainRequest> &entries, quint64 version)
{
    return std::make_shared<const DrainRequests>(entries, version);
}

} // namespace

/// The parts of the fleet's drain directory that need no server.
class tst_FleetParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowIsRead()
    {
        QString error;
        const auto entry = DrainTable::entryOf(rowOf({{u"identities"_s, u"[\"node1\"]"_s},
                                                      {u"more"_s, u"{\"colour\":1}"_s}}),
                                               &error);
        QVERIFY2(entry, qPrintable(error));
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

    // Columns that a table has not, and a format that we do not know.
    void rowOfAnotherVersionIsRead()
    {
        QString error;
        const auto entry = DrainTable::entryOf(rowOf({{u"format"_s, 2}}), &error);
        QVERIFY2(entry, qPrintable(error));
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
        QString error;
        const auto named = DrainTable::entryOf(rowOf({{u"identities"_s,
                                                       u"[\"localhost:/run/a.sock\",\"node1\"]"_s}}),
                                               &error);
        QVERIFY2(named, qPrintable(error));
        QCOMPARE(named->identities, QStringList{u"node1"_s});
        const auto socket = DrainTable::entryOf(rowOf({{u"peer"_s, u"localhost:/run/a.sock"_s},
                                                       {u"identities"_s, u"[\"vm:3306\"]"_s}}),
                                                &error);
        QVERIFY2(socket, qPrintable(error));
        QCOMPARE(socket->names(), QStringList{u"vm:3306"_s});
        QVERIFY(!DrainTable::entryOf(rowOf({{u"peer"_s, u"localhost:/run/a.sock"_s}}), &error));
        QVERIFY2(error.contains("path of a socket"_L1), qPrintable(error));
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
        QString error;
        QVERIFY(!DrainTable::entryOf(rowOf({{column, value}}), &error));
        QVERIFY2(error.contains(says), qPrintable(error));
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

    void memoryOnlyGrows()
    {
        const QTemporaryDir folder;
        const FleetMemory memory(folder.path(), u"qproxysql"_s, u"orders"_s);
        QVERIFY(memory.read().entries.isEmpty());
        QVERIFY(!memory.add({entryOf(u"db1:3306"_s, 5)}));
        QVERIFY(!memory.add({entryOf(u"db1:3306"_s, 4), entryOf(u"db2:3306"_s, 3)}));
        QCOMPARE(memory.read().entries,
                 QList<DrainRequest>({entryOf(u"db1:3306"_s, 5), entryOf(u"db2:3306"_s, 3)}));
        const SharedFolder::Stamp stamp = SharedFolder(folder.path())
                                                  .stamp(QFileInfo(memory.path()).fileName());
        QVERIFY(!memory.add({entryOf(u"db2:3306"_s, 3)}));
        QCOMPARE(SharedFolder(folder.path()).stamp(QFileInfo(memory.path()).fileName()), stamp);
        QVERIFY(FleetMemory(folder.path(), u"qproxysql"_s, u"other"_s).read().entries.isEmpty());
        QVERIFY(FleetMemory(folder.path(), u"other"_s, u"orders"_s).read().entries.isEmpty());
    }

    void memoryThatIsDamagedOrCannotBeKept()
    {
        const QTemporaryDir folder;
        const FleetMemory memory(folder.path(), u"qproxysql"_s, u"orders"_s);
        QFile file(memory.path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{");
        file.close();
        QVERIFY(memory.read().refusal);
        QVERIFY(memory.read().refusal->text.contains(memory.path()));
        QVERIFY(!memory.add({entryOf(u"db1:3306"_s, 5)}));
        QCOMPARE(memory.read().entries.size(), 1);
        qunsetenv("QPROXYSQL_DIR");
        QVERIFY(!FleetMemory({}, u"qproxysql"_s, u"orders"_s).add({entryOf(u"db1:3306"_s, 5)}));
        QVERIFY(FleetMemory(u"/proc/1/nowhere"_s, u"qproxysql"_s, u"orders"_s)
                        .add({entryOf(u"db1:3306"_s, 5)}));
        // Nobody makes the folder that the environment names.
        qputenv("QPROXYSQL_DIR", "/nonexistent");
        const QString missing = folder.filePath(u"missing"_s);
        QVERIFY(!FleetMemory(missing, u"a"_s, u"b"_s).add({entryOf(u"db1:3306"_s, 5)}));
        QVERIFY(!QDir(missing).exists());
        qunsetenv("QPROXYSQL_DIR");
    }

    // More than a reader takes is not kept: those that drain are, and the newest.
    void memoryKeepsWhatItCanRead()
    {
        const QTemporaryDir folder;
        const FleetMemory memory(folder.path(), u"qproxysql"_s, u"orders"_s);
        QList<DrainRequest> many;
        for (int i = 1; i <= 1500; ++i) {
            many.append(entryOf(u"db%1:3306"_s.arg(i), quint64(i),
                                i == 7 ? Service::Draining : Service::InService));
            many.last().rest.insert("more"_L1, QString(8000, u'x'));
        }
        QVERIFY(!memory.add(many));
        const FleetMemory::Reading reading = memory.read();
        QVERIFY2(!reading.refusal, qPrintable(reading.refusal->text));
        QVERIFY(reading.entries.size() > 300 && reading.entries.size() < 600);
        QVERIFY(reading.entries.contains(many.at(6)));
        QVERIFY(reading.entries.contains(many.last()));
        const SharedFolder::Stamp stamp = SharedFolder(folder.path())
                                                  .stamp(QFileInfo(memory.path()).fileName());
        QVERIFY(!memory.add(many));
        QCOMPARE(SharedFolder(folder.path()).stamp(QFileInfo(memory.path()).fileName()), stamp);
    }

    void memoryOfNoClock()
    {
        const QTemporaryDir folder;
        const FleetMemory memory(folder.path(), u"qproxysql"_s, u"orders"_s);
        const DrainRequest far = entryOf(u"db1:3306"_s, FleetMemory::MostBelieved + 1);
        const DrainRequest near = entryOf(u"db2:3306"_s, FleetMemory::MostBelieved);
        QVERIFY(!memory.add({far, near}));
        QCOMPARE(memory.read().entries, QList<DrainRequest>{near});
        QVERIFY(!memory.add({}, {near}));
        QVERIFY(memory.read().entries.isEmpty());
        QFile file(memory.path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        DrainDocument document;
        document.entries = {far, near};
        file.write(document.toJson());
        file.close();
        QCOMPARE(memory.read().entries, QList<DrainRequest>{near});
        QVERIFY(memory.read().refusal);
        QVERIFY(memory.read().refusal->text.contains("not believed"_L1));
    }

    // Ahead of all clocks, as by a clock that was: the table is believed once it has a row.
    void diskYieldsToTheTable()
    {
        const auto now = quint64(QDateTime::currentMSecsSinceEpoch());
        DrainKnowledge knowledge(u"the table"_s);
        const DrainRequest ahead = entryOf(u"db1:3306"_s, 4'000'000'000'000);
        const DrainRequest past = entryOf(u"db2:3306"_s, now - 1000);
        QVERIFY(knowledge.remember({ahead, past}, u"orders"_s));
        QVERIFY(!knowledge.remember({ahead}, u"orders"_s));
        DrainRequest ofAnotherPool = entryOf(u"db1:3306"_s, now, Service::InService);
        ofAnotherPool.pool = u"other"_s;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not say any more"_s));
        QVERIFY(knowledge.take({ofAnotherPool}, {}, u"the table"_s, knowledge.begin()));
        QCOMPARE(knowledge.generation(), 4'000'000'000'000ULL);

        // A server that was away: what is not ahead stays.
        DrainRequest resumed = entryOf(u"db1"_s, now, Service::InService);
        resumed.pool = u"orders"_s;
        const DrainRequest older = entryOf(u"db2:3306"_s, now - 2000, Service::InService);
        QList<DrainRequest> givenUp;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"db1:3306.*not believed"_s));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not say any more.*db2"_s));
        QVERIFY(knowledge.take({resumed, older, ofAnotherPool}, {}, u"the table"_s,
                               knowledge.begin(), &givenUp));
        QCOMPARE(givenUp, QList<DrainRequest>{ahead});
        QCOMPARE(knowledge.generation(), now);
        QCOMPARE(knowledge.requests()->all().size(), 3);
        QVERIFY(knowledge.requests()->all().contains(past));

        // What the table has said itself is not given up.
        DrainKnowledge said(u"the table"_s);
        QVERIFY(said.remember({ahead}, u"orders"_s));
        QVERIFY(!said.take({ahead}, {}, u"the table"_s, said.begin()));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not say any more"_s));
        QVERIFY(said.take({resumed}, {}, u"the table"_s, said.begin()));
        QCOMPARE(said.generation(), 4'000'000'000'000ULL);
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

    void compositionGrowsWithEitherPart()
    {
        RequestComposition composition;
        RequestComposition::Parts parts{requestsOf({entryOf(u"db1:3306"_s, 5)}, 1), nullptr};
        const auto compose = [&] { return composition.of(u"orders"_s, [&] { return parts; }); };
        const auto local = compose();
        QCOMPARE(local->all().size(), 1);
        QCOMPARE(compose(), local);
        parts.fleet = requestsOf({entryOf(u"db1:3306"_s, 6, Service::InService)}, 1);
        const auto both = compose();
        QVERIFY(both->version() > local->version());
        const auto newest = both->of(u"orders"_s,
                                     {{*PeerAddress::parse(u"db1"_s, 3306, nullptr), {}}});
        QCOMPARE(newest.at(0)->service, Service::InService);
        // A pool file says CONTROL=local again.
        parts.fleet = nullptr;
        const auto again = compose();
        QVERIFY(again->version() > both->version());
        QCOMPARE(again->all().size(), 1);
    }

    // Of two threads the later one has the later version, and never an older part.
    void compositionOfManyThreads()
    {
        RequestComposition composition;
        std::atomic<quint64> current{1};
        std::atomic<bool> isWrong{false};
        const auto work = [&] {
            quint64 seen = 0;
            quint64 version = 0;
            for (int i = 0; i < 500; ++i) {
                ++current;
                const auto requests = composition.of(u"orders"_s, [&] {
                    return RequestComposition::Parts{requestsOf({entryOf(u"db1"_s, current)},
                                                                current),
                                                     nullptr};
                });
                const quint64 generation = requests->all().at(0).generation;
                isWrong = isWrong || (requests->version() > version) != (generation >= seen);
                seen = generation;
                version = requests->version();
            }
        };
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back(work);
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(!isWrong);
    }

    void tableTakesNothingBack()
    {
        DrainKnowledge knowledge(u"the table"_s);
        QVERIFY(knowledge.take({entryOf(u"db1"_s, 5)}, {}, u"the table"_s, knowledge.begin()));
        // A server that was away.
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(u"the table does not say any more.*db1"_s));
        QVERIFY(!knowledge.take({entryOf(u"db1"_s, 4, Service::InService)}, {}, u"the table"_s,
                                knowledge.begin()));
        QCOMPARE(knowledge.generation(), 5ULL);
        QCOMPARE(knowledge.requests()->all().at(0).service, Service::Draining);
        QTest::ignoreMessage(QtInfoMsg, "the table can be read again");
        QVERIFY(knowledge.take({entryOf(u"db1"_s, 6, Service::InService)}, {}, u"the table"_s,
                               knowledge.begin()));
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
        QVERIFY(survey.entriesOf({u"other"_s}).isEmpty());

        // Of a row that was deleted everywhere nobody is behind.
        FleetSurvey::Probes emptied = probes;
        for (PeerProbe &probe : emptied)
            probe.fleet->entries.clear();
        FleetSurvey past;
        past.note({pool}, probes);
        past.note({pool}, emptied);
        QCOMPARE(past.entries().size(), 1);
        QVERIFY(FleetSurvey::current(pool, emptied).isEmpty());
        QVERIFY(past.outdated(pool, emptied).isEmpty());
        // Nor by what was read before the others were.
        const auto now = Clock::steady().now();
        emptied[pool.peers.at(1).address].when = now;
        emptied[pool.peers.at(2).address].when = now;
        emptied[pool.peers.at(0).address].fleet->entries = {entryOf(u"db:9"_s, 5)};
        QVERIFY(past.outdated(pool, emptied, now).isEmpty());
        QCOMPARE(past.outdated(pool, emptied).size(), 2);

        // What was read stays known when its servers are away.
        survey.note({pool}, {});
        QCOMPARE(survey.entriesOf({u"orders"_s}).size(), 1);
        probes[pool.peers.at(0).address].fleet->entries = {entryOf(u"db:9"_s, 6)};
        probes[pool.peers.at(1).address].facts.clusterId = u"galera"_s;
        survey.note({pool}, probes);
        QCOMPARE(survey.outdated(pool, probes), QList<PeerAddress>{pool.peers.at(2).address});
    }
};

QTEST_GUILESS_MAIN(tst_FleetParts)

#include "tst_fleetparts.moc"
