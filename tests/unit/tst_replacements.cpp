// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "moves/replacements.h"

#include "scriptedtest.h"

using namespace qproxysql;
using namespace qproxysql::test;
using namespace std::chrono_literals;

namespace {

const QString setting = u"SET sql_mode = 'x'"_s;

/// Connections on the first of three peers; jobs of replacements run when told to, their opens on workers.
class Scene : public ScriptedScene
{
public:
    Scene()
        : ScriptedScene(3)
    {
    }

    std::shared_ptr<ConnectionRecord> connect(const QString &user = {})
    {
        ConnectionConfig config;
        config.logins.common.user = user;
        auto record = std::make_shared<ConnectionRecord>(pool, watch, config);
        loginsOnlyTo(u"db1"_s);
        sessions.push_back(record->opener().open({.prefer = peer(0)}).session);
        loginsOnlyTo(u"db2"_s);
        record->settled(*sessions.back());
        return record;
    }
    Replacements::Wanted wanted(const std::shared_ptr<ConnectionRecord> &record,
                                PeerId to = NoPeer) const
    {
        return {record, record->view().session, peer(0), to, MoveReason::Drain};
    }
    void runJobs()
    {
        for (const auto &job : std::exchange(jobs, {}))
            job();
    }

    std::vector<std::shared_ptr<PeerSession>> sessions;
    std::vector<std::function<void()>> jobs;
    int stalled = 0;
    Replacements replacements{clock,
                              [this](std::function<void()> job) {
                                  jobs.push_back(std::move(job));
                                  return std::shared_ptr<Workers::Ticket>();
                              },
                              [this](const auto &) { ++stalled; }};
};

} // namespace

/// Sessions that are opened for connections which shall leave their peer.
class tst_Replacements : public ScriptedTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void offersASessionElsewhere()
    {
        Scene scene;
        const auto record = scene.connect();
        scene.replacements.add(scene.wanted(record));
        QCOMPARE(scene.replacements.underWay().size(), size_t(1));
        QCOMPARE(scene.stalled, 1);                   // it takes no place that connects need
        scene.replacements.add(scene.wanted(record)); // one at a time
        QCOMPARE(scene.jobs.size(), size_t(1));
        scene.runJobs();
        QCOMPARE(record->view().offer.peer, scene.peer(1));
        QVERIFY(scene.replacements.underWay().empty());
        QCOMPARE(record->takeOffer().reason, MoveReason::Drain);
    }

    void offersOneWhereItIsWanted()
    {
        Scene scene;
        const auto record = scene.connect();
        loginsOnlyTo(u"db3"_s);
        scene.replacements.add(scene.wanted(record, scene.peer(2)));
        scene.runJobs();
        QCOMPARE(record->view().offer.peer, scene.peer(2));
        record->close();
    }

    void offersNothingThatIsNoGood()
    {
        Scene scene;
        const auto record = scene.connect();
        servers().reset();
        servers().refuseLogins(u"db3"_s, sqlError(2003, u"refused"_s));
        scene.replacements.add(scene.wanted(record, scene.peer(2)));
        scene.runJobs(); // it ends on another peer than the wanted one
        QCOMPARE(record->view().offer.peer, NoPeer);
        scene.pool->setService(scene.peer(1), Service::Draining, {});
        scene.replacements.add(scene.wanted(record));
        scene.runJobs(); // nobody is left but the peer that it is to leave
        QCOMPARE(record->view().offer.peer, NoPeer);
    }

    void whoHasMovedNeedsNone()
    {
        Scene scene;
        const auto record = scene.connect();
        Replacements::Wanted wanted = scene.wanted(record);
        ++wanted.instead;
        servers().forgetRequests();
        scene.replacements.add(std::move(wanted));
        scene.runJobs();
        QCOMPARE(servers().logins(), QStringList());
    }

    void openFourAtATime()
    {
        Scene scene;
        std::vector<std::shared_ptr<ConnectionRecord>> records;
        for (int i = 0; i < 6; ++i)
            records.push_back(scene.connect());
        for (const auto &record : records)
            scene.replacements.add(scene.wanted(record));
        QCOMPARE(scene.jobs.size(), size_t(4));
        scene.runJobs();
        for (const auto &record : records) {
            QCOMPARE(record->view().offer.peer, scene.peer(1));
            record->close();
        }
    }

    void afterAFailureOthersLikeItWait()
    {
        Scene scene;
        const auto record = scene.connect(u"app"_s);
        const auto alike = scene.connect(u"app"_s);
        const auto other = scene.connect(u"other"_s);
        servers().reset();
        for (const auto &host : {u"db1"_s, u"db2"_s, u"db3"_s})
            servers().refuseLogins(host, sqlError(1045, u"Access denied"_s));
        scene.replacements.add(scene.wanted(record));
        scene.runJobs();
        const QString why = scene.replacements.mayOpen(*alike).error();
        QVERIFY2(why.contains(u"Access denied"_s), qPrintable(why));
        QVERIFY(scene.replacements.mayOpen(*other));
        servers().reset();
        scene.clock.advance(1s);
        QVERIFY(scene.replacements.mayOpen(*alike));
        scene.replacements.add(scene.wanted(alike));
        scene.runJobs();
        QVERIFY(alike->view().offer.peer != NoPeer);
        QVERIFY(scene.replacements.mayOpen(*record));
        alike->close();
    }

    void refusedSettingsKeepOneConnectionOnly()
    {
        Scene scene;
        const auto record = scene.connect();
        const auto alike = scene.connect();
        SessionState state;
        state.noteStatement(classifyStatement(setting), false, Reply::Ok);
        state.noteChanges(classifyStatement(setting), Reply::Ok, std::nullopt);
        record->publish(state);
        QCOMPARE(record->arrival().settings.size(), 1);
        servers().answerBy([](auto, const QString &sql) {
            return sql.contains(u"sql_mode"_s) ? sqlError(1231) : QSqlError();
        });
        scene.replacements.add(scene.wanted(record));
        scene.runJobs();
        const QString why = scene.replacements.mayOpen(*record).error();
        QVERIFY2(why.startsWith(u"1231"_s), qPrintable(why));
        QVERIFY(scene.replacements.mayOpen(*alike));
        scene.clock.advance(10s);
        QVERIFY(scene.replacements.mayOpen(*record));
    }

    void whatIsWithdrawnIsClosedElsewhere()
    {
        Scene scene;
        const auto record = scene.connect();
        scene.replacements.withdraw(*record); // nothing to withdraw
        QVERIFY(scene.jobs.empty());
        scene.replacements.add(scene.wanted(record));
        scene.runJobs();
        scene.replacements.withdraw(*record);
        QCOMPARE(record->view().offer.peer, NoPeer);
        QCOMPARE(servers().open(), 2);
        scene.runJobs();
        QCOMPARE(servers().open(), 1);
    }
};

QTEST_GUILESS_MAIN(tst_Replacements)
#include "tst_replacements.moc"
