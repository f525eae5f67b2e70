// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "config/peerlist.h"

#include <QtTest/QTest>

using namespace qproxysql;

namespace {

const char *longestSocket()
{
    static const QByteArray name = "localhost:/" + QByteArray(106, 'a');
    return name.constData();
}

} // namespace

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
    void socketOfAnOption();
    void caseOfAPathCounts();
    void passwords_data();
    void passwords();
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
    row("socket", "localhost:/run/mysqld/a.sock", "localhost:/run/mysqld/a.sock");
    row("socket, upper case", " LocalHost:/Run/A.sock ", "localhost:/Run/A.sock");
    row("socket with blanks", "localhost:/Users/Application Support/a:1.sock",
        "localhost:/Users/Application Support/a:1.sock");
    row("socket with an at sign", "localhost:/run/mysqld@db1/=#~+a.sock",
        "localhost:/run/mysqld@db1/=#~+a.sock");
    row("socket, unicode",
        "localhost:/b\xc3\xbc"
        "cher/be\xcc\x81.sock",
        "localhost:/b\xc3\xbc"
        "cher/be\xcc\x81.sock");
    row("longest socket", longestSocket(), longestSocket());
#ifdef Q_OS_LINUX
    row("abstract socket", "localhost:@mariadb", "localhost:@mariadb");
#endif
}

void tst_PeerAddress::parse()
{
    QFETCH(QString, text);
    QFETCH(QString, name);
    const auto address = PeerAddress::parse(text, 4000);
    QVERIFY2(address, qPrintable(address.error()));
    QCOMPARE(address->name(), name);
    QVERIFY(address.error().isEmpty());
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
    row(QStringLiteral("db1:/run/a.sock"), "only localhost");
    row(QStringLiteral("127.0.0.1:/run/a.sock"), "only localhost");
    row(QStringLiteral("/run/a.sock"), "host name");
    row(QStringLiteral("localhost:a.sock"), "port");
    row(QStringLiteral("localhost:/"), "begins with '/'");
    row(QStringLiteral("localhost:/a,b"), "only letters");
    row(QStringLiteral("localhost:/a;b"), "only letters");
    row(QStringLiteral("localhost:/a*2"), "only letters");
    row(QStringLiteral("localhost:/a\tb"), "only letters");
    row(QStringLiteral("localhost:/<b>"), "only letters");
    row(QStringLiteral("localhost:/a&b"), "only letters");
    row(QStringLiteral("localhost:/a%1"), "only letters");
    row(QString::fromUtf8(longestSocket()) + u'x', "at most 107 bytes");
    row(QStringLiteral("localhost:/") + QString(54, u'\u00fc'), "at most 107 bytes");
}

void tst_PeerAddress::refuse()
{
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const QString error = PeerAddress::parse(text, 3306).error();
    QVERIFY(!error.isEmpty());
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
    QTest::newRow("sockets") << QStringLiteral(
            "localhost:/run/a.sock,localhost:/run/b.sock,db3:3307")
                             << QStringList{QStringLiteral("localhost:/run/a.sock"),
                                            QStringLiteral("localhost:/run/b.sock"),
                                            QStringLiteral("db3:3307")};
    QTest::newRow("same host, other port")
            << QStringLiteral("db1 , db1:3307")
            << QStringList{QStringLiteral("db1:4000"), QStringLiteral("db1:3307")};
}

void tst_PeerAddress::hostField()
{
    QFETCH(QString, host);
    QFETCH(QStringList, names);
    const auto peers = PeerList::fromHostField(host, 4000);
    QVERIFY2(peers, qPrintable(peers.error()));
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
    const auto address = PeerAddress::parse(name, 1);
    QVERIFY2(address, qPrintable(address.error()));
    QCOMPARE(address->name(), name);
    QCOMPARE(*address, *PeerAddress::parse(name, 2));
}

void tst_PeerAddress::list_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("weights");
    QTest::newRow("none") << QStringLiteral("db1,db2") << QList<int>{1, 1};
    QTest::newRow("some") << QStringLiteral("db1:3306*3, db2, [::1]*1000")
                          << QList<int>{3, 1, 1000};
    QTest::newRow("blanks") << QStringLiteral("db1 * 2 ,db2") << QList<int>{2, 1};
    QTest::newRow("sockets") << QStringLiteral(
            "localhost:/run/a.sock*2, localhost:/run/b b@1.sock * 7")
                             << QList<int>{2, 7};
}

void tst_PeerAddress::list()
{
    QFETCH(QString, text);
    QFETCH(QList<int>, weights);
    const auto peers = PeerList::parse(text, 3306, PeerList::Weights::Allowed);
    QVERIFY2(peers, qPrintable(peers.error()));
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
    QTest::newRow("socket twice") << QStringLiteral("localhost:/a,LOCALHOST:/a") << false
                                  << QStringLiteral("names localhost:/a twice");
    QTest::newRow("weight of a socket refused")
            << QStringLiteral("localhost:/a*3,db2") << false << QStringLiteral("only letters");
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
    const QString error = PeerList::parse(text, 3306,
                                          weights ? PeerList::Weights::Allowed
                                                  : PeerList::Weights::Refused)
                                  .error();
    QVERIFY(!error.isEmpty());
    QVERIFY2(error.contains(names), qPrintable(error));
}

void tst_PeerAddress::socketOfAnOption()
{
    const auto address = PeerAddress::fromSocket(u" /run/A b.sock ");
    QVERIFY2(address, qPrintable(address.error()));
    QCOMPARE(address->name(), QStringLiteral("localhost:/run/A b.sock"));
    QCOMPARE(*address, *PeerAddress::parse(address->name()));
    QVERIFY(*address != PeerAddress({QStringLiteral("localhost"), 3306}));
    const QString error = PeerAddress::fromSocket(u"run/a.sock").error();
    QVERIFY2(error.contains(QLatin1String("\"run/a.sock\" cannot be a peer")), qPrintable(error));
    QVERIFY(!PeerAddress::fromSocket(u""));
    QVERIFY(!PeerAddress::fromSocket(QString(u'/' + QString(200, u'a'))));
}

void tst_PeerAddress::caseOfAPathCounts()
{
    QCOMPARE(foldedPeerName(QStringLiteral("DB1:3306")), QStringLiteral("db1:3306"));
    QCOMPARE(foldedPeerName(QStringLiteral("Vm:/Run/A.sock")), QStringLiteral("vm:/Run/A.sock"));
    QCOMPARE(foldedPeerName(QStringLiteral("Zm/9v=")), QStringLiteral("zm/9v="));
    const QStringList names{QStringLiteral("DB1:3306"), QStringLiteral("localhost:/run/A.sock")};
    QVERIFY(containsPeerName(names, QStringLiteral("db1:3306")));
    QVERIFY(containsPeerName(names, QStringLiteral("LOCALHOST:/run/A.sock")));
    QVERIFY(!containsPeerName(names, QStringLiteral("localhost:/run/a.sock")));
}

void tst_PeerAddress::passwords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("none") << QStringLiteral("db1,db2") << false;
    QTest::newRow("password") << QStringLiteral("user:secret@db1") << true;
    QTest::newRow("password with comma") << QStringLiteral("user:sec,localhost:/x,ret@db1") << true;
    QTest::newRow("path") << QStringLiteral("db1, localhost:/run/a@1.sock") << false;
    QTest::newRow("abstract") << QStringLiteral("localhost:@mariadb") << false;
    QTest::newRow("path of another host") << QStringLiteral("db1:/run/a@1.sock") << true;
}

void tst_PeerAddress::passwords()
{
    QFETCH(QString, text);
    QFETCH(bool, isRefused);
    const QString error = PeerList::checkForPassword(text).error();
    QCOMPARE(!error.isEmpty(), isRefused);
    QVERIFY(!error.contains(QLatin1String("ret@")));
}

QTEST_APPLESS_MAIN(tst_PeerAddress)
#include "tst_peeraddress.moc"
