// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/pooldefinition.h"

#include <QtTest/QTest>

using namespace qproxysql;

namespace {

PeerDefinition peer(const char *host, int weight = 1, quint16 port = 3306)
{
    return {{QString::fromLatin1(host), port}, weight};
}

PoolDefinition pool()
{
    PoolDefinition definition;
    definition.name = QStringLiteral("orders");
    definition.peers = {peer("db1"), peer("db2", 3), peer("db3")};
    return definition;
}

PoolDefinition filePool()
{
    PoolDefinition definition = pool();
    definition.fromFile = true;
    definition.filePath = QStringLiteral("/etc/a.ini");
    return definition;
}

using Change = void (*)(PoolDefinition &);

} // namespace

Q_DECLARE_METATYPE(Change)

class tst_PoolDefinition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void difference_data();
    void difference();
    void orderOfPeers();
    void edits();
    void derivedName();
};

void tst_PoolDefinition::difference_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *tag, Change change, const char *says) {
        QTest::newRow(tag) << change << QString::fromUtf8(says);
    };
    row(
            "none", [](PoolDefinition &) {}, "");
    row(
            "name", [](PoolDefinition &p) { p.name = QStringLiteral("x"); }, "orders");
    row(
            "peer gone", [](PoolDefinition &p) { p.peers.removeLast(); }, "peer db3:3306");
    row(
            "peer new", [](PoolDefinition &p) { p.peers.append(peer("db4")); }, "peer db4:3306");
    row(
            "weight", [](PoolDefinition &p) { p.peers[1].weight = 2; },
            "weight of peer db2:3306 is 3");
    row(
            "interval", [](PoolDefinition &p) { p.policy.checkInterval = std::chrono::seconds(2); },
            "CHECK_INTERVAL is \"30\" in the pool in use and \"2\"");
    row(
            "timeout", [](PoolDefinition &p) { p.policy.connectTimeout = std::chrono::seconds(2); },
            "CONNECT_TIMEOUT");
    row(
            "balance", [](PoolDefinition &p) { p.policy.balance = Balance::First; }, "BALANCE");
    row(
            "check sql", [](PoolDefinition &p) { p.policy.checkSql = QStringLiteral("x"); },
            "CHECK_SQL");
    row(
            "driver", [](PoolDefinition &p) { p.policy.peerDriver = QStringLiteral("x"); },
            "PEER_DRIVER");
    row(
            "control", [](PoolDefinition &p) { p.policy.control = Control::Off; }, "CONTROL");
    row(
            "fleet", [](PoolDefinition &p) { p.policy.control = Control::Fleet; }, "CONTROL");
    row(
            "schema", [](PoolDefinition &p) { p.policy.controlSchema = QStringLiteral("ops"); },
            "CONTROL_SCHEMA");
    row(
            "max idle", [](PoolDefinition &p) { p.policy.maxIdle = 1; }, "MAX_IDLE");
    row(
            "idle timeout",
            [](PoolDefinition &p) { p.policy.idleTimeout = std::chrono::seconds(1); },
            "IDLE_TIMEOUT");
    row(
            "max lifetime",
            [](PoolDefinition &p) { p.policy.maxLifetime = std::chrono::seconds(0); },
            "MAX_LIFETIME");
    row(
            "statement cache", [](PoolDefinition &p) { p.policy.statementCache = 0; },
            "STATEMENT_CACHE");
    row(
            "file", [](PoolDefinition &p) { p = filePool(); }, "comes from pool file /etc/a.ini");
}

void tst_PoolDefinition::difference()
{
    QFETCH(Change, change);
    QFETCH(QString, says);
    const PoolDefinition inUse = pool();
    PoolDefinition other = inUse;
    change(other);
    QCOMPARE(inUse.isSamePool(other), says.isEmpty());
    const QString text = inUse.differenceFrom(other);
    QCOMPARE(text.isEmpty(), says.isEmpty());
    QVERIFY2(text.contains(says), qPrintable(text));
}

void tst_PoolDefinition::orderOfPeers()
{
    PoolDefinition inUse = pool();
    PoolDefinition other = inUse;
    other.peers.swapItemsAt(0, 2);
    QVERIFY(inUse.isSamePool(other));
    QCOMPARE(inUse.differenceFrom(other), QString());
    inUse.policy.balance = other.policy.balance = Balance::First;
    QVERIFY(!inUse.isSamePool(other));
    QVERIFY(inUse.differenceFrom(other).contains(QLatin1String("order")));
}

void tst_PoolDefinition::edits()
{
    PoolDefinition inUse = filePool();
    inUse.policy.checkInterval = std::chrono::seconds(2);
    inUse.overrides = {QStringLiteral("CHECK_INTERVAL")};

    PoolDefinition inFile = filePool();
    inFile.peers = {peer("db9")};
    inFile.policy.balance = Balance::First;
    const PoolDefinition edited = inUse.editedTo(inFile);
    QCOMPARE(edited.peers, inFile.peers);
    QCOMPARE(edited.policy.balance, Balance::First);
    QCOMPARE(edited.policy.checkInterval.count(), 2000);

    QVERIFY(edited.isEditOf(inUse));
    QVERIFY(!inFile.isEditOf(inUse));
    PoolDefinition otherOverride = edited;
    otherOverride.policy.checkInterval = std::chrono::seconds(3);
    QVERIFY(!otherOverride.isEditOf(inUse));
    PoolDefinition otherFile = edited;
    otherFile.filePath = QStringLiteral("/etc/b.ini");
    QVERIFY(!otherFile.isEditOf(inUse));
    QVERIFY(!pool().isEditOf(pool()));
}

void tst_PoolDefinition::derivedName()
{
    const auto socket = [](const char *path) {
        return PeerDefinition{{QStringLiteral("localhost"), 0, QString::fromLatin1(path)}, 1};
    };
    QCOMPARE(PoolDefinition::derivedName({socket("/run/b"), peer("localhost"), socket("/run/a")}),
             QStringLiteral("localhost:/run/a,localhost:/run/b,localhost:3306"));
    QCOMPARE(PoolDefinition::derivedName({peer("db2", 1, 3307), peer("db1")}),
             QStringLiteral("db1:3306,db2:3307"));

    QList<PeerDefinition> many;
    for (int i = 0; i < 1000; ++i)
        many.append(peer(qPrintable(QStringLiteral("db%1").arg(i, 3, 10, QLatin1Char('0')))));
    const QString name = PoolDefinition::derivedName(many);
    QVERIFY2(name.startsWith(QLatin1String("db000:3306,db001:3306,")), qPrintable(name));
    QVERIFY2(name.size() < 90, qPrintable(name));
    // Another process must find the same name: fixed text, not only equality with itself.
    QCOMPARE(name, QStringLiteral("db000:3306,db001:3306,db002:3306,db003:3306,"
                                  "db004:3306,+995~529866c51dcb"));
    std::reverse(many.begin(), many.end());
    QCOMPARE(PoolDefinition::derivedName(many), name);
    many.removeFirst();
    QVERIFY(PoolDefinition::derivedName(many) != name);

    const QByteArray longHost(200, 'a');
    const QString oneLong = PoolDefinition::derivedName({peer(longHost.constData())});
    QVERIFY2(oneLong.startsWith(QLatin1String("+1~")), qPrintable(oneLong));
}

QTEST_APPLESS_MAIN(tst_PoolDefinition)
#include "tst_pooldefinition.moc"
