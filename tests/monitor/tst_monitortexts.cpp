// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "monitortextstest.h"

/// The window's texts about peers and their drains.
class tst_MonitorTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void states_data();
    void states();
    void slowPeers();
    void problemsAndWorst();
    void summaries();
    void sentences();
    void shares();
    void drainCards();
    void verdictsNameTheReason();
    void forecasts();
};

void tst_MonitorTexts::states_data()
{
    QTest::addColumn<PeerView>("peer");
    QTest::addColumn<DisplayState>("state");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const PeerView &peer, DisplayState state,
                        const QString &text) { QTest::newRow(name) << peer << state << text; };
    const auto with = [](PeerView peer, auto change) {
        change(peer);
        return peer;
    };
    using enum DrainState;
    row("up", madeup::peer(u"db1"_s), DisplayState::Up, u"Up"_s);
    row("up, asks to be left",
        with(madeup::peer(u"db1"_s), [](auto &p) { p.serverRequest = u"desynced"_s; }),
        DisplayState::Up, u"Up · desynced"_s);
    row("reported",
        with(madeup::peer(u"db1"_s),
             [](auto &p) {
                 p.source = PeerView::Source::Applications;
                 p.probe = madeup::probe(u"db1"_s, std::nullopt);
             }),
        DisplayState::Up, u"Up (reported by applications)"_s);
    row("suspect", madeup::peer(u"db1"_s, u"Suspect"_s), DisplayState::Checking, u"Checking"_s);
    row("down", madeup::peer(u"db1"_s, u"Down"_s), DisplayState::Down, u"Down"_s);
    row("recheck", with(madeup::peer(u"db1"_s, u"Down"_s), [](auto &p) { p.nextCheck = 12.7; }),
        DisplayState::Down, u"Down · recheck in 12 s"_s);
    row("rechecking", with(madeup::peer(u"db1"_s, u"Down"_s), [](auto &p) { p.nextCheck = 0.2; }),
        DisplayState::Down, u"Down · rechecking"_s);
    row("not ready", with(madeup::peer(u"db1"_s, u"NotReady"_s), [](auto &p) { p.nextCheck = 3; }),
        DisplayState::Down, u"Not ready · recheck in 3 s"_s);
    row("blocked", madeup::peer(u"db1"_s, u"Blocked"_s), DisplayState::Down, u"Blocked"_s);
    row("of a later version", madeup::peer(u"db1"_s, u"Hibernating"_s), DisplayState::Down,
        u"Hibernating"_s);
    row("no data", madeup::peer(u"db1"_s, u"Unknown"_s), DisplayState::NoData, u"No data"_s);
    row("no data any more",
        with(madeup::peer(u"db1"_s, u"Unknown"_s), [](auto &p) { p.past.dataAge = 35.2; }),
        DisplayState::NoData, u"No data for 35 s"_s);
    row("login refused",
        with(madeup::peer(u"db1"_s, u"Unknown"_s),
             [](auto &p) {
                 p.probe = madeup::probe(u"db1"_s, std::nullopt);
                 p.probe->failure->errorClass = ErrorClass::Login;
             }),
        DisplayState::NoData, u"No data · login refused"_s);
    row("not tried",
        with(madeup::peer(u"db1"_s, u"Unknown"_s),
             [](auto &p) { p.source = PeerView::Source::Applications; }),
        DisplayState::NoData, u"Not tried yet"_s);
    row("requested", madeup::draining(u"db1"_s, Requested, 41, 41), DisplayState::Draining,
        u"Draining · 41 of 41 left"_s);
    row("draining", madeup::draining(u"db1"_s, Draining, 7, 41), DisplayState::Draining,
        u"Draining · 7 of 41 left"_s);
    row("draining, unseen",
        with(madeup::draining(u"db1"_s, Draining, 0, 0), [](auto &p) { p.isReported = false; }),
        DisplayState::Draining, u"Draining · sessions not known"_s);
    row("empty, unseen",
        with(madeup::draining(u"db1"_s, Empty, 0, 0), [](auto &p) { p.isReported = false; }),
        DisplayState::Draining, u"Draining · sessions not known"_s);
    row("draining and down",
        with(madeup::draining(u"db1"_s, Draining, 7, 41), [](auto &p) { p.health = Health::Down; }),
        DisplayState::Draining, u"Draining · 7 of 41 left · down"_s);
    row("stalled", madeup::draining(u"db1"_s, Stalled, 1, 41), DisplayState::Stalled,
        u"Stalled · 1 of 41 left"_s);
    row("drained", madeup::draining(u"db1"_s, Empty, 0, 41), DisplayState::Drained,
        u"Drained · not yet safe to stop"_s);
    row("safe", madeup::draining(u"db1"_s, SafeToStop, 0, 41), DisplayState::SafeToStop,
        u"Safe to stop"_s);
    row("stopped",
        with(madeup::draining(u"db1"_s, Stopped, 0, 41), [](auto &p) { p.health = Health::Down; }),
        DisplayState::Stopped, u"Stopped"_s);
}

void tst_MonitorTexts::states()
{
    QFETCH(const PeerView, peer);
    QFETCH(const DisplayState, state);
    QFETCH(const QString, text);
    QCOMPARE(displayStateOf(peer), state);
    QCOMPARE(stateText(peer, state), text);
    // The accessible text of a peer does not change by itself.
    PeerView later = peer;
    if (later.nextCheck)
        *later.nextCheck /= 2;
    if (later.past.dataAge)
        *later.past.dataAge += 7;
    later.past.stateAge = 99;
    QCOMPARE(sentenceOf(later, state), sentenceOf(peer, state));
}

void tst_MonitorTexts::slowPeers()
{
    PeerView slow = madeup::peer(u"db3"_s);
    slow.isSlow = true;
    QCOMPARE(displayStateOf(slow), DisplayState::Slow);
    PeerView draining = madeup::draining(u"db3"_s, DrainState::Draining, 1, 2);
    draining.isSlow = true;
    QCOMPARE(displayStateOf(draining), DisplayState::Draining);
}

void tst_MonitorTexts::problemsAndWorst()
{
    for (const DisplayState state : {DisplayState::Down, DisplayState::Stalled, DisplayState::NoData,
                                     DisplayState::Checking, DisplayState::Slow})
        QVERIFY(isProblem(state));
    // A drained peer that goes down raises no alarm.
    for (const DisplayState state : {DisplayState::Up, DisplayState::Draining, DisplayState::Drained,
                                     DisplayState::SafeToStop, DisplayState::Stopped})
        QVERIFY(!isProblem(state));
    const auto worst = [](const QList<PeerView> &peers) {
        return worstOf({u"orders"_s, {}, peers});
    };
    const PeerView stopped = madeup::draining(u"db1"_s, DrainState::Stopped);
    QCOMPARE(worst({}), DisplayState::NoData);
    QCOMPARE(worst({madeup::peer(u"db1"_s)}), DisplayState::Up);
    QCOMPARE(worst({madeup::peer(u"db2"_s), stopped}), DisplayState::Stopped);
    QCOMPARE(worst({stopped, madeup::peer(u"db2"_s, u"Down"_s), madeup::peer(u"db3"_s)}),
             DisplayState::Down);
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
    QCOMPARE(sentenceOf(peer, DisplayState::Draining),
             u"db2:3306, Draining, 7 of 41 left, 2 in use, drained by alice@admin1"_s);
    PeerView down = madeup::reported(u"db4"_s, 0);
    down.health = Health::Down;
    down.nextCheck = 12;
    down.past.errors5m = 14;
    QCOMPARE(sentenceOf(down, DisplayState::Down),
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
    // Screen readers do not speak the countdown.
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
    QCOMPARE(card.moved(), 34);
    QCOMPARE(card.verdict.text(), u"NOT YET SAFE TO STOP: 7 session(s) left"_s);
    QVERIFY(!card.drain.isSafe());
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
    const auto verdict = [&view] { return drainCardOf(view, u"db2:3306"_s).verdict.text(); };
    const QString worker = u"billing-worker (app3, pid 8112) keeps 1 session: open transaction, "
                           "12 min"_s;
    drain.obstacles = {worker};
    QCOMPARE(verdict(), u"NOT YET SAFE TO STOP: "_s + worker);
    drain.obstacles.append(u"web: silent"_s);
    QVERIFY2(verdict().endsWith(u"12 min. Also web: silent."_s), qPrintable(verdict()));
    drain.obstacles.append(u"shop: silent"_s);
    QVERIFY2(verdict().endsWith(u"12 min. Also web: silent; and 1 more."_s), qPrintable(verdict()));
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
    QCOMPARE(verdict(), u"SAFE TO STOP: as far as could be checked"_s);
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
    DrainForecast forecast = drainForecastOf(view, {u"db2:3306"_s});
    QVERIFY(forecast.isKnown && !forecast.isDraining);
    QCOMPARE(forecast.sessions, std::optional(41));
    QCOMPARE(forecast.othersUp, 2);
    QCOMPARE(forecast.landings.size(), 2); // a down peer gets no sessions
    QCOMPARE(forecast.landings.at(0).more, 31);
    QCOMPARE(forecast.landings.at(1).more, 11);
    QCOMPARE(forecast.sessionsText(), u"41 session(s) now"_s);
    QCOMPARE(forecast.warning(), u"db1:3306 allows 60 sessions and would need about 69."_s);
    QVERIFY(forecast.lastHealthyOf.isEmpty());

    peers[0].service = Service::Draining;
    forecast = drainForecastOf(view, {u"db2:3306"_s});
    QCOMPARE(forecast.alsoDraining, QStringList{u"db1:3306"_s});
    QCOMPARE(forecast.warning(), u"A drain is under way already: db1:3306."_s);
    peers[2].health = Health::Down;
    peers[2].proof = PeerJudgement::Proof::NotUp;
    forecast = drainForecastOf(view, {u"db2:3306"_s});
    QCOMPARE(forecast.lastHealthyOf, u"orders"_s);
    QCOMPARE(forecast.othersUp, 0);
    // It is down already, so it cannot be the last healthy one.
    QVERIFY(drainForecastOf(view, {u"db4:3306"_s}).lastHealthyOf.isEmpty());
    QVERIFY(!drainForecastOf(view, {u"db9:3306"_s}).isKnown);
    view.processes.clear();
    QVERIFY(!drainForecastOf(view, {u"db2:3306"_s}).sessions);
}

QTEST_GUILESS_MAIN(tst_MonitorTexts)
#include "tst_monitortexts.moc"
