// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connect/initfailuretext.h"
#include "report/processreport.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

/// The line in which a process says what it holds.
class tst_Report : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas();
    void isOneLine();
    void socketIsTold();
    void laterFormatIsRead();
    void missingFieldsAreAtTheirDefaults();
    void badLines_data();
    void badLines();
    void badFieldsHarmNothing();
    void textsOfOthersArePlain();
    void initSqlIsNotTold();

private:
    static ProcessReport fullReport();
    static QJsonObject objectOf(const ProcessReport &report)
    {
        return QJsonDocument::fromJson(report.toLine()).object();
    }
};

ProcessReport tst_Report::fullReport()
{
    PeerReport busy;
    busy.address = {u"db1"_s, 3307};
    busy.identities = {u"node1"_s, u"srv:3306"_s};
    busy.health = Health::Up;
    busy.service = Service::Draining;
    busy.serverRequest = u"desynced"_s;
    busy.sessions = 7;
    busy.parked = 2;
    busy.inUse = 5;
    busy.busy = 1;
    busy.inTransaction = 2;
    busy.pinned = 1;
    busy.reasons = {{u"transaction"_s, 2}, {u"user_variables"_s, 1}};
    busy.oldestSession = 3600.5;
    busy.longestTransaction = 720.25;
    busy.idleHolder = 0.001;
    busy.problems = {u"no replacement: 1045 Access denied"_s};
    busy.lastError.code = 2013;
    busy.lastError.text = u"Lost \"connection\" to server"_s;
    busy.lastError.at = QDateTime::fromString(u"2026-11-25T10:11:12.345Z"_s, Qt::ISODateWithMs);
    busy.nextCheck = 12.5;
    busy.connectAge = 3.5;
    busy.answerAge = 0.125;
    busy.failureAge = 40;
    busy.isChecking = true;
    busy.transactions = {3, {{u"changed"_s, 2}, {u"state"_s, 1}}};
    busy.counters = {.statements = 5'000'000'000,
                     .errors = 1,
                     .reruns = 2,
                     .movesAway = 3,
                     .movesHere = 4,
                     .connects = 5,
                     .connectErrors = 6,
                     .fatesUnknown = 7,
                     .fatesCommitted = 8,
                     .fatesNotCommitted = 9,
                     .cuts = {{u"silent"_s, 10}}};
    busy.connectionIds = {1, 77, 5'000'000'000};
    PeerReport quiet;
    quiet.address = {u"2001:db8::1"_s, 3306};
    quiet.health = Health::Down;
    quiet.service = Service::InService;
    PeerReport near;
    near.address = {u"localhost"_s, 0, u"/run/A b.sock"_s};
    near.health = Health::Up;
    near.service = Service::InService;
    ProcessReport report;
    report.process = {u"aB3-_"_s, u"billing \u00e9"_s, u"app3"_s, 8112, u"www"_s};
    report.generation = 17;
    report.pools = {{u"orders"_s, Control::Local, {busy, quiet, near}},
                    {u"stock"_s, Control::Off, {}}};
    return report;
}

void tst_Report::comesBackAsItWas()
{
    const auto read = ProcessReport::read(fullReport().toLine());
    QVERIFY(read);
    QCOMPARE(read->toLine(), fullReport().toLine());
    QVERIFY(*read == fullReport());
}

void tst_Report::isOneLine()
{
    const QByteArray line = fullReport().toLine();
    QCOMPARE(line.count('\n'), 1);
    QVERIFY(line.endsWith('\n'));
    QCOMPARE(objectOf(fullReport()).value("format"_L1).toInt(), 1);
}

void tst_Report::socketIsTold()
{
    const QJsonArray pools = objectOf(fullReport()).value("pools"_L1).toArray();
    const QJsonArray peers = pools.at(0).toObject().value("peers"_L1).toArray();
    const QJsonObject near = peers.at(2).toObject();
    QCOMPARE(near.value("peer"_L1).toString(), u"localhost:/run/A b.sock"_s);
    QCOMPARE(near.value("host"_L1).toString(), u"localhost"_s);
    QVERIFY(near.value("port"_L1).isNull());
    QCOMPARE(near.value("socket"_L1).toString(), u"/run/A b.sock"_s);
    const QJsonObject other = peers.at(0).toObject();
    QVERIFY(!other.contains("socket"_L1));
    QCOMPARE(other.value("port"_L1).toInt(), 3307);
}

void tst_Report::laterFormatIsRead()
{
    QJsonObject object = objectOf(fullReport());
    object.insert("format"_L1, 2);
    object.insert("weather"_L1, QJsonObject{{u"rain"_s, true}});
    QJsonArray pools = object.value("pools"_L1).toArray();
    QJsonObject pool = pools.at(0).toObject();
    QJsonArray peers = pool.value("peers"_L1).toArray();
    QJsonObject peer = peers.at(0).toObject();
    peer.insert("zone"_L1, u"north"_s);
    peers[0] = peer;
    pool.insert("peers"_L1, peers);
    pool.insert("colour"_L1, QJsonArray{1, 2});
    pools[0] = pool;
    object.insert("pools"_L1, pools);
    const auto read = ProcessReport::read(QJsonDocument(object).toJson(QJsonDocument::Compact));
    QVERIFY(read);
    QVERIFY(*read == fullReport());
}

void tst_Report::missingFieldsAreAtTheirDefaults()
{
    const auto read = ProcessReport::read(
            R"({"format":1,"process":"x","pools":[{"peers":[{"peer":"db1"}]}]})");
    QVERIFY(read);
    QCOMPARE(read->generation, 0u);
    const PeerReport peer = read->pools.value(0).peers.value(0);
    QCOMPARE(peer.address.name(), u"db1:3306"_s);
    QCOMPARE(peer.sessions, 0);
    QVERIFY(!peer.longestTransaction);
    QVERIFY(!peer.nextCheck);
}

void tst_Report::badLines_data()
{
    using Kind = ProcessReport::Problem::Kind;
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("error");
    QTest::newRow("empty") << QByteArray() << Kind::Garbage << u"no JSON"_s;
    QTest::newRow("text") << QByteArray("HTTP/1.1 200 OK") << Kind::Garbage << u"no JSON"_s;
    QTest::newRow("binary") << QByteArray("\0\xff\xfe{", 4) << Kind::Garbage << u"no JSON"_s;
    QTest::newRow("half") << fullReport().toLine().left(100) << Kind::Garbage << u"no JSON"_s;
    QTest::newRow("two") << QByteArray("{}{}") << Kind::Garbage << u"no JSON"_s;
    QTest::newRow("array") << QByteArray("[1]") << Kind::Garbage << u"no JSON object"_s;
    QTest::newRow("deep") << QByteArray(100'000, '[') << Kind::Garbage << u"no JSON"_s;
    QTest::newRow("no format") << QByteArray(R"({"process":"x","pools":[]})") << Kind::Foreign
                               << u"format"_s;
    QTest::newRow("format 0") << QByteArray(R"({"format":0,"process":"x","pools":[]})")
                              << Kind::Foreign << u"format"_s;
    QTest::newRow("format text") << QByteArray(R"({"format":"1","process":"x","pools":[]})")
                                 << Kind::Foreign << u"format"_s;
    QTest::newRow("no process") << QByteArray(R"({"format":1,"pools":[]})") << Kind::Foreign
                                << u"process"_s;
    QTest::newRow("no pools") << QByteArray(R"({"format":1,"process":"x"})") << Kind::Foreign
                              << u"pools"_s;
    QTest::newRow("pools text") << QByteArray(R"({"format":1,"process":"x","pools":"?"})")
                                << Kind::Foreign << u"pools"_s;
}

void tst_Report::badLines()
{
    QFETCH(QByteArray, line);
    QFETCH(ProcessReport::Problem::Kind, kind);
    QFETCH(QString, error);
    const auto read = ProcessReport::read(line);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, kind);
    QVERIFY2(read.error().text.contains(error), qPrintable(read.error().text));
}

void tst_Report::badFieldsHarmNothing()
{
    const QByteArray line = R"({"format":1,"process":"x","pid":"many","generation":-4,"pools":[7,
        {"pool":[],"peers":[null,{"peer":"a,b"},{"peer":""},{"peer":"db1:99999"},
        {"peer":"db1","sessions":-3,"inUse":"no","longestTransaction":-1,"identities":"me",
         "reasons":["x"],"connectionIds":[-1,"2",0,3,1.5],"lastError":7}]}]})";
    const auto good = ProcessReport::read(line);
    QVERIFY(good);
    const ProcessReport &read = *good;
    QCOMPARE(read.generation, 0u);
    QCOMPARE(read.process.pid, 0);
    QCOMPARE(read.pools.size(), 2);
    QCOMPARE(read.pools.at(1).peers.size(), 1);
    const PeerReport &peer = read.pools.at(1).peers.at(0);
    QCOMPARE(peer.sessions, 0);
    QCOMPARE(peer.inUse, 0);
    QVERIFY(!peer.longestTransaction);
    QCOMPARE(peer.connectionIds, QList<quint64>{3});
}

// They go to the terminals of operators.
void tst_Report::textsOfOthersArePlain()
{
    ProcessReport evil = fullReport();
    const QString text = u"\x1b[2J\r\n\u009b1m"_s + QString(5000, u'x');
    for (QString *one :
         {&evil.process.application, &evil.process.host, &evil.process.user, &evil.pools[0].name})
        *one = text;
    PeerReport &peer = evil.pools[0].peers[0];
    peer.health = ReportedHealth::named(text);
    peer.serverRequest = peer.lastError.text = text;
    peer.identities = peer.problems = {text};
    peer.reasons = {{text, 1}};
    const auto good = ProcessReport::read(evil.toLine());
    QVERIFY(good);
    const ProcessReport &read = *good;
    const PeerReport &known = read.pools.at(0).peers.at(0);
    const QStringList words{read.process.application, read.process.host,       read.process.user,
                            read.pools.at(0).name,    known.health.name(),     known.serverRequest,
                            known.identities.at(0),   known.reasons.firstKey()};
    for (const QString &word : words)
        QCOMPARE(word, u" [2J   1m"_s + QString(291, u'x'));
    peer.address.host = u"db1\x1b[2J"_s;
    const auto withoutPeer = ProcessReport::read(evil.toLine());
    QVERIFY(withoutPeer);
    for (const PeerReport &one : withoutPeer->pools.at(0).peers)
        QVERIFY2(!one.address.name().contains(u'\x1b'), qPrintable(one.address.name()));
    for (const QString &sentence : {known.lastError.text, known.problems.at(0)})
        QCOMPARE(sentence, u" [2J   1m"_s + QString(991, u'x'));
}

void tst_Report::initSqlIsNotTold()
{
    const QString said = InitFailureText::of(u"You have an error near 'SET @key = 's3cret''"_s);
    QVERIFY(said.contains(u"s3cret"_s));
    QCOMPARE(InitFailureText::withoutStatement(said), u"INIT_SQL failed"_s);
    QCOMPARE(InitFailureText::withoutStatement(u"no replacement: 1064 "_s + said),
             u"no replacement: 1064 INIT_SQL failed"_s);
    QCOMPARE(InitFailureText::withoutStatement(u"1045 Access denied"_s), u"1045 Access denied"_s);
}

QTEST_GUILESS_MAIN(tst_Report)
#include "tst_report.moc"
