// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "monitortextstest.h"

/// Exports of the window, and its lists of events, applications and details.
class tst_MonitorExports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

void tst_MonitorExports::markdown()
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

void tst_MonitorExports::csv()
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

// A spreadsheet executes formulas, and any operator can write a reason.
void tst_MonitorExports::csvHasNoFormulas_data()
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

void tst_MonitorExports::csvHasNoFormulas()
{
    QFETCH(QString, reason);
    QFETCH(QString, written);
    ClusterView view = madeup::view({madeup::draining(u"db2"_s, DrainState::Draining, 1, 41)});
    view.pools[0].peers[0].entry->reason = reason;
    const auto rows = readCsv(QString::fromUtf8(csvOf(view.pools.constFirst())));
    QCOMPARE(rows.at(1).at(rows.at(0).indexOf(u"reason"_s)), written);
}

void tst_MonitorExports::json()
{
    ClusterView view = madeup::view({madeup::peer(u"db1"_s)});
    view.pools.append({u"staging"_s, {}, {madeup::peer(u"db2"_s)}});
    const QJsonArray pools =
            QJsonDocument::fromJson(jsonOf(view, u"staging"_s)).object()[u"pools"_s].toArray();
    QCOMPARE(pools.size(), 1);
    QCOMPARE(pools.at(0)[u"peers"_s][0][u"peer"_s].toString(), u"db2:3306"_s);
}

void tst_MonitorExports::socketOfAPeer()
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

void tst_MonitorExports::copiedRows()
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

void tst_MonitorExports::commands()
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
    // A shell must parse the quoted text back to the original.
    const QString nasty = u"it's $HOME `id` \"x\" \\ ; rm -rf * ü\n!"_s;
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"printf %s "_s + shellQuoted(nasty)});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), nasty);
    QCOMPARE(shellQuoted({}), u"''"_s);
    QCOMPARE(shellQuoted(u"~"_s), u"'~'"_s);
}

void tst_MonitorExports::eventsAreARing()
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
    QCOMPARE(model.index(0, EventsModel::Text).data().toString(), u"2"_s);
    QCOMPARE(model.index(EventsModel::Most - 1, EventsModel::Text).data().toString(),
             QString::number(EventsModel::Most + 1));
    model.append(events(20'000, EventsModel::Most + 5));
    QCOMPARE(model.rowCount(), EventsModel::Most);
    QCOMPARE(model.index(0, EventsModel::Text).data().toString(), u"20005"_s);
    QCOMPARE(reset.size(), 0);
}

void tst_MonitorExports::eventsAreFiltered()
{
    EventsModel model;
    const QDateTime time = QDateTime::fromSecsSinceEpoch(0, Qt::UTC);
    model.append(
            {{time, ClusterEvent::Kind::Drain, u"orders"_s, u"db1:3306"_s, u"alice"_s,
              u"drained: disk"_s},
             {time, ClusterEvent::Kind::Health, u"staging"_s, u"db2:3306"_s, {}, u"Down, was Up"_s},
             {time, ClusterEvent::Kind::Trouble, {}, {}, {}, u"disk full"_s}});
    WordFilter order({EventsModel::Peer, EventsModel::By, EventsModel::Text},
                     EventsModel::ActionRole);
    order.setSourceModel(&model);
    QCOMPARE(order.rowCount(), 3);
    order.setFilterText(u"DISK"_s);
    QCOMPARE(order.rowCount(), 2);
    order.setFilterText({});
    order.setMarkedOnly(true);
    QCOMPARE(order.rowCount(), 1);
    QCOMPARE(order.index(0, EventsModel::By).data().toString(), u"alice"_s);
    QVERIFY(order.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"drained: disk"_s));
}

void tst_MonitorExports::whoIsStillOnIt()
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
    KnownProcess unaware = madeup::process(u"b"_s, u"web"_s, {madeup::report(u"db1"_s, 1)});
    const KnownProcess left = madeup::process(u"e"_s, u"shop"_s, {madeup::report(u"db1"_s, 0)});
    KnownProcess refuses = knows;
    refuses.process.id = u"c"_s;
    refuses.report->pools[0].control = Control::Off;
    KnownProcess silent = knows;
    silent.process.id = u"d"_s;
    silent.presence = KnownProcess::Presence::Silent;
    silent.answered = clock.now() - 35s;
    view.processes = {knows, unaware, left, refuses, silent};

    ApplicationsModel model(nullptr, clock);
    model.setView(view, u"db1:3306"_s);
    const auto cell = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.rowOf(u"e"_s), -1); // it holds nothing
    QCOMPARE(cell(0, ApplicationsModel::Application), u"billing-worker"_s);
    QCOMPARE(cell(0, ApplicationsModel::Pid), u"8112"_s);
    QCOMPARE(cell(0, ApplicationsModel::Sessions), u"4"_s);
    QCOMPARE(cell(0, ApplicationsModel::KeptBy), u"open transaction, 12 min"_s);
    QCOMPARE(cell(0, ApplicationsModel::EndsWhen), u"at COMMIT or ROLLBACK"_s);
    QCOMPARE(cell(0, ApplicationsModel::KnowsDrain), u"yes"_s);
    QCOMPARE(cell(1, ApplicationsModel::KnowsDrain), u"no"_s);
    QCOMPARE(cell(2, ApplicationsModel::KnowsDrain), u"refuses"_s);
    QCOMPARE(cell(3, ApplicationsModel::KnowsDrain), u"does not answer for 35 s"_s);
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(),
             u"billing-worker (app3, pid 8112), 4 session(s), a transaction open, knows of the "
             "drain: yes"_s);

    // The server lists more sessions than are reported; our own connection does not count.
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
    // Not checked: other sessions are unknown.
    peer.probe->serverList.isChecked = false;
    model.setView(view, u"db1:3306"_s);
    QCOMPARE(model.rowCount(), 1);
}

void tst_MonitorExports::detailsOfAPeer()
{
    ClusterView view = madeup::view({madeup::draining(u"db1"_s, DrainState::Draining, 2, 5)});
    PeerView &peer = view.pools[0].peers[0];
    peer.probe = madeup::probe(u"db1"_s, 3.14);
    peer.probe->facts.version = u"10.11.6-MariaDB"_s;
    peer.probe->usesTls = true;
    peer.source = PeerView::Source::Applications;
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
    QCOMPARE(value(u"request"_s), u"alice@admin1"_s);
    QCOMPARE(value(u"weight"_s), QString()); // not known: left out
    QCOMPARE(value(u"health"_s), u"Up (reports of applications)"_s);
    const auto restore = qScopeGuard([known = QLocale()] { QLocale::setDefault(known); });
    QLocale::setDefault(QLocale::German);
    model.setView(view, u"orders"_s, u"db1:3306"_s);
    QCOMPARE(value(u"connect"_s), u"3,1 ms"_s);
    PeersModel peers(u"orders"_s);
    peers.setView(view);
    QCOMPARE(peers.index(0, PeersModel::Connect).data().toString(), u"3,1 ms"_s);
    model.setView(view, u"staging"_s, u"db1:3306"_s);
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(tst_MonitorExports)
#include "tst_monitorexports.moc"
