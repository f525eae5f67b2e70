// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fleetpartstest.h"

/// What processes know of the fleet's drain requests while no server can be asked.
class tst_FleetMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
        // The driver does not create the folder that the environment names.
        qputenv("QPROXYSQL_DIR", "/nonexistent");
        const QString missing = folder.filePath(u"missing"_s);
        QVERIFY(!FleetMemory(missing, u"a"_s, u"b"_s).add({entryOf(u"db1:3306"_s, 5)}));
        QVERIFY(!QDir(missing).exists());
        qunsetenv("QPROXYSQL_DIR");
    }

    // The stored state is limited to what a reader accepts: draining entries are kept, and the
    // newest.
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
        QVERIFY2(!reading.refusal, qPrintable(reading.refusal.value_or(DrainRefusal()).text));
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

    // Entries ahead of all clocks: the table replaces them once it has the row.
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

        // A server that was away: entries that are not ahead stay.
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

        // Entries that came from the table are not given up.
        DrainKnowledge said(u"the table"_s);
        QVERIFY(said.remember({ahead}, u"orders"_s));
        QVERIFY(!said.take({ahead}, {}, u"the table"_s, said.begin()));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"does not say any more"_s));
        QVERIFY(said.take({resumed}, {}, u"the table"_s, said.begin()));
        QCOMPARE(said.generation(), 4'000'000'000'000ULL);
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
        const auto newest = both->of(u"orders"_s, {{*PeerAddress::parse(u"db1"_s), {}}});
        QCOMPARE(newest.at(0)->service, Service::InService);
        // A pool file changed back to CONTROL=local.
        parts.fleet = nullptr;
        const auto again = compose();
        QVERIFY(again->version() > both->version());
        QCOMPARE(again->all().size(), 1);
    }

    // Of two threads the later one gets the later version, and never an older part.
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
};

QTEST_GUILESS_MAIN(tst_FleetMemory)
#include "tst_fleetmemory.moc"
