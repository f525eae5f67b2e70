// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "fakeclock.h"
#include "madeupcluster.h"

#include "cluster/peersearch.h"
#include "models/applicationsmodel.h"
#include "models/copycommand.h"
#include "models/detailsmodel.h"
#include "models/draincard.h"
#include "models/drainforecast.h"
#include "models/eventsmodel.h"
#include "models/eventsorder.h"
#include "models/peerexport.h"
#include "models/peerlook.h"
#include "models/peerreport.h"
#include "models/peersmodel.h"
#include "models/poolsummary.h"
#include "verdict/drainverdict.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// As a program reads RFC 4180.
QList<QStringList> readCsv(const QString &text)
{
    QList<QStringList> rows{{}};
    QString cell;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (isQuoted && c == u'"' && i + 1 < text.size() && text.at(i + 1) == u'"') {
            cell += text.at(++i);
        } else if (c == u'"') {
            isQuoted = !isQuoted;
        } else if (!isQuoted && (c == u',' || c == u'\n')) {
            rows.last().append(std::exchange(cell, {}));
            if (c == u'\n')
                rows.append(QStringList());
        } else if (isQuoted || c != u'\r') {
            cell += c;
        }
    }
    rows.removeLast();
    return rows;
}

} // namespace

/// What the window says.
class tst_MonitorTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looks_data();
    void looks();
    void slowPeers();
    void problemsAndWorst();
    void summaries();
    void sentences();
    void shares();
    void drainCards();
    void verdictsNameTheReason();
    void forecasts();
    void markdown();
    void csv();
    void csvHasNoFormulas_data();
    void csvHasNoFormulas();
    void json();
    void socketOfAPeer();
    void copiedRows();
    void commands();
    void eventsAreARing();
    void eventsAreFiltered();
    void whoIsStillOnIt();
    void detailsOfAPeer();
};

void tst_MonitorTexts::looks_data()
{
    QTest::addColumn<PeerView>("peer");
    QTest::addColumn<PeerLook>("look");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const PeerView &peer, PeerLook look,
                        const QString &text) { QTest::newRow(name) << peer << look << text; };
    const auto with = [](PeerView peer, auto change) {
        change(peer);
        return peer;
    };
    using enum DrainState;
    row("up", madeup::peer(u"db1"_s), PeerLook::Up, u"Up"_s);
    row("up, asks to be left",
        with(madeup::peer(u"db1"_s), [](auto &p) { p.serverWish = u"desynced"_s; }), PeerLook::Up,
        u"Up · desynced"_s);
    row("reported",
        with(madeup::peer(u"db1"_s),
             [](auto &p) {
                 p.source = PeerView::Source::Applications;
                 p.probe = madeup::probe(u"db1"_s, std::nullopt);
             }),
        PeerLook::Up, u"Up (reported by applications)"_s);
    row("suspect", madeup::peer(u"db1"_s, u"Suspect"_s), PeerLook::Checking, u"Checking"_s);
    row("down", madeup::peer(u"db1"_s, u"Down"_s), PeerLook::Down, u"Down"_s);
    row("recheck", with(madeup::peer(u"db1"_s, u"Down"_s), [](auto &p) { p.nextCheck = 12.7; }),
        PeerLook::Down, u"Down · recheck in 12 s"_s);
    row("rechecking", with(madeup::peer(u"db1"_s, u"Down"_s), [](auto &p) { p.nextCheck = 0.2; }),
        PeerLook::Down, u"Down · rechecking"_s);
    row("not ready", with(madeup::peer(u"db1"_s, u"NotReady"_s), [](auto &p) { p.nextCheck = 3; }),
        PeerLook::Down, u"Not ready · recheck in 3 s"_s);
    row("blocked", madeup::peer(u"db1"_s, u"Blocked"_s), PeerLook::Down, u"Blocked"_s);
    row("of a later version", madeup::peer(u"db1"_s, u"Hibernating"_s), PeerLook::Down,
        u"Hibernating"_s);
    row("no data", madeup::peer(u"db1"_s, u"Unknown"_s), PeerLook::NoData, u"No data"_s);
    row("no data any more",
        with(madeup::peer(u"db1"_s, u"Unknown"_s), [](auto &p) { p.past.dataAge = 35.2; }),
        PeerLook::NoData, u"No data for 35 s"_s);
    row("login refused",
        with(madeup::peer(u"db1"_s, u"Unknown"_s),
             [](auto &p) {
                 p.probe = madeup::probe(u"db1"_s, std::nullopt);
                 p.probe->failure->errorClass = ErrorClass::Login;
             }),
        PeerLook::NoData, u"No data · login refused"_s);
    row("not tried",
        with(madeup::peer(u"db1"_s, u"Unknown"_s),
             [](auto &p) { p.source = PeerView::Source::Applications; }),
        PeerLook::NoData, u"Not tried yet"_s);
    row("requested", madeup::draining(u"db1"_s, Requested, 41, 41), PeerLook::Draining,
        u"Draining · 41 of 41 left"_s);
    row("draining", madeup::draining(u"db1"_s, Draining, 7, 41), PeerLook::Draining,
        u"Draining · 7 of 41 left"_s);
    row("draining, unseen",
        with(madeup::draining(u"db1"_s, Draining, 0, 0), [](auto &p) { p.isReported = false; }),
        PeerLook::Draining, u"Draining · sessions not known"_s);
    row("empty, unseen",
        with(madeup::draining(u"db1"_s, Empty, 0, 0), [](auto &p) { p.isReported = false; }),
        PeerLook::Draining, u"Draining · sessions not known"_s);
    row("draining and down",
        with(madeup::draining(u"db1"_s, Draining, 7, 41), [](auto &p) { p.health = Health::Down; }),
        PeerLook::Draining, u"Draining · 7 of 41 left · down"_s);
    row("stalled", madeup::draining(u"db1"_s, Stalled, 1, 41), PeerLook::Stalled,
        u"Stalled · 1 of 41 left"_s);
    row("drained", madeup::draining(u"db1"_s, Empty, 0, 41), PeerLook::Drained,
        u"Drained · not yet safe to stop"_s);
    row("safe", madeup::draining(u"db1"_s, SafeToStop, 0, 41), PeerLook::SafeToStop,
        u"Safe to stop"_s);
    row("stopped",
        with(madeup::draining(u"db1"_s, Stopped, 0, 41), [](auto &p) { p.health = Health::Down; }),
        PeerLook::Stopped, u"Stopped"_s);
}

void tst_MonitorTexts::looks()
{
    QFETCH(const PeerView, peer);
    QFETCH(const PeerLook, look);
    QFETCH(const QString, text);
    QCOMPARE(lookOf(peer), look);
    QCOMPARE(stateText(peer, look), text);
    // What is spoken of a peer does not change by itself.
    PeerView later = peer;
    if (later.nextCheck)
        *later.nextCheck /= 2;
    if (later.past.dataAge)
        *later.past.dataAge += 7;
    later.past.stateAge = 99;
    QCOMPARE(sentenceOf(later, look), sentenceOf(peer, look));
}

void tst_MonitorTexts::slowPeers()
{
    PeerView slow = madeup::peer(u"db3"_s);
    slow.isSlow = true;
    QCOMPARE(lookOf(slow), PeerLook::Slow);
    PeerView draining = madeup::draining(u"db3"_s, DrainState::Draining, 1, 2);
    draining.isSlow = true;
    QCOMPARE(lookOf(draining), PeerLook::Draining);
}

void tst_MonitorTexts::problemsAndWorst()
{
    for (const PeerLook look :
         {PeerLook::Down, PeerLook::Stalled, PeerLook::NoData, PeerLook::Checking, PeerLook::Slow})
        QVERIFY(isProblem(look));
    // A drained peer that goes down raises no alarm.
    for (const PeerLook look : {PeerLook::Up, PeerLook::Draining, PeerLook::Drained,
                                PeerLook::SafeToStop, PeerLook::Stopped})
        QVERIFY(!isProblem(look));
    const auto worst = [](const QList<PeerView> &peers) {
        return worstOf({u"orders"_s, {}, peers});
    };
    const PeerView stopped = madeup::draining(u"db1"_s, DrainState::Stopped);
    QCOMPARE(worst({}), PeerLook::NoData);
    QCOMPARE(worst({madeup::peer(u"db1"_s)}), PeerLook::Up);
    QCOMPARE(worst({madeup::peer(u"db2"_s), stopped}), PeerLook::Stopped);
    QCOMPARE(worst({stopped, madeup::peer(u"db2"_s, u"Down"_s), madeup::peer(u"db3"_s)}),
             PeerLook::Down);
}

void tst_MonitorTexts::summaries()
{
    ClusterView view = madeup::view({madeup::reported(u"db1"_s, 38),
                                     madeup::draining(u"db2"_s, DrainState::Draining, 7, 41),
                                     madeup::reported(u"db3"_s, 30),
                                     madeup::peer(u"db4"_s, u"Down"_s),
                                     madeup::reported(u"db5"_s, 29)});
    for (int i = 0; i < 12; ++i)
        view.processes.append(madeup::process(u"p%1"_s.arg(i), u"app"_s, {}));
    view.processes.append(madeup::process(u"other"_s, u"app"_s, {}, u"staging"_s));
    QCOMPARE(summaryOf(view.pools.constFirst(), view),
             u"3 of 5 up · 1 draining · 1 down · 104 session(s) in 12 application(s)"_s);
    view.processes[3].presence = KnownProcess::Presence::Silent;
    QVERIFY(summaryOf(view.pools.constFirst(), view).endsWith(u" · 1 application(s) silent"_s));
    const ClusterView nobody = madeup::view({madeup::peer(u"db1"_s, u"Unknown"_s)});
    QCOMPARE(summaryOf(nobody.pools.constFirst(), nobody),
             u"0 of 1 up · 1 without data · no application reports"_s);
}

void tst_MonitorTexts::sentences()
{
    PeerView peer = madeup::draining(u"db2"_s, DrainState::Draining, 7, 41);
    peer.inUse = 2;
    QCOMPARE(sentenceOf(peer, PeerLook::Draining),
             u"db2:3306, Draining, 7 of 41 left, 2 in use, drained by alice@admin1"_s);
    PeerView down = madeup::reported(u"db4"_s, 0);
    down.health = Health::Down;
    down.nextCheck = 12;
    down.past.errors5m = 14;
    QCOMPARE(sentenceOf(down, PeerLook::Down),
             u"db4:3306, Down, 0 session(s), 14 error(s) in five minutes"_s);
}

void tst_MonitorTexts::shares()
{
    PeersModel model(u"orders"_s);
    model.setView(madeup::view({madeup::reported(u"db1"_s, 38), madeup::reported(u"db2"_s, 65),
                                madeup::peer(u"db3"_s), madeup::reported(u"db4"_s, 0)}));
    const auto cell = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(cell(0, PeersModel::Share), u"37%"_s);
    QCOMPARE(cell(2, PeersModel::Share), u"–"_s); // not known is not 0
    QCOMPARE(cell(2, PeersModel::Sessions), u"–"_s);
    QCOMPARE(cell(3, PeersModel::Share), u"0%"_s);
    // A countdown is seen, and not heard.
    PeerView down = madeup::peer(u"db4"_s, u"Down"_s);
    down.nextCheck = 12;
    model.setView(madeup::view({down}));
    QCOMPARE(cell(0, PeersModel::State), u"Down · recheck in 12 s"_s);
    QCOMPARE(model.index(0, PeersModel::State).data(Qt::AccessibleTextRole).toString(), u"Down"_s);
    QCOMPARE(PeersModel::DefaultColumns, 10);
    for (int column = 0; column < PeersModel::ColumnCount; ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
}

void tst_MonitorTexts::drainCards()
{
    ClusterView view = madeup::view(
            {madeup::draining(u"db2"_s, DrainState::Draining, 7, 41), madeup::peer(u"db1"_s)});
    QVERIFY(!drainCardOf(view, u"db1:3306"_s).isDraining);
    QVERIFY(!drainCardOf(view, u"db9:3306"_s).isDraining);
    PeerView &peer = view.pools[0].peers[0];
    peer.drain.timeLeft = 24.2;
    peer.drain.checks = {{u"quiet"_s, DrainCheck::State::Fail, u"quiet 0 of 10 s"_s}};
    const DrainCard card = drainCardOf(view, u"db2:3306"_s);
    QVERIFY(card.isDraining);
    QCOMPARE(card.title, u"Drain of db2:3306"_s);
    QCOMPARE(card.progress, u"34 of 41 moved · about 25 s left"_s);
    QCOMPARE(card.who, u"asked for by alice@admin1: kernel update"_s);
    QCOMPARE(card.moved, 34);
    QCOMPARE(card.verdict, u"NOT YET SAFE TO STOP: 7 session(s) left"_s);
    QVERIFY(!card.isSafe);
    QCOMPARE(drainCardOf(view, u"db2:3306"_s), card);
    peer.drain.timeLeft.reset();
    QCOMPARE(drainCardOf(view, u"db2:3306"_s).progress, u"34 of 41 moved"_s);
    QCOMPARE(markOf(DrainCheck::State::Pass) + markOf(DrainCheck::State::Fail)
                     + markOf(DrainCheck::State::NotChecked),
             u"✓○?"_s);
}

void tst_MonitorTexts::verdictsNameTheReason()
{
    using enum DrainState;
    ClusterView view = madeup::view({madeup::draining(u"db2"_s, Stalled, 5, 41)});
    DrainAssessment &drain = view.pools[0].peers[0].drain;
    const auto verdict = [&view] { return drainCardOf(view, u"db2:3306"_s).verdict; };
    drain.obstacles = {u"billing-worker (app3, pid 8112): a transaction open for 12 min"_s};
    QCOMPARE(verdict(),
             u"NOT YET SAFE TO STOP: billing-worker (app3, pid 8112): a transaction open "
             "for 12 min"_s);
    drain.obstacles.append(u"web: silent"_s);
    QVERIFY(verdict().endsWith(u"12 min; and 1 more"_s));
    drain = {};
    drain.state = Empty;
    drain.checks = {{u"applications"_s, DrainCheck::State::Pass, u"12 of 12 know"_s},
                    {u"quiet"_s, DrainCheck::State::Fail, u"quiet 4 of 10 s"_s},
                    {u"silent"_s, DrainCheck::State::Fail, u"1 application(s) silent: web"_s}};
    QCOMPARE(verdict(), u"NOT YET SAFE TO STOP: quiet 4 of 10 s; 1 application(s) silent: web"_s);
    const QString quiet = drainCardOf(view, u"db2:3306"_s).quietVerdict;
    QVERIFY2(!quiet.contains(u"4"_s), qPrintable(quiet)); // it counts up each second
    drain.checks[1].state = DrainCheck::State::NotChecked;
    QVERIFY(verdict().startsWith(u"NOT KNOWN TO BE SAFE"_s));
    drain.state = SafeToStop;
    drain.checks = {{u"server"_s, DrainCheck::State::NotChecked, u"not checked"_s}};
    QCOMPARE(verdict(), u"SAFE TO STOP, as far as could be looked at"_s);
    drain.checks = {};
    QCOMPARE(verdict(), u"SAFE TO STOP"_s);
    drain.state = Stopped;
    QVERIFY(verdict().startsWith(u"STOPPED"_s));
}

void tst_MonitorTexts::forecasts()
{
    ClusterView view = madeup::view({madeup::reported(u"db1"_s, 38), madeup::reported(u"db2"_s, 41),
                                     madeup::reported(u"db3"_s, 30),
                                     madeup::peer(u"db4"_s, u"Down"_s)});
    view.processes = {madeup::process(u"a"_s, u"app"_s, {madeup::report(u"db2"_s, 41)})};
    QList<PeerView> &peers = view.pools[0].peers;
    peers[0].weight = 3;
    peers[0].probe = madeup::probe(u"db1"_s, 3.0);
    peers[0].probe->sessionLimit = 60;
    DrainForecast forecast = drainForecastOf(view, u"db2:3306"_s);
    QVERIFY(forecast.isKnown && !forecast.isDraining);
    QCOMPARE(forecast.sessions, std::optional(41));
    QCOMPARE(forecast.othersUp, 2);
    QCOMPARE(forecast.landings.size(), 2); // nobody lands on one that is down
    QCOMPARE(forecast.landings.at(0).more, 31);
    QCOMPARE(forecast.landings.at(1).more, 11);
    QCOMPARE(forecast.sessionsText(), u"41 session(s) on it now"_s);
    QCOMPARE(forecast.warning(), u"db1:3306 allows 60 sessions and would need about 69."_s);
    QVERIFY(forecast.lastHealthyOf.isEmpty());

    peers[0].service = Service::Draining;
    forecast = drainForecastOf(view, u"db2:3306"_s);
    QCOMPARE(forecast.alsoDraining, QStringList{u"db1:3306"_s});
    QCOMPARE(forecast.warning(), u"A drain is under way already: db1:3306."_s);
    peers[2].health = Health::Down;
    peers[2].proof = PeerJudgement::Proof::NotUp;
    forecast = drainForecastOf(view, u"db2:3306"_s);
    QCOMPARE(forecast.lastHealthyOf, u"orders"_s);
    QCOMPARE(forecast.othersUp, 0);
    // That one is down already: it cannot be the last.
    QVERIFY(drainForecastOf(view, u"db4:3306"_s).lastHealthyOf.isEmpty());
    QVERIFY(!drainForecastOf(view, u"db9:3306"_s).isKnown);
    view.processes.clear();
    QVERIFY(!drainForecastOf(view, u"db2:3306"_s).sessions);
}

void tst_MonitorTexts::markdown()
{
    ClusterView view = madeup::view({madeup::draining(u"db2"_s, DrainState::Stalled, 1, 41)});
    PeerView &peer = view.pools[0].peers[0];
    peer.error = u"2003 a|b *c*\nd"_s;
    peer.drain.checks = {{u"others"_s, DrainCheck::State::Pass, u"2 other peer(s) up"_s}};
    view.processes = {madeup::process(u"a"_s, u"billing|worker"_s, {madeup::report(u"db2"_s, 1)})};
    const QString text = markdownOf(view, u"orders"_s, u"db2:3306"_s);
    QVERIFY(text.startsWith(u"# db2:3306\n\nPool orders, 2026-11-26 14:03:07 UTC\n"_s));
    QVERIFY(text.contains(u"\n## Drain of db2:3306\n"_s));
    QVERIFY(text.contains(u"\n- ✓ 2 other peer(s) up\n"_s));
    QVERIFY(text.contains(u"\n| Last error | 2003 a\\|b \\*c\\* d |\n"_s));
    QVERIFY(text.contains(u"\n| billing\\|worker | app3 | 8112 | 1 |"_s));
    QVERIFY(markdownOf(view, u"orders"_s, u"db9:3306"_s).isEmpty());
}

void tst_MonitorTexts::csv()
{
    ClusterView view = madeup::view({madeup::draining(u"db2"_s, DrainState::Stalled, 1, 41),
                                     madeup::peer(u"db3"_s, u"Unknown"_s)});
    view.pools[0].peers[0].entry->reason = u"said \"now\", and\r\nmeant it; ü"_s;
    const QByteArray bytes = csvOf(view.pools.constFirst());
    QVERIFY(bytes.endsWith("\r\n"));
    const QList<QStringList> rows = readCsv(QString::fromUtf8(bytes));
    QCOMPARE(rows.size(), 3);
    for (const QStringList &row : rows)
        QCOMPARE(row.size(), rows.constFirst().size());
    const auto cell = [&rows](int row, const QString &column) {
        return rows.at(row).at(rows.constFirst().indexOf(column));
    };
    QCOMPARE(cell(1, u"peer"_s), u"db2:3306"_s);
    QCOMPARE(cell(1, u"drain"_s), u"stalled"_s);
    QCOMPARE(cell(1, u"sessions"_s), u"1"_s);
    QCOMPARE(cell(1, u"reason"_s), u"said \"now\", and\r\nmeant it; ü"_s);
    QCOMPARE(cell(2, u"sessions"_s), QString()); // not known is not 0
    QCOMPARE(cell(2, u"health"_s), u"Unknown"_s);
}

// A spreadsheet runs them, and anybody who may drain writes reasons.
void tst_MonitorTexts::csvHasNoFormulas_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("written");
    for (const char first : {'=', '+', '-', '@', '\t', '\r'}) {
        const QString reason = QChar::fromLatin1(first) + u"cmd|'/c calc'!A0"_s;
        QTest::addRow("0x%02x", uint(first)) << reason << u'\'' + reason;
    }
    QTest::newRow("number") << u"-1.5"_s << u"-1.5"_s;
    QTest::newRow("within") << u"a=b"_s << u"a=b"_s;
}

void tst_MonitorTexts::csvHasNoFormulas()
{
    QFETCH(QString, reason);
    QFETCH(QString, written);
    ClusterView view = madeup::view({madeup::draining(u"db2"_s, DrainState::Draining, 1, 41)});
    view.pools[0].peers[0].entry->reason = reason;
    const auto rows = readCsv(QString::fromUtf8(csvOf(view.pools.constFirst())));
    QCOMPARE(rows.at(1).at(rows.at(0).indexOf(u"reason"_s)), written);
}

void tst_MonitorTexts::json()
{
    ClusterView view = madeup::view({madeup::peer(u"db1"_s)});
    view.pools.append({u"staging"_s, {}, {madeup::peer(u"db2"_s)}});
    const QJsonArray pools =
            QJsonDocument::fromJson(jsonOf(view, u"staging"_s)).object()[u"pools"_s].toArray();
    QCOMPARE(pools.size(), 1);
    QCOMPARE(pools.at(0)[u"peers"_s][0][u"peer"_s].toString(), u"db2:3306"_s);
}

void tst_MonitorTexts::socketOfAPeer()
{
    PeerView near = madeup::peer(u"localhost"_s);
    near.address = {u"localhost"_s, 0, u"/run/A b.sock"_s};
    const ClusterView view = madeup::view({near, madeup::peer(u"db1"_s)});
    PeersModel model(u"orders"_s);
    model.setView(view);
    const QModelIndex cell = model.index(0, PeersModel::Peer);
    QCOMPARE(cell.data().toString(), u"localhost:/run/A b.sock"_s);
    QCOMPARE(cell.data(PeersModel::NameRole).toString(), u"localhost:/run/A b.sock"_s);
    const auto rows = readCsv(QString::fromUtf8(csvOf(view.pools.constFirst())));
    QCOMPARE(rows.at(1).mid(1, 3), QStringList({u"localhost:/run/A b.sock"_s, u"localhost"_s, {}}));
    const QJsonArray pools =
            QJsonDocument::fromJson(jsonOf(view, u"orders"_s)).object()[u"pools"_s].toArray();
    const QJsonValue peers = pools.at(0)[u"peers"_s];
    QVERIFY(peers[0][u"port"_s].isNull());
    QCOMPARE(peers[0][u"socket"_s].toString(), u"/run/A b.sock"_s);
    QCOMPARE(peers[1][u"port"_s].toInt(), 3306);
    QVERIFY(peers[1][u"socket"_s].isNull());
}

void tst_MonitorTexts::copiedRows()
{
    ClusterView view = madeup::view(
            {madeup::reported(u"db1"_s, 4), madeup::peer(u"db2"_s, u"Down"_s)});
    PeersModel model(u"orders"_s);
    model.setView(view);
    QModelIndexList indexes;
    for (int row = 1; row >= 0; --row) {
        for (const int column : {PeersModel::Trend, PeersModel::State, PeersModel::Peer})
            indexes.append(model.index(row, column));
    }
    QCOMPARE(tabSeparated(indexes), u"Peer\tState\ndb1:3306\tUp\ndb2:3306\tDown"_s);
    QCOMPARE(tabSeparated({}), QString());
}

void tst_MonitorTexts::commands()
{
    DrainRequest request{.peer = u"db2:3306"_s,
                         .service = Service::Draining,
                         .reason = u"kernel update"_s};
    QCOMPARE(commandOf(request), u"qproxysql-ctl drain db2:3306 --reason 'kernel update'"_s);
    request.reason.clear();
    request.isForced = true;
    QCOMPARE(commandOf(request, {u"--pool"_s, u"my pool"_s}),
             u"qproxysql-ctl drain db2:3306 --force --pool 'my pool'"_s);
    request.service = Service::InService;
    QCOMPARE(commandOf(request), u"qproxysql-ctl resume db2:3306"_s);
    QCOMPARE(recheckCommand(u"localhost:/run/a b.sock"_s),
             u"qproxysql-ctl recheck 'localhost:/run/a b.sock'"_s);
    QCOMPARE(recheckCommand(u"localhost:/run/a@1.sock"_s),
             u"qproxysql-ctl recheck localhost:/run/a@1.sock"_s);
    QCOMPARE(recheckCommand(u"[2001:db8::1]:3306"_s),
             u"qproxysql-ctl recheck '[2001:db8::1]:3306'"_s);
    // A shell gets back what was given, whatever it is.
    const QString nasty = u"it's $HOME `id` \"x\" \\ ; rm -rf * ü\n!"_s;
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"printf %s "_s + shellQuoted(nasty)});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), nasty);
    QCOMPARE(shellQuoted({}), u"''"_s);
    QCOMPARE(shellQuoted(u"~"_s), u"'~'"_s);
}

void tst_MonitorTexts::eventsAreARing()
{
    EventsModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto events = [](int first, int count) {
        QList<ClusterEvent> all;
        for (int i = first; i < first + count; ++i)
            all.append({QDateTime::fromSecsSinceEpoch(i, Qt::UTC),
                        ClusterEvent::Kind::Health,
                        u"orders"_s,
                        u"db1:3306"_s,
                        {},
                        QString::number(i)});
        return all;
    };
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.append({});
    model.append(events(0, EventsModel::Most - 1));
    model.append(events(EventsModel::Most - 1, 3));
    QCOMPARE(model.rowCount(), EventsModel::Most);
    QCOMPARE(model.eventAt(0).text, u"2"_s);
    QCOMPARE(model.eventAt(EventsModel::Most - 1).text, QString::number(EventsModel::Most + 1));
    model.append(events(20'000, EventsModel::Most + 5));
    QCOMPARE(model.rowCount(), EventsModel::Most);
    QCOMPARE(model.eventAt(0).text, u"20005"_s);
    QCOMPARE(reset.size(), 0);
}

void tst_MonitorTexts::eventsAreFiltered()
{
    EventsModel model;
    const QDateTime time = QDateTime::fromSecsSinceEpoch(0, Qt::UTC);
    model.append(
            {{time, ClusterEvent::Kind::Drain, u"orders"_s, u"db1:3306"_s, u"alice"_s,
              u"drained: disk"_s},
             {time, ClusterEvent::Kind::Health, u"staging"_s, u"db2:3306"_s, {}, u"Down, was Up"_s},
             {time, ClusterEvent::Kind::Trouble, {}, {}, {}, u"disk full"_s}});
    EventsOrder order;
    order.setSourceModel(&model);
    QCOMPARE(order.rowCount(), 3);
    order.setFilterText(u"DISK"_s);
    QCOMPARE(order.rowCount(), 2);
    order.setFilterText({});
    order.setPool(u"orders"_s);
    QCOMPARE(order.rowCount(), 2); // and what belongs to no pool
    order.setActionsOnly(true);
    QCOMPARE(order.rowCount(), 1);
    QCOMPARE(order.index(0, EventsModel::By).data().toString(), u"alice"_s);
    QVERIFY(order.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"drained: disk"_s));
}

void tst_MonitorTexts::whoIsStillOnIt()
{
    FakeClock clock;
    ClusterView view = madeup::view({madeup::draining(u"db1"_s, DrainState::Stalled, 4, 9)});
    PeerView &peer = view.pools[0].peers[0];
    PeerReport busy = madeup::report(u"db1"_s, 4);
    busy.inUse = 1;
    busy.longestTransaction = 720;
    busy.service = Service::Draining;
    KnownProcess knows = madeup::process(u"a"_s, u"billing-worker"_s, {busy});
    knows.report->generation = peer.entry->generation;
    KnownProcess unaware = madeup::process(u"b"_s, u"web"_s, {madeup::report(u"db1"_s, 0)});
    KnownProcess refuses = knows;
    refuses.process.id = u"c"_s;
    refuses.report->pools[0].control = Control::Off;
    KnownProcess silent = knows;
    silent.process.id = u"d"_s;
    silent.presence = KnownProcess::Presence::Silent;
    silent.answered = clock.now() - 35s;
    view.processes = {knows, unaware, refuses, silent};

    ApplicationsModel model(nullptr, clock);
    model.setView(view, u"db1:3306"_s);
    const auto cell = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(cell(0, ApplicationsModel::Application), u"billing-worker"_s);
    QCOMPARE(cell(0, ApplicationsModel::Pid), u"8112"_s);
    QCOMPARE(cell(0, ApplicationsModel::Sessions), u"4"_s);
    QCOMPARE(cell(0, ApplicationsModel::Transaction), u"12 min"_s);
    QCOMPARE(cell(0, ApplicationsModel::Idle), u"–"_s);
    QCOMPARE(cell(0, ApplicationsModel::KnowsDrain), u"yes"_s);
    QCOMPARE(cell(1, ApplicationsModel::KnowsDrain), u"no"_s);
    QCOMPARE(cell(2, ApplicationsModel::KnowsDrain), u"refuses"_s);
    QCOMPARE(cell(3, ApplicationsModel::KnowsDrain), u"does not answer for 35 s"_s);
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(),
             u"billing-worker (app3, pid 8112), 4 session(s), a transaction open, knows of the "
             "drain: yes"_s);

    // The server lists more than anybody here owns up to; our own connection does not count.
    peer.probe = madeup::probe(u"db1"_s, 3.0);
    peer.probe->connectionId = 900;
    peer.probe->serverList.isChecked = true;
    for (const quint64 id : {1, 2, 3, 4, 900, 901, 902})
        peer.probe->serverList.rows.append({id, u"backup"_s, u"vault:%1"_s.arg(id)});
    view.processes = {knows};
    view.hasLogin = true;
    model.setView(view, u"db1:3306"_s);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(1, ApplicationsModel::Application), u"other sessions: backup@vault"_s);
    QCOMPARE(cell(1, ApplicationsModel::Sessions), u"2"_s);
    QCOMPARE(cell(1, ApplicationsModel::KnowsDrain), u"–"_s);
    // Not checked: nothing is known of others.
    peer.probe->serverList.isChecked = false;
    model.setView(view, u"db1:3306"_s);
    QCOMPARE(model.rowCount(), 1);
}

void tst_MonitorTexts::detailsOfAPeer()
{
    ClusterView view = madeup::view({madeup::draining(u"db1"_s, DrainState::Draining, 2, 5)});
    PeerView &peer = view.pools[0].peers[0];
    peer.probe = madeup::probe(u"db1"_s, 3.14);
    peer.probe->facts.version = u"10.11.6-MariaDB"_s;
    peer.probe->usesTls = true;
    DetailsModel model;
    model.setView(view, u"orders"_s, u"db1:3306"_s);
    const auto value = [&model](const QString &key) {
        const int row = model.rowOf(key);
        return row < 0 ? QString() : model.index(row, DetailsModel::Value).data().toString();
    };
    QCOMPARE(value(u"version"_s), u"10.11.6-MariaDB"_s);
    QCOMPARE(value(u"connect"_s), u"3.1 ms"_s);
    QCOMPARE(value(u"tls"_s), u"yes"_s);
    QCOMPARE(value(u"serverList"_s), u"not checked"_s);
    QCOMPARE(value(u"wish"_s), u"alice@admin1"_s);
    QCOMPARE(value(u"weight"_s), QString()); // not known: left out
    model.setView(view, u"staging"_s, u"db1:3306"_s);
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(tst_MonitorTexts)
#include "tst_monitortexts.moc"
