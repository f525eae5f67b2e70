// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "mutator.h"

#include "config/configresolver.h"
#include "config/connectoptions.h"
#include "config/poolfile.h"
#include "drain/draindocument.h"
#include "report/processreport.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

/// Throws damaged input at everything that reads what others wrote: for a second each, or for
/// QPROXYSQL_FUZZ_SECONDS. QPROXYSQL_FUZZ_SEED repeats a run. Besides not crashing, what is refused must
/// be refused with a reason, and what is understood must survive being written and read again.
class tst_Fuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void drainDocument();
    void processReport();
    void poolFile();
    void connectOptions();

private:
    /// True from \a read: the input was understood.
    void fuzz(const QByteArrayList &corpus, const QByteArrayList &words,
              const std::function<bool(const QByteArray &)> &read) const;

    quint32 m_seed = 0;
    int m_seconds = 1;
};

void tst_Fuzz::initTestCase()
{
    const QByteArray seed = qgetenv("QPROXYSQL_FUZZ_SEED");
    m_seed = seed.isEmpty() ? QRandomGenerator::global()->generate() : seed.toUInt();
    m_seconds = qMax(1, qEnvironmentVariableIntValue("QPROXYSQL_FUZZ_SECONDS"));
#ifdef QPROXYSQL_LONG_TEST
    m_seconds = qMax(60, m_seconds);
#endif
    qInfo("QPROXYSQL_FUZZ_SEED=%u QPROXYSQL_FUZZ_SECONDS=%d", m_seed, m_seconds);
}

void tst_Fuzz::fuzz(const QByteArrayList &corpus, const QByteArrayList &words,
                    const std::function<bool(const QByteArray &)> &read) const
{
    for (const QByteArray &good : corpus)
        QVERIFY2(read(good), good.constData());
    Mutator mutator(m_seed, corpus, words);
    QElapsedTimer timer;
    timer.start();
    int inputs = 0;
    int understood = 0;
    while (!timer.hasExpired(m_seconds * 1000) && !QTest::currentTestFailed()) {
        const QByteArray input = mutator.next();
        ++inputs;
        if (!read(input))
            continue;
        ++understood;
        mutator.keep(input);
    }
    qInfo("%d inputs, %d understood", inputs, understood);
    QVERIFY2(understood > 0 && understood < inputs, "the inputs are all of one kind");
}

void tst_Fuzz::drainDocument()
{
    DrainDocument whole;
    DrainRequest entry;
    entry.peer = u"db2:3306"_s;
    entry.service = Service::Draining;
    entry.generation = 8;
    entry.requestedBy = u"ops"_s;
    entry.at = QDateTime::fromString(u"2026-11-25T12:00:00Z"_s, Qt::ISODate);
    whole.entries = {entry};
    fuzz({whole.toJson()},
         {"\"format\":2", "\"format\":1e300", "\"generation\":-1", "\"generation\":9007199254740993",
          "\"entries\":[[[", "\"service\":\"inService\"", "\"identities\":[1,null]", "null", "{}"},
         [](const QByteArray &input) {
             const auto read = DrainDocument::parse(input);
             if (!read) {
                 QTest::qVerify(!read.error().isEmpty(), "there is an error", input.constData(),
                                __FILE__, __LINE__);
                 return false;
             }
             if (read->isOfNewerFormat())
                 return true; // obeyed, never written
             const auto again = DrainDocument::parse(read->toJson());
             QTest::qVerify(again && again->entries == read->entries, "the same when read again",
                            input.constData(), __FILE__, __LINE__);
             return true;
         });
}

void tst_Fuzz::processReport()
{
    ProcessReport report;
    report.process = {u"a1b2"_s, u"billing"_s, u"app3"_s, 8112, u"app"_s};
    report.generation = 7;
    PeerReport peer;
    peer.address = {u"db1"_s, 3306};
    peer.identities = QStringList{u"node1"_s};
    peer.health = Health::Up;
    peer.service = Service::InService;
    peer.sessions = 3;
    peer.reasons = {{u"user_variables"_s, 1}};
    peer.longestTransaction = 2.5;
    peer.connectionIds = {12, 13};
    report.pools = {{u"orders"_s, Control::Local, {peer}}};
    fuzz({report.toLine()},
         {"\"format\":2", "\"sessions\":-1", "\"sessions\":1e300", "\"pools\":{}", "[[[[[[", "null",
          "\"peers\":[null]", "\"connectionIds\":[-1,1e99,\"x\"]"},
         [](const QByteArray &input) {
             const auto read = ProcessReport::read(input);
             if (!read) {
                 QTest::qVerify(!read.error().text.isEmpty(), "there is an error",
                                input.constData(), __FILE__, __LINE__);
                 return false;
             }
             const auto again = ProcessReport::read(read->toLine());
             QTest::qVerify(again && *again == *read, "the same when read again", input.constData(),
                            __FILE__, __LINE__);
             return true;
         });
}

void tst_Fuzz::poolFile()
{
    fuzz({"# pools\n[orders]\npeers = db1:3306*3, db2, [2001:db8::1]:3307\ncheck_interval = 5\n"
          "check_sql = \"SELECT 1\"\nbalance = leastconn\n[other]\npeers=db9\n"},
         {"[", "]", "\"\"", "peers", "check_interval = 1e99", "*1000", "*0", ":65536", "\n[x]\n",
          "control = off", "max_idle = -1"},
         [](const QByteArray &input) {
             const auto read = PoolFile::parse(input, u"/etc/qproxysql.ini"_s);
             QTest::qVerify(read || read.error().contains(u"/etc/qproxysql.ini"_s),
                            "the error names the file", input.constData(), __FILE__, __LINE__);
             QTest::qVerify(!read || !read->pools().isEmpty(), "a pool", input.constData(),
                            __FILE__, __LINE__);
             return read.hasValue();
         });
}

void tst_Fuzz::connectOptions()
{
    const auto source = u"connect options"_s;
    fuzz({"POOL=orders;CHECK_INTERVAL=2;INIT_SQL=\"SET @a = 'x;y'\";MYSQL_OPT_SSL_CA=/ca.pem",
          "PEERS=a,b;BALANCE=first;MAX_IDLE=0;MYSQL_OPT_CONNECT_TIMEOUT=3"},
         {";", "=", "\"", "\"\"", "CHECK_INTERVAL=1e400", "OPEN_DEADLINE=-0", "IGNORE_STATE=,",
          "CONTROL=off", "MYSQL_OPT_RECONNECT=1", "\xc3\xa4"},
         [&source](const QByteArray &input) {
             const auto read = ConnectOptions::parse(QString::fromUtf8(input), source);
             if (!read) {
                 QTest::qVerify(read.error().contains(source), "the error names the source",
                                input.constData(), __FILE__, __LINE__);
                 return false;
             }
             const auto again = ConnectOptions::parse(read->innerText(), source);
             QTest::qVerify(again && again->own.empty() && again->innerText() == read->innerText(),
                            "inner options as they were", input.constData(), __FILE__, __LINE__);
             // The whole way, with what comes after the parser.
             (void) ConfigResolver::resolve(
                     {u"test"_s, u"app"_s, u"x"_s, u"db1,db2"_s, -1, QString::fromUtf8(input)});
             return true;
         });
}

QTEST_GUILESS_MAIN(tst_Fuzz)
#include "tst_fuzz.moc"
