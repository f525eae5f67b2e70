// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/metricscounters.h"
#include "cluster/metricsfile.h"
#include "cluster/metricsgauges.h"
#include "fakeclock.h"
#include "replay/notreplayed.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <sys/stat.h>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// The text that Prometheus reads, and the sums of processes that come and go.
class tst_Metrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pageIsText();
    void countersComeBackFromAPage();
    void familiesAreDocumented();
    void nothingIsUpByBelief();
    void sumsOfProcesses();
    void knownReasonsBeginWithZero();
    void processesThatEndStay();
    void processThatComesBackCountsOnce();
    void goesOnWithTheFile();
    void onlyOnePool();
    void fileIsReplaced();
    void fileOfOthersIsLeftAlone();
    void fileThatCannotBeWritten();

private:
    static KnownProcess process(const QString &id, quint64 statements,
                                const QString &application = u"billing"_s)
    {
        PeerReport peer;
        peer.address = {u"db1"_s, 3306};
        peer.counters.statements = statements;
        KnownProcess known;
        known.process.id = id;
        known.process.application = application;
        known.report = ProcessReport{known.process, 1, {{u"orders"_s, Control::Local, {peer}}}};
        return known;
    }
    static QByteArray statements(const QString &application = u"billing"_s)
    {
        return MetricsPage::series("qproxysql_statements_total", {{"pool", u"orders"_s},
                                                                  {"peer", u"db1:3306"_s},
                                                                  {"application", application}});
    }
    static QByteArray textOf(const MetricsCounters &counters)
    {
        MetricsPage page;
        counters.addTo(&page);
        return page.toText();
    }
    static double sumIn(const MetricsCounters &counters, const QByteArray &series = statements())
    {
        return MetricsPage::countersOf(textOf(counters)).value(series, -1);
    }

    FakeClock m_clock;
};

void tst_Metrics::pageIsText()
{
    MetricsPage page;
    const auto series = [](const QString &application, const QString &state) {
        return MetricsPage::series("qproxysql_sessions",
                                   {{"application", application}, {"state", state}});
    };
    page.add(series(u"a\\b\"c\nd \u00e9"_s, u"busy"_s), 2);
    page.add(series(u"a\\b\"c\nd \u00e9"_s, u"busy"_s), 1);
    page.add(MetricsPage::series("qproxysql_sessions_pinned", {{"application", u"x"_s}}), 5e9);
    page.raise(MetricsPage::series("qproxysql_unread_sources"), 0.1);
    page.raise(MetricsPage::series("qproxysql_unread_sources"), 0.05);
    const QByteArray text = page.toText();
    QVERIFY2(text.contains("\nqproxysql_sessions{application=\"a\\\\b\\\"c\\nd \xc3\xa9\","
                           "state=\"busy\"} 3\n"),
             text.constData());
    QVERIFY(text.contains("# TYPE qproxysql_sessions gauge\nqproxysql_sessions{"));
    QVERIFY2(text.contains("\nqproxysql_unread_sources 0.1\n"), text.constData());
    QCOMPARE(text.count("# HELP "), 3);
    QVERIFY(MetricsPage::isPage(text));
    QVERIFY(!MetricsPage::isPage("root:x:0:0"));
}

void tst_Metrics::countersComeBackFromAPage()
{
    const QByteArray odd = statements(u"a} \"b\\"_s);
    MetricsPage page;
    page.add(odd, 5e15);
    page.add(statements(), 7);
    page.add(MetricsPage::series("qproxysql_peer_draining", {{"pool", u"orders"_s}}), 1);
    const QByteArray text = page.toText() + "nonsense_total{a=\"b\"} 1\n" + statements(u"bad"_s)
                            + " many\n" + statements(u"less"_s) + " -1\n"
                            + "qproxysql_statements_total{pool=\"cut";
    const QMap<QByteArray, double> expected{{odd, 5e15}, {statements(), 7}};
    QCOMPARE(MetricsPage::countersOf(text), expected);
}

void tst_Metrics::familiesAreDocumented()
{
    QFile file(QStringLiteral(PROJECT_SOURCES "/docs/metrics.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    static const QRegularExpression row(u"^\\| `(qproxysql_[a-z_]+)` \\| (gauge|counter) \\|"_s,
                                        QRegularExpression::MultilineOption);
    const QString text = QString::fromUtf8(file.readAll());
    QStringList documented;
    for (auto it = row.globalMatch(text); it.hasNext();) {
        const auto found = it.next();
        documented.append(found.captured(1) + u' ' + found.captured(2));
    }
    QStringList families;
    for (const MetricFamily &family : MetricsPage::families())
        families.append(QString::fromLatin1(family.name)
                        + (family.isCounter() ? u" counter"_s : u" gauge"_s));
    QCOMPARE(documented, families);
}

void tst_Metrics::nothingIsUpByBelief()
{
    PeerReport report;
    report.address = {u"db1"_s, 3306};
    report.health = Health::Up; // as an idle application says of a server that may be dead
    report.connectAge = report.answerAge = 3600;
    PeerView peer;
    peer.address = report.address;
    peer.evidence = {evidenceOf(report, {}, 0)};
    peer.judgement = PeerJudgement(peer.evidence);
    peer.health = peer.judgement.health;
    peer.proof = peer.judgement.proof;
    ClusterView view;
    view.time = QDateTime::currentDateTimeUtc();
    view.pools = {{u"orders"_s, {}, {peer}}};
    MetricsPage page;
    addGauges(view, {}, &page);
    const QByteArray text = page.toText();
    QVERIFY2(text.contains("peer=\"db1:3306\",state=\"up\"} 0\n"), text.constData());
    QVERIFY2(text.contains("peer=\"db1:3306\",state=\"unknown\"} 1\n"), text.constData());
    QVERIFY2(text.contains("proven_up{pool=\"orders\",peer=\"db1:3306\"} 0\n"), text.constData());
}

void tst_Metrics::sumsOfProcesses()
{
    MetricsCounters counters(m_clock, {});
    counters.note({process(u"a"_s, 3), process(u"b"_s, 4), process(u"c"_s, 5, u"web"_s)});
    QCOMPARE(sumIn(counters), 7);
    QCOMPARE(sumIn(counters, statements(u"web"_s)), 5);
}

void tst_Metrics::knownReasonsBeginWithZero()
{
    KnownProcess one = process(u"a"_s, 0);
    one.report->pools[0].peers[0].transactions.lost = {{u"state"_s, 2}, {u"weather"_s, 1}};
    MetricsCounters counters(m_clock, {});
    counters.note({one});
    const QByteArray text = textOf(counters);
    for (int reason = NotReplayed::Rules; reason <= NotReplayed::Library; ++reason) {
        const QByteArray name = QByteArray(NotReplayed{NotReplayed::Reason(reason)}.name().latin1());
        QVERIFY2(text.contains("reason=\"" + name + (name == "state" ? "\"} 2\n" : "\"} 0\n")),
                 text.constData());
    }
    QVERIFY(text.contains("reason=\"weather\"} 1\n"));
    QVERIFY(text.contains("reason=\"silent\"} 0\n"));
}

void tst_Metrics::processesThatEndStay()
{
    MetricsCounters counters(m_clock, {});
    counters.note({process(u"a"_s, 3), process(u"b"_s, 4)});
    counters.note({process(u"b"_s, 5)});
    QCOMPARE(sumIn(counters), 8);
    counters.note({process(u"b"_s, 5), process(u"c"_s, 1)}); // started again
    QCOMPARE(sumIn(counters), 9);
    KnownProcess unused = process(u"b"_s, 0);
    unused.report->pools.clear(); // it has closed its last connection
    counters.note({unused});
    QCOMPARE(sumIn(counters), 9);
    counters.note({});
    m_clock.advance(2h);
    counters.note({});
    QCOMPARE(sumIn(counters), 9);
    counters.note({process(u"d"_s, 1)});
    QCOMPARE(sumIn(counters), 10);
}

void tst_Metrics::processThatComesBackCountsOnce()
{
    MetricsCounters counters(m_clock, {});
    counters.note({process(u"a"_s, 3)});
    m_clock.advance(50min); // it was frozen, and its sessions were killed
    counters.note({});
    QCOMPARE(sumIn(counters), 3);
    counters.note({process(u"a"_s, 4)});
    QCOMPARE(sumIn(counters), 4);
}

void tst_Metrics::goesOnWithTheFile()
{
    MetricsCounters before(m_clock, {});
    before.note({process(u"a"_s, 100), process(u"b"_s, 50), process(u"w"_s, 7, u"web"_s)});
    const QByteArray page = textOf(before);

    MetricsCounters after(m_clock, {});
    after.note({process(u"b"_s, 60)}); // the others have ended
    QCOMPARE(sumIn(after), 60);
    after.continueFrom(page);
    QCOMPARE(sumIn(after), 150);
    QCOMPARE(sumIn(after, statements(u"web"_s)), 7);
    after.note({process(u"b"_s, 61), process(u"c"_s, 1)});
    QCOMPARE(sumIn(after), 152);

    MetricsCounters beyond(m_clock, {});
    beyond.note({process(u"a"_s, 120), process(u"b"_s, 60)});
    beyond.continueFrom(page);
    QCOMPARE(sumIn(beyond), 180);
}

void tst_Metrics::onlyOnePool()
{
    MetricsCounters all(m_clock, {});
    all.note({process(u"a"_s, 3)});
    MetricsCounters other(m_clock, u"ord"_s);
    other.note({process(u"a"_s, 3)});
    other.continueFrom(textOf(all));
    QCOMPARE(sumIn(other), -1);
    MetricsCounters same(m_clock, u"orders"_s);
    same.continueFrom(textOf(all));
    QCOMPARE(sumIn(same), 3);
}

void tst_Metrics::fileIsReplaced()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"q.prom"_s);
    const MetricsFile file(path);
    QCOMPARE(*file.read(), QByteArray());
    const mode_t former = ::umask(0077);
    for (const QByteArray page : {"# HELP qproxysql_a 1\n", "# HELP qproxysql_b 2\n"}) {
        const auto written = file.replace(page);
        QVERIFY2(written, qPrintable(written.error()));
        QCOMPARE(*file.read(), page);
        struct stat status
        {
        };
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t(0644));
    }
    ::umask(former);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"q.prom"_s});
}

void tst_Metrics::fileOfOthersIsLeftAlone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"passwd"_s);
    QFile other(path);
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("root:x:0:0\n");
    other.close();
    const auto read = MetricsFile(path).read();
    QVERIFY(!read);
    QVERIFY2(read.error().contains(u"left alone"_s), qPrintable(read.error()));
    QVERIFY(!MetricsFile(folder.path()).read());
}

void tst_Metrics::fileThatCannotBeWritten()
{
    const auto written = MetricsFile(u"/nowhere/at/all.prom"_s).replace("# HELP qproxysql_a 1\n");
    QVERIFY(!written);
    QVERIFY2(written.error().contains(u"/nowhere/at/all.prom"_s)
                     && written.error().contains(u"No such file"_s),
             qPrintable(written.error()));
}

QTEST_GUILESS_MAIN(tst_Metrics)
#include "tst_metrics.moc"
