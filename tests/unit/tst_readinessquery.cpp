// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/readinessquery.h"

#include <QtTest/QTest>

#include <initializer_list>
#include <utility>

using namespace qproxysql;

using Values = ReadinessQuery::Values;
using Rows = std::initializer_list<std::pair<const char *, const char *>>;

namespace {

Values values(Rows rows)
{
    Values values;
    for (const auto &[name, value] : rows)
        values.insert(QLatin1String(name), QLatin1String(value));
    return values;
}

constexpr auto MariaDbVersion = "10.11.6-MariaDB-0+deb12u1";

Values plainMariaDb()
{
    // Stand-alone, with Galera compiled in: its status alone would look like a broken node.
    return values({{"version", MariaDbVersion},
                   {"hostname", "db1"},
                   {"port", "3306"},
                   {"server_uid", "Zm9v"},
                   {"wait_timeout", "28800"},
                   {"read_only", "OFF"},
                   {"wsrep_on", "OFF"},
                   {"wsrep_ready", "OFF"},
                   {"wsrep_desync", "OFF"},
                   {"wsrep_reject_queries", "NONE"},
                   {"wsrep_node_name", "db1"},
                   {"wsrep_local_state", "0"},
                   {"wsrep_cluster_status", "Disconnected"},
                   {"wsrep_cluster_state_uuid", ""}});
}

Values with(Values base, Rows rows)
{
    base.insert(values(rows));
    return base;
}

Values galera()
{
    return with(plainMariaDb(), {{"wsrep_on", "ON"},
                                 {"wsrep_ready", "ON"},
                                 {"wsrep_local_state", "4"},
                                 {"wsrep_cluster_status", "Primary"},
                                 {"wsrep_cluster_state_uuid", "c-1"},
                                 {"wsrep_node_name", "node-a"}});
}

Values mySql()
{
    return values({{"version", "8.0.36"},
                   {"hostname", "db1"},
                   {"port", "3307"},
                   {"server_uuid", "u-1"},
                   {"wait_timeout", "600"},
                   {"read_only", "OFF"},
                   {"super_read_only", "OFF"},
                   {"offline_mode", "OFF"}});
}

} // namespace

/// The rules by which a server's own values make it ready or not.
class tst_ReadinessQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readiness_data();
    void readiness();
    void flags_data();
    void flags();
    void factsOfMariaDb();
    void factsOfGalera();
    void keySteps_data();
    void keySteps();
    void factsOfMySql();
    void serversWithoutNetwork();
    void factsOfNothing();
    void truth_data();
    void truth();
};

void tst_ReadinessQuery::readiness_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<QString>("reason");
    QTest::newRow("nothing told") << Values() << "";
    QTest::newRow("MariaDB, wsrep_on=OFF") << plainMariaDb() << "";
    QTest::newRow("MySQL") << mySql() << "";
    QTest::newRow("MySQL offline") << with(mySql(), {{"offline_mode", "ON"}}) << "offline_mode=ON";
    const auto member = [](const char *state, const char *all, const char *reachable) {
        return with(mySql(), {{"group_replication_group_name", "g-1"},
                              {"group_replication_member_state", state},
                              {"group_replication_members", all},
                              {"group_replication_reachable_members", reachable}});
    };
    QTest::newRow("member") << member("ONLINE", "3", "3") << "";
    QTest::newRow("member of the majority") << member("ONLINE", "3", "2") << "";
    QTest::newRow("member of the minority")
            << member("ONLINE", "3", "1")
            << "group_replication_reachable_members=1, group_replication_members=3";
    QTest::newRow("half of a group")
            << member("ONLINE", "4", "2")
            << "group_replication_reachable_members=2, group_replication_members=4";
    QTest::newRow("not joined") << member("OFFLINE", "1", "1")
                                << "group_replication_member_state=OFFLINE";
    QTest::newRow("recovering") << member("RECOVERING", "3", "3")
                                << "group_replication_member_state=RECOVERING";
    QTest::newRow("expelled") << member("ERROR", "1", "1")
                              << "group_replication_member_state=ERROR";
    QTest::newRow("plugin without a group")
            << with(member("OFFLINE", "1", "1"), {{"group_replication_group_name", ""}}) << "";
    QTest::newRow("Galera") << galera() << "";
    QTest::newRow("Galera as numbers")
            << with(galera(), {{"wsrep_on", "1"}, {"wsrep_desync", "0"}}) << "";
    QTest::newRow("no quorum") << with(galera(), {{"wsrep_ready", "OFF"},
                                                  {"wsrep_cluster_status", "non-Primary"}})
                               << "wsrep_ready=OFF, wsrep_cluster_status=non-Primary";
    QTest::newRow("rejects") << with(galera(), {{"wsrep_reject_queries", "ALL"}})
                             << "wsrep_reject_queries=ALL";
    QTest::newRow("rejects and kills") << with(galera(), {{"wsrep_reject_queries", "ALL_KILL"}})
                                       << "wsrep_reject_queries=ALL_KILL";
    QTest::newRow("donor") << with(galera(), {{"wsrep_local_state", "2"}}) << "";
    QTest::newRow("rejects, but wsrep_on=OFF")
            << with(plainMariaDb(), {{"wsrep_reject_queries", "ALL"}}) << "";
}

void tst_ReadinessQuery::readiness()
{
    QFETCH(Values, values);
    QFETCH(QString, reason);
    const auto facts = ReadinessQuery::judge(values);
    QCOMPARE(facts.notReadyReason, reason);
    QCOMPARE(facts.isReady(), reason.isEmpty());
}

void tst_ReadinessQuery::flags_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<bool>("isReadOnly");
    QTest::addColumn<bool>("isDesynced");
    QTest::newRow("nothing told") << Values() << false << false;
    QTest::newRow("MariaDB") << plainMariaDb() << false << false;
    QTest::newRow("Galera") << galera() << false << false;
    QTest::newRow("read_only") << with(mySql(), {{"read_only", "ON"}}) << true << false;
    QTest::newRow("read_only=1") << with(mySql(), {{"read_only", "1"}}) << true << false;
    QTest::newRow("super_read_only") << with(mySql(), {{"super_read_only", "ON"}}) << true << false;
    QTest::newRow("read_only of MariaDB 12")
            << with(plainMariaDb(), {{"read_only", "NO_LOCK_NO_ADMIN"}}) << true << false;
    const auto maria = plainMariaDb();
    QTest::newRow("innodb_read_only") << with(maria, {{"innodb_read_only", "ON"}}) << true << false;
    QTest::newRow("tx_read_only") << with(maria, {{"tx_read_only", "ON"}}) << true << false;
    QTest::newRow("transaction_read_only")
            << with(mySql(), {{"transaction_read_only", "1"}}) << true << false;
    QTest::newRow("MariaDB recovers, writes")
            << with(maria, {{"innodb_force_recovery", "4"}}) << false << false;
    QTest::newRow("MariaDB recovers")
            << with(maria, {{"innodb_force_recovery", "5"}}) << true << false;
    QTest::newRow("MySQL recovers")
            << with(mySql(), {{"innodb_force_recovery", "4"}}) << true << false;
    QTest::newRow("all off") << with(maria, {{"innodb_read_only", "OFF"},
                                             {"tx_read_only", "OFF"},
                                             {"innodb_force_recovery", "0"}})
                             << false << false;
    QTest::newRow("wsrep_desync") << with(galera(), {{"wsrep_desync", "ON"}}) << false << true;
    QTest::newRow("donor") << with(galera(), {{"wsrep_local_state", "2"}}) << false << true;
    QTest::newRow("no Galera") << with(plainMariaDb(), {{"wsrep_local_state", "2"}}) << false
                               << false;
    QTest::newRow("PXC in service")
            << with(galera(), {{"pxc_maint_mode", "DISABLED"}}) << false << false;
    QTest::newRow("PXC maintenance")
            << with(galera(), {{"pxc_maint_mode", "MAINTENANCE"}}) << false << true;
    QTest::newRow("PXC shutdown") << with(galera(), {{"pxc_maint_mode", "SHUTDOWN"}}) << false
                                  << true;
}

void tst_ReadinessQuery::flags()
{
    QFETCH(Values, values);
    const auto facts = ReadinessQuery::judge(values);
    QTEST(facts.isReadOnly(), "isReadOnly");
    QTEST(facts.isDesynced, "isDesynced");
}

void tst_ReadinessQuery::factsOfMariaDb()
{
    const auto facts = ReadinessQuery::judge(plainMariaDb());
    QCOMPARE(facts.version, QLatin1String(MariaDbVersion));
    QCOMPARE(facts.flavour, ServerFlavour::MariaDb);
    QCOMPARE(facts.identities, QStringList({QStringLiteral("Zm9v"), QStringLiteral("db1:3306")}));
    QVERIFY(facts.clusterId.isEmpty());
    QCOMPARE(facts.waitTimeoutSeconds, 28'800);
}

void tst_ReadinessQuery::factsOfGalera()
{
    const auto facts = ReadinessQuery::judge(galera());
    QCOMPARE(facts.identities, QStringList({QStringLiteral("Zm9v"), QStringLiteral("node-a"),
                                            QStringLiteral("db1:3306")}));
    QCOMPARE(facts.clusterId, QStringLiteral("c-1"));
}

void tst_ReadinessQuery::keySteps_data()
{
    QTest::addColumn<Values>("values");
    QTest::addColumn<quint64>("increment");
    QTest::addColumn<quint64>("view");
    QTest::addColumn<QString>("node");
    const auto row = [](const char *name, const Values &values, quint64 increment, quint64 view = 0,
                        const char *node = "") {
        QTest::newRow(name) << values << increment << view << QString::fromLatin1(node);
    };
    const auto steps = [](const Values &base) {
        return with(base, {{"auto_increment_increment", "2"}, {"auto_increment_offset", "2"}});
    };
    const Values ofCluster = with(steps(galera()), {{"wsrep_auto_increment_control", "ON"},
                                                    {"wsrep_cluster_conf_id", "7"},
                                                    {"wsrep_local_index", "1"},
                                                    {"wsrep_cluster_size", "2"},
                                                    {"wsrep_incoming_addresses", "a:1,b:2"}});
    row("nothing", Values(), 0);
    row("MariaDB", steps(plainMariaDb()), 2);
    row("MySQL", steps(mySql()), 2);
    row("Galera", ofCluster, 2, 7, "b:2");
    row("as they are set", with(ofCluster, {{"wsrep_auto_increment_control", "OFF"}}), 2);
    row("a node has come since", with(ofCluster, {{"wsrep_cluster_size", "3"}}), 0);
    row("its list lacks one that joined with it",
        with(ofCluster, {{"wsrep_incoming_addresses", "b:2"}}), 2, 7);
    row("its list is newer", with(ofCluster, {{"wsrep_incoming_addresses", "a:1,b:2,c:3"}}), 2, 7);
    row("one has left and one has come", with(ofCluster, {{"wsrep_local_index", "0"}}), 0);
}

void tst_ReadinessQuery::keySteps()
{
    QFETCH(Values, values);
    const KeySteps steps = ReadinessQuery::judge(values).keySteps;
    QTEST(steps.increment, "increment");
    QTEST(steps.view, "view");
    QTEST(steps.node, "node");
    QCOMPARE(steps.cluster.isEmpty(), steps.view == 0);
}

void tst_ReadinessQuery::factsOfMySql()
{
    const auto facts = ReadinessQuery::judge(mySql());
    QCOMPARE(facts.flavour, ServerFlavour::MySql);
    QCOMPARE(facts.identities, QStringList({QStringLiteral("u-1"), QStringLiteral("db1:3307")}));
    QCOMPARE(facts.waitTimeoutSeconds, 600);
}

// Measured: two MariaDB servers of one machine with skip_networking tell the same server_uid and port 0.
void tst_ReadinessQuery::serversWithoutNetwork()
{
    const auto first = ReadinessQuery::judge(
            with(plainMariaDb(), {{"port", "0"}, {"socket", "/run/a.sock"}}));
    QCOMPARE(first.identities, QStringList{QStringLiteral("db1:/run/a.sock")});
    const auto second = ReadinessQuery::judge(
            with(plainMariaDb(), {{"port", "0"}, {"socket", "@b"}}));
    QCOMPARE(second.identities, QStringList{QStringLiteral("db1:@b")});
    const auto nameless = ReadinessQuery::judge(
            with(plainMariaDb(),
                 {{"port", "0"}, {"socket", "/run/a.sock"}, {"hostname", "localhost"}}));
    QVERIFY(nameless.identities.isEmpty());
    const auto mySqlServer = ReadinessQuery::judge(
            with(mySql(), {{"port", "0"}, {"socket", "/run/a.sock"}}));
    QCOMPARE(mySqlServer.identities.first(), QStringLiteral("u-1"));
    const auto network = ReadinessQuery::judge(with(plainMariaDb(), {{"socket", "/run/a.sock"}}));
    QCOMPARE(network.identities, ReadinessQuery::judge(plainMariaDb()).identities);
}

void tst_ReadinessQuery::factsOfNothing()
{
    const auto facts = ReadinessQuery::judge({});
    QCOMPARE(facts.flavour, ServerFlavour::Unknown);
    QVERIFY(facts.identities.isEmpty());
    QCOMPARE(facts.waitTimeoutSeconds, 0);
}

void tst_ReadinessQuery::truth_data()
{
    QTest::addColumn<QVariant>("answer");
    QTest::addColumn<bool>("isTrue");
    QTest::newRow("null") << QVariant(QMetaType::fromType<QString>()) << false;
    QTest::newRow("invalid") << QVariant() << false;
    QTest::newRow("empty") << QVariant(QString()) << false;
    QTest::newRow("0") << QVariant(0) << false;
    QTest::newRow("0.0") << QVariant(QStringLiteral("0.00")) << false;
    QTest::newRow("OFF") << QVariant(QStringLiteral("Off")) << false;
    QTest::newRow("false") << QVariant(QStringLiteral("FALSE")) << false;
    QTest::newRow("1") << QVariant(1) << true;
    QTest::newRow("-1") << QVariant(-1) << true;
    QTest::newRow("0.5") << QVariant(0.5) << true;
    QTest::newRow("ON") << QVariant(QStringLiteral("ON")) << true;
    QTest::newRow("Primary") << QVariant(QStringLiteral("Primary")) << true;
}

void tst_ReadinessQuery::truth()
{
    QFETCH(QVariant, answer);
    QTEST(ReadinessQuery::isTrue(answer), "isTrue");
}

QTEST_GUILESS_MAIN(tst_ReadinessQuery)

#include "tst_readinessquery.moc"
