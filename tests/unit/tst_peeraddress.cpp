// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/peerlist.h"

#include <QtTest/QTest>

using namespace qproxysql;

class tst_PeerAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_data();
    void parse();
    void refuse_data();
    void refuse();
    void hostField_data();
    void hostField();
    void nameRoundTrips_data();
    void nameRoundTrips();
    void list_data();
    void list();
    void refuseList_data();
    void refuseList();
};

void tst_PeerAddress::parse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *tag, const char *text, const char *name) {
        QTest::newRow(tag) << QString::fromUtf8(text) << QString::fromUtf8(name);
    };
    row("host", "db1", "db1:4000");
    row("host and port", "db1:3307", "db1:3307");
    row("upper case", "DB1.Example.ORG:3307", "db1.example.org:3307");
    row("blanks around", "  db1:3307 ", "db1:3307");
    row("ipv4", "127.0.0.1:3306", "127.0.0.1:3306");
    row("lowest port", "db1:1", "db1:1");
    row("highest port", "db1:65535", "db1:65535");
    row("underscore and dash", "db_1-a:3306", "db_1-a:3306");
    row("trailing dot", "db1.:3306", "db1.:3306");
    row("unicode",
        "b\xc3\xbc"
        "cher:3306",
        "b\xc3\xbc"
        "cher:3306");
    row("ipv6", "[2001:db8::1]", "[2001:db8::1]:4000");
    row("ipv6 and port", "[2001:db8::1]:3306", "[2001:db8::1]:3306");
    row("ipv6 not canonical", "[2001:0DB8:0:0::1]:3306", "[2001:db8::1]:3306");
    row("ipv6 with v4 tail", "[::ffff:10.0.0.1]:3306", "[::ffff:10.0.0.1]:3306");
    row("ipv6 with zone", "[FE80::1%eth0]:3306", "[fe80::1%eth0]:3306");
}

void tst_PeerAddress::parse()
{
    QFETCH(QString, text);
    QFETCH(QString, name);
    QString error;
    const auto address = PeerAddress::parse(text, 4000, &error);
    QVERIFY2(address, qPrintable(error));
    QCOMPARE(address->name(), name);
    QVERIFY(error.isEmpty());
}

void tst_PeerAddress::refuse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const QString &text, const char *reason) {
        QTest::addRow("'%s'", qPrintable(text.left(40))) << text << QString::fromUtf8(reason);
    };
    row({}, "empty");
    row(QStringLiteral("  "), "empty");
    row(QStringLiteral("a,b"), "host name");
    row(QStringLiteral("a;b"), "host name");
    row(QStringLiteral("host=a"), "host name");
    row(QStringLiteral(":3306"), "host name");
    row(QStringLiteral("-db1"), "host name");
    row(QStringLiteral("db 1"), "host name");
    row(QStringLiteral("db1\n"
                       "2"),
        "host name");
    row(QStringLiteral("mariadb://db1"), "port");
    row(QStringLiteral("db1*3"), "host name");
    row(QStringLiteral("user@db1"), "host name");
    row(QString(256, u'a'), "host name");
    row(QStringLiteral("db1:"), "port");
    row(QStringLiteral("db1:0"), "port");
    row(QStringLiteral("db1:65536"), "port");
    row(QStringLiteral("db1:99999999999"), "port");
    row(QStringLiteral("db1:-1"), "port");
    row(QStringLiteral("db1:+5"), "port");
    row(QStringLiteral("db1:33x"), "port");
    row(QStringLiteral("db1:3306:1"), "port");
    row(QStringLiteral("2001:db8::1"), "brackets");
    row(QStringLiteral("[2001:db8::1"), "brackets");
    row(QStringLiteral("[]"), "brackets");
    row(QStringLiteral("[db1]:3306"), "brackets");
    row(QStringLiteral("[::1%]"), "brackets");
    row(QStringLiteral("[::1%a=b]"), "brackets");
    row(QStringLiteral("[::1]3306"), "port");
    row(QStringLiteral("[::1]:"), "port");
}

void tst_PeerAddress::refuse()
{
    QFETCH(QString, text);
    QFETCH(QString, reason);
    QString error;
    QVERIFY(!PeerAddress::parse(text, 3306, &error));
    QVERIFY2(error.contains(reason), qPrintable(error));
    QVERIFY2(error.contains(u'"' + text + u'"'), qPrintable(error));
    QVERIFY2(error.contains(QLatin1String("allowed is host, host:port")), qPrintable(error));
}

void tst_PeerAddress::hostField_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("null") << QString() << QStringList{QStringLiteral("localhost:4000")};
    QTest::newRow("blank") << QStringLiteral(" ") << QStringList{QStringLiteral("localhost:4000")};
    QTest::newRow("one") << QStringLiteral("DB1") << QStringList{QStringLiteral("db1:4000")};
    QTest::newRow("bare ipv6") << QStringLiteral("2001:DB8::1")
                               << QStringList{QStringLiteral("[2001:db8::1]:4000")};
    QTest::newRow("design") << QStringLiteral("db1,db2:3307,[2001:db8::1]:3306")
                            << QStringList{QStringLiteral("db1:4000"), QStringLiteral("db2:3307"),
                                           QStringLiteral("[2001:db8::1]:3306")};
    QTest::newRow("same host, other port")
            << QStringLiteral("db1 , db1:3307")
            << QStringList{QStringLiteral("db1:4000"), QStringLiteral("db1:3307")};
}

void tst_PeerAddress::hostField()
{
    QFETCH(QString, host);
    QFETCH(QStringList, names);
    QString error;
    const auto peers = PeerList::fromHostField(host, 4000, &error);
    QVERIFY2(peers, qPrintable(error));
    QStringList read;
    for (const PeerDefinition &peer : *peers) {
        read.append(peer.address.name());
        QCOMPARE(peer.weight, 1);
    }
    QCOMPARE(read, names);
}

void tst_PeerAddress::nameRoundTrips_data()
{
    parse_data();
}

void tst_PeerAddress::nameRoundTrips()
{
    QFETCH(QString, name);
    QString error;
    const auto address = PeerAddress::parse(name, 1, &error);
    QVERIFY2(address, qPrintable(error));
    QCOMPARE(address->name(), name);
    QCOMPARE(*address, *PeerAddress::parse(name, 2, &error));
}

void tst_PeerAddress::list_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("weights");
    QTest::newRow("none") << QStringLiteral("db1,db2") << QList<int>{1, 1};
    QTest::newRow("some") << QStringLiteral("db1:3306*3, db2, [::1]*1000")
                          << QList<int>{3, 1, 1000};
    QTest::newRow("blanks") << QStringLiteral("db1 * 2 ,db2") << QList<int>{2, 1};
}

void tst_PeerAddress::list()
{
    QFETCH(QString, text);
    QFETCH(QList<int>, weights);
    QString error;
    const auto peers = PeerList::parse(text, 3306, PeerList::Weights::Allowed, &error);
    QVERIFY2(peers, qPrintable(error));
    QList<int> read;
    for (const PeerDefinition &peer : *peers)
        read.append(peer.weight);
    QCOMPARE(read, weights);
}

void tst_PeerAddress::refuseList_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("weights");
    QTest::addColumn<QString>("names");
    QTest::newRow("empty") << QString() << true << QStringLiteral("empty entry");
    QTest::newRow("empty entry") << QStringLiteral("db1,,db2") << false
                                 << QStringLiteral("empty entry");
    QTest::newRow("last comma") << QStringLiteral("db1,") << false << QStringLiteral("empty entry");
    QTest::newRow("twice") << QStringLiteral("db1,DB1:3306") << false
                           << QStringLiteral("names db1:3306 twice");
    QTest::newRow("ipv6 twice") << QStringLiteral("[::1],[0::1]:3306") << false
                                << QStringLiteral("names [::1]:3306 twice");
    QTest::newRow("far too many") << QStringLiteral("db1,").repeated(10'000) + QStringLiteral("db2")
                                  << false << QStringLiteral("10001 entries");
    QTest::newRow("bare ipv6 in a list")
            << QStringLiteral("::1,db1") << false << QStringLiteral("brackets");
    QTest::newRow("weight refused")
            << QStringLiteral("db1*3,db2") << false << QStringLiteral("\"db1*3\"");
    QTest::newRow("weight 0") << QStringLiteral("db1*0") << true << QStringLiteral("1 to 1000");
    QTest::newRow("weight 1001") << QStringLiteral("db1*1001") << true
                                 << QStringLiteral("1 to 1000");
    QTest::newRow("weight text") << QStringLiteral("db1*x") << true << QStringLiteral("1 to 1000");
    QTest::newRow("weight missing")
            << QStringLiteral("db1*") << true << QStringLiteral("1 to 1000");
    QTest::newRow("weight before port")
            << QStringLiteral("db1*3:3306") << true << QStringLiteral("1 to 1000");
}

void tst_PeerAddress::refuseList()
{
    QFETCH(QString, text);
    QFETCH(bool, weights);
    QFETCH(QString, names);
    QString error;
    QVERIFY(!PeerList::parse(text, 3306,
                             weights ? PeerList::Weights::Allowed : PeerList::Weights::Refused,
                             &error));
    QVERIFY2(error.contains(names), qPrintable(error));
}

QTEST_APPLESS_MAIN(tst_PeerAddress)
#include "tst_peeraddress.moc"
