// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakeclock.h"
#include "madeupcluster.h"

#include "cluster/clusterhistory.h"
#include "cluster/clusterjson.h"

#include <QtCore/QJsonArray>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// The observed history of a peer.
class tst_PeerHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void historyOfFiveMinutes()
    {
        FakeClock clock;
        PeerHistory history;
        QVERIFY(!history.past(clock.now()).stateAge);
        for (int i = 0; i < 400; ++i) {
            PeerView peer = madeup::reported(u"db1"_s, i);
            peer.health = i == 398 ? Health::Down : Health::Up;
            history.note(peer, {{}, i == 5 || i == 350 ? 1 : 0, {}}, clock.now());
            clock.advance(1s);
        }
        PeerPast past = history.past(clock.now());
        QCOMPARE(past.trend.size(), PeerHistory::Steps);
        QCOMPARE(past.errors5m, std::optional(1)); // the other one is too long ago
        const qsizetype last = past.trend.size() - 1;
        QCOMPARE(past.trend.at(last).reach,
                 TrendSample::Reach::NotSeen); // a step that has just begun
        QCOMPARE(past.trend.at(last - 1).reach, TrendSample::Reach::NotReached);
        QCOMPARE(past.trend.at(last - 1).sessions, 399);
        QCOMPARE(past.trend.at(last - 2).reach, TrendSample::Reach::Reached);
        // A pause without polls makes a gap in the line.
        clock.advance(20s);
        history.note(madeup::reported(u"db1"_s, 7), {}, clock.now());
        past = history.past(clock.now());
        QCOMPARE(past.trend.at(last - 2).reach, TrendSample::Reach::NotSeen);
        QCOMPARE(past.trend.at(last).sessions, 7);
        clock.advance(10min);
        QCOMPARE(history.past(clock.now()).trend.size(), PeerHistory::Steps);
        QCOMPARE(history.past(clock.now()).errors5m, std::optional(0));
    }

    void sinceAndErrors()
    {
        FakeClock clock;
        ClusterHistory history(clock);
        const auto look = [&](PeerView peer) {
            ClusterView view = madeup::view({std::move(peer)});
            history.note(&view);
            return view.pools.constFirst().peers.constFirst().past;
        };
        PeerView down = madeup::peer(u"db1"_s, u"Down"_s);
        down.probe = madeup::probe(u"db1"_s, std::nullopt);

        PeerPast past = look(madeup::peer(u"db1"_s));
        QVERIFY(!past.errors5m); // there is no history yet
        QVERIFY(!past.isChangeSeen);
        clock.advance(90s);
        past = look(madeup::peer(u"db1"_s));
        QCOMPARE(past.stateAge, std::optional(90.0));
        QVERIFY(!past.isChangeSeen); // it may have been up for years
        down.probe->when = clock.now();
        past = look(down);
        QCOMPARE(past.errors5m, std::optional(1));
        clock.advance(3s);
        past = look(down); // the same probe
        QCOMPARE(past.errors5m, std::optional(1));
        QCOMPARE(past.stateAge, std::optional(3.0));
        QVERIFY(past.isChangeSeen);
        down.probe->when = clock.now();
        QCOMPARE(look(down).errors5m, std::optional(2));
        // A refused account is no error of the peer.
        down.probe->when = clock.now() + 1s;
        down.probe->failure->errorClass = ErrorClass::Login;
        QCOMPARE(look(down).errors5m, std::optional(2));
        PeerView drained = madeup::draining(u"db1"_s, DrainState::Draining);
        drained.health = Health::Down;
        clock.advance(5s);
        QCOMPARE(look(drained).stateAge, std::optional(0.0));
        clock.advance(35s);
        past = look(madeup::peer(u"db1"_s, u"Unknown"_s));
        QCOMPARE(past.dataAge, std::optional(35.0));
    }

    void reportedErrorsAreCountedOnce()
    {
        FakeClock clock;
        ClusterHistory history(clock);
        PeerReport report = madeup::report(u"db1"_s, 1);
        const auto look = [&](const QString &process) {
            ClusterView view = madeup::view({madeup::peer(u"db1"_s)});
            view.processes = {madeup::process(process, u"app"_s, {report})};
            history.note(&view);
            clock.advance(1s);
            return view.pools.constFirst().peers.constFirst().past.errors5m;
        };
        report.lastError.code = 2013;
        report.lastError.at = QDateTime(QDate(2001, 1, 1), QTime(0, 0),
                                        Qt::UTC); // a clock that is far off
        look(u"a"_s);
        QCOMPARE(look(u"a"_s), std::optional(0)); // older than our first poll
        report.lastError.at = report.lastError.at.addSecs(1);
        QCOMPARE(look(u"a"_s), std::optional(1));
        QCOMPARE(look(u"a"_s), std::optional(1));
        report.lastError.code = 2006;
        QCOMPARE(look(u"a"_s), std::optional(2));
        QCOMPARE(look(u"b"_s), std::optional(2)); // another process, with earlier errors
        report.lastError.code = 0;
        report.lastError.at = {};
        QCOMPARE(look(u"b"_s), std::optional(2));
        clock.advance(6min);
        QCOMPARE(look(u"b"_s), std::optional(0));
    }

    void countersMakeRates()
    {
        FakeClock clock;
        ClusterHistory history(clock);
        QHash<QString, PeerReport> reports;
        QHash<QString, Clock::time_point> answered;
        const auto look = [&](std::chrono::milliseconds after = 1s, const QString &silent = {}) {
            clock.advance(after);
            ClusterView view = madeup::view({madeup::peer(u"db1"_s)});
            for (auto report = reports.cbegin(); report != reports.cend(); ++report) {
                KnownProcess process = madeup::process(report.key(), u"app"_s, {*report});
                if (report.key() != silent)
                    answered[report.key()] = clock.now();
                process.answered = answered.value(report.key());
                view.processes.append(process);
            }
            history.note(&view);
            return view.pools.constFirst().peers.constFirst().past.activity;
        };
        const auto work = [&](const QString &process, quint64 statements, quint64 errors = 0,
                              quint64 moves = 0) {
            PeerCounters &counters = reports[process].counters;
            counters.statements += statements;
            counters.errors += errors;
            counters.movesAway += moves;
        };
        reports.insert(u"a"_s, madeup::report(u"db1"_s, 1));
        work(u"a"_s, 1'000'000, 500, 20); // over days, before we came
        QCOMPARE(look(), PeerActivity());
        work(u"a"_s, 100, 1, 2);
        QCOMPARE(look(2s), (PeerActivity{50, 1, 2}));
        // Another process with a long past is no spike.
        reports.insert(u"b"_s, madeup::report(u"db1"_s, 1));
        work(u"b"_s, 7'000'000, 70, 7);
        work(u"a"_s, 50);
        QCOMPARE(look(), (PeerActivity{50, 0, 0}));
        work(u"a"_s, 50);
        work(u"b"_s, 30, 2);
        QCOMPARE(look(), (PeerActivity{80, 2, 0}));
        // One that misses a poll makes neither a dip nor a spike.
        work(u"a"_s, 50);
        QCOMPARE(look(1s, u"b"_s), (PeerActivity{80, 0, 0}));
        work(u"a"_s, 50);
        work(u"b"_s, 60, 0, 4);
        QCOMPARE(look(), (PeerActivity{80, 0, 4}));
        // One that ends takes its share along; one that begins anew counts from nothing.
        reports.remove(u"b"_s);
        reports[u"a"_s].counters = {};
        work(u"a"_s, 10);
        QCOMPARE(look(), (PeerActivity{0, 0, 0}));
        work(u"a"_s, 10);
        QCOMPARE(look(), (PeerActivity{10, 0, 0}));
        // What happened in a pause did not happen in its last second.
        work(u"a"_s, 100'000, 9, 9);
        QCOMPARE(look(10min), PeerActivity());
        reports.clear();
        QCOMPARE(look(), PeerActivity());
    }

    void historyInJson()
    {
        ClusterView view = madeup::view({madeup::peer(u"db1"_s)});
        const auto peer = [&view] { return clusterJson(view)[u"pools"_s][0][u"peers"_s][0]; };
        QVERIFY(peer()[u"errors5m"_s].isNull());
        QVERIFY(peer()[u"since"_s].isNull());
        PeerPast &past = view.pools[0].peers[0].past;
        past.errors5m = 3;
        past.stateAge = 61;
        QVERIFY(peer()[u"since"_s].isNull()); // no change was seen
        past.isChangeSeen = true;
        QCOMPARE(peer()[u"errors5m"_s].toInt(), 3);
        QCOMPARE(peer()[u"since"_s].toString(), u"2026-11-26T14:02:06.000Z"_s);
    }
};

QTEST_APPLESS_MAIN(tst_PeerHistory)
#include "tst_peerhistory.moc"
