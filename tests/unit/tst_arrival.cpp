// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/arrival.h"

#include "scripteddriver.h"
#include "session/peersession.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::test;

Q_DECLARE_METATYPE(qproxysql::CausalReads)
Q_DECLARE_METATYPE(qproxysql::ServerFlavour)

namespace {

const QString use = u"USE `shop`"_s;
const QString mode = u"SET sql_mode = 'ANSI'"_s;
const QString waitOnce = u"SET STATEMENT wsrep_sync_wait = 1 FOR SELECT 1"_s;
const QString waitAlways = u"SET SESSION wsrep_sync_wait = @@SESSION.wsrep_sync_wait | 1"_s;
const QString waitNoMore = u"SET SESSION wsrep_sync_wait = DEFAULT"_s;

ServerFacts galera(ServerFlavour flavour = ServerFlavour::MariaDb)
{
    ServerFacts facts;
    facts.clusterId = u"cluster"_s;
    facts.flavour = flavour;
    return facts;
}

/// A session of its own peer, whose habits nobody has noted yet.
class OpenSession
{
public:
    explicit OpenSession(const ServerFacts &facts = {}, const QString &initSql = {})
    {
        static int peers = 0;
        const QString host = u"arrival%1"_s.arg(++peers);
        m_pool = scriptedPool({host});
        const PeerId peer = m_pool->peers().front().id;
        auto inner = *InnerConnection::create(u"QMYSQL"_s);
        inner->open({host, 3306}, {}, 1);
        session.emplace(std::move(inner), facts, m_pool, peer,
                        SessionKey{m_pool.get(), peer, {}, initSql, u"QMYSQL"_s});
        ScriptedServers::instance().forgetRequests();
    }

    std::optional<PeerSession> session;

private:
    std::shared_ptr<PeerPool> m_pool;
};

QStringList requests()
{
    return ScriptedServers::instance().requests();
}

QString together(const QStringList &statements)
{
    return statements.join(u"\n;"_s);
}

} // namespace

/// What makes a session that was opened the connection's own.
class tst_Arrival : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { registerScriptedDriver(); }
    void init() { ScriptedServers::instance().reset(); }

    void asksForNothingThatIsNotNeeded()
    {
        OpenSession open(galera());
        const ArrivalNeeds needs;
        QVERIFY(needs.areMetBy(*open.session));
        QVERIFY(!arrive(*open.session, needs));
        QCOMPARE(requests(), QStringList());
    }

    // It would read what it had when it left, without an error (docs/measurements.md).
    void aServerThatHasLeftItsGroupIsRefused()
    {
        ServerFacts facts;
        facts.flavour = ServerFlavour::MySql;
        facts.isOfGroup = true;
        facts.standing = GroupStanding::Online;
        ArrivalNeeds needs;
        needs.causalReads = CausalReads::Moves;
        for (const QString &state : {u"ONLINE"_s, u"OFFLINE"_s, u"ERROR"_s}) {
            OpenSession open(facts);
            ScriptedServers::instance().setMemberState(state);
            QCOMPARE(arrive(*open.session, needs).has_value(), state != u"ONLINE"_s);
        }
    }

    void causalReads_data()
    {
        using C = CausalReads;
        const auto mariaDb = ServerFlavour::MariaDb;
        const auto mySql = ServerFlavour::MySql;
        QTest::addColumn<CausalReads>("causalReads");
        QTest::addColumn<ServerFlavour>("flavour");
        QTest::addColumn<QString>("initSql");
        QTest::addColumn<QStringList>("statements");
        QTest::newRow("off") << C::Off << mariaDb << QString() << QStringList();
        QTest::newRow("moves") << C::Moves << mariaDb << QString() << QStringList{waitOnce};
        QTest::newRow("moves, MySQL") << C::Moves << mySql << QString()
                                      << QStringList{waitAlways, u"SELECT 1"_s, waitNoMore};
        QTest::newRow("moves, MySQL, INIT_SQL sets it")
                << C::Moves << mySql << u"SET wsrep_sync_wait = 3"_s << QStringList();
        QTest::newRow("always") << C::Always << mariaDb << QString()
                                << QStringList{waitAlways, u"SELECT 1"_s};
    }
    void causalReads()
    {
        QFETCH(CausalReads, causalReads);
        QFETCH(ServerFlavour, flavour);
        QFETCH(QString, initSql);
        QFETCH(QStringList, statements);
        OpenSession open(galera(flavour), initSql);
        ArrivalNeeds needs;
        needs.causalReads = causalReads;
        QCOMPARE(needs.areMetBy(*open.session), statements.isEmpty());
        needs.settings = {mode};
        QVERIFY(!arrive(*open.session, needs));
        QCOMPARE(requests(), QStringList{together(statements + needs.settings)});
    }

    void outsideOfGaleraNothingIsWaitedFor()
    {
        OpenSession open;
        ArrivalNeeds needs;
        needs.causalReads = CausalReads::Always;
        QVERIFY(needs.areMetBy(*open.session));
    }

    void aResetSessionCannotWait()
    {
        OpenSession open(galera());
        open.session->resetDone();
        ArrivalNeeds needs;
        needs.causalReads = CausalReads::Moves;
        const auto failure = arrive(*open.session, needs);
        QVERIFY(failure && !failure->isRefused);
        QCOMPARE(requests(), QStringList());
    }

    void aNodeThatLagsIsNoGoodNow()
    {
        OpenSession open(galera());
        ScriptedServers::instance().answerBy([](auto, auto) { return sqlError(1205); });
        ArrivalNeeds needs;
        needs.causalReads = CausalReads::Moves;
        needs.settings = {mode};
        const auto failure = arrive(*open.session, needs);
        QVERIFY(failure && !failure->isRefused);
        QCOMPARE(failure->error.nativeErrorCode(), u"1205"_s);
        QCOMPARE(requests().size(), 1);
    }

    void whoDoesNotKnowCausalReadsGetsTheSettings()
    {
        OpenSession open(galera());
        ScriptedServers::instance().answerBy([](auto, const QString &sql) {
            return sql.contains(u"wsrep"_s) ? sqlError(1193) : QSqlError();
        });
        ArrivalNeeds needs;
        needs.causalReads = CausalReads::Moves;
        needs.settings = {mode};
        QVERIFY(!arrive(*open.session, needs));
        QCOMPARE(requests().back(), mode);
    }

    void whoRefusesSeveralInOneTextIsAskedOneByOne()
    {
        OpenSession open;
        ScriptedServers::instance().answerBy([](auto, const QString &sql) {
            return sql.contains(u';') ? sqlError(1148) : QSqlError();
        });
        ArrivalNeeds needs;
        needs.settings = {use, mode};
        needs.schema = u"shop"_s;
        QVERIFY(!arrive(*open.session, needs));
        QCOMPARE(requests(), QStringList({together({use, mode}), use, mode}));
        ScriptedServers::instance().forgetRequests();
        QVERIFY(!arrive(*open.session, needs));
        QCOMPARE(requests(), QStringList({use, mode})); // at once, the next time
    }

    void refusedSettings_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("unknown schema") << 1049 << true;
        QTest::newRow("lost") << 2013 << false;
        QTest::newRow("not ready") << 1047 << false;
    }
    void refusedSettings()
    {
        QFETCH(int, code);
        OpenSession open;
        const QString text = code == 1047 ? u"WSREP has not yet prepared node"_s : u"no"_s;
        ScriptedServers::instance().answerBy([=](auto, auto) { return sqlError(code, text); });
        ArrivalNeeds needs;
        needs.settings = {use};
        const auto failure = arrive(*open.session, needs);
        QVERIFY(failure);
        QTEST(failure->isRefused, "isRefused");
        QCOMPARE(failure->error.nativeErrorCode(), QString::number(code));
        QCOMPARE(failure->error.databaseText().contains(open.session->peerName()),
                 failure->isRefused);
    }

    void aLibraryThatCannotSetItsCharacterSet()
    {
        OpenSession open;
        ArrivalNeeds needs;
        needs.clientCharacterSet = "latin1";
        QVERIFY(!needs.areMetBy(*open.session));
        const auto failure = arrive(*open.session, needs);
        QVERIFY(failure && !failure->isRefused);
    }
};

QTEST_GUILESS_MAIN(tst_Arrival)
#include "tst_arrival.moc"
