// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "session/nopeererror.h"

#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;

namespace {

PeerSnapshot peer(const QString &host, Health health, int code = 0, const QString &text = {})
{
    static int id = 0;
    PeerSnapshot shown;
    shown.id = id++;
    shown.address = {host, 3306};
    shown.health = health;
    shown.lastError = shown.lastConnectError = {code, text, {}};
    return shown;
}

PeerSnapshot drained(const QString &host, const QString &by = {}, const QString &why = {})
{
    PeerSnapshot shown = peer(host, Health::Up);
    shown.service = Service::Draining;
    shown.request = {.generation = 7,
                     .reason = why,
                     .requestedBy = by,
                     .at = QDateTime(QDate(2026, 3, 1), QTime(22, 5), Qt::UTC)};
    return shown;
}

} // namespace

class tst_NoPeerError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_data()
    {
        QTest::addColumn<QList<PeerSnapshot>>("peers");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");

        QTest::newRow("down") << QList{peer(u"db1"_s, Health::Down, 2002, u"refused"_s),
                                       peer(u"db2"_s, Health::Down, 2013, u"lost"_s)}
                              << u"No peer of pool p can be used: db1:3306: 2002 refused; "
                                 "db2:3306: 2013 lost"_s
                              << u"2013"_s;
        QTest::newRow("overloaded")
                << QList{peer(u"db1"_s, Health::Overloaded, 1203, u"too many"_s)}
                << u"No peer of pool p can be used: db1:3306: 1203 too many"_s << u"1040"_s;
        QTest::newRow("one drained")
                << QList{drained(u"db1"_s, u"anna"_s, u"kernel update"_s),
                         peer(u"db2"_s, Health::Down, 2002, u"refused"_s)}
                << u"No peer of pool p can be used (those that are not drained have failed): "
                   "db1:3306: draining since 2026-03-01T22:05:00Z, requested by anna (kernel "
                   "update); resume it with: qproxysql-ctl resume db1:3306; db2:3306: 2002 refused"_s
                << u"2002"_s;
        QTest::newRow("all drained")
                << QList{drained(u"db1"_s, u"anna"_s), drained(u"db2"_s)}
                << u"No peer of pool p can be used (all of its peers are drained): db1:3306: "
                   "draining since 2026-03-01T22:05:00Z, requested by anna; resume it with: "
                   "qproxysql-ctl resume db1:3306; db2:3306: draining since "
                   "2026-03-01T22:05:00Z; resume it with: qproxysql-ctl resume db2:3306"_s
                << QString();
    }
    void text()
    {
        QFETCH(QList<PeerSnapshot>, peers);
        const QSqlError error = noPeerError(u"p"_s, peers);
        QTEST(error.databaseText(), "text");
        QTEST(error.nativeErrorCode(), "code");
    }

    void silentPeerIsSaidToBe()
    {
        const PeerSnapshot silent = peer(u"db1"_s, Health::Up, 2013, u"of yesterday"_s);
        const QSqlError error = noPeerError(u"p"_s, {silent},
                                            {.reason = u"too late"_s, .waitedFor = {silent.id}});
        QCOMPARE(error.databaseText(),
                 u"No peer of pool p can be used (too late): db1:3306: no answer"_s);
    }

    // What a lost session said is why the statement needs a peer, not what is wrong with the peer.
    void lostSessionIsNoReasonAgainstItsPeer()
    {
        PeerSnapshot lost = peer(u"db1"_s, Health::Suspect);
        lost.lastError = {2006,
                          u"the peer closed the connection"_s,
                          {},
                          PeerError::Source::Statement};
        PeerSnapshot refusing = lost;
        refusing.address.host = u"db2"_s;
        refusing.health = Health::Down;
        refusing.lastConnectError = {2002, u"refused"_s, {}};
        NoPeerDetails details{.cause = u"the peer closed the connection"_s,
                              .causeCode = 2006,
                              .waitedFor = {lost.id}};
        const QSqlError error = noPeerError(u"p"_s, {lost, refusing}, details);
        QCOMPARE(error.databaseText(),
                 u"No peer of pool p can be used: db1:3306: no answer; db2:3306: 2002 refused. "
                 "The connection needed another session: the peer closed the connection"_s);
        QCOMPARE(error.nativeErrorCode(), u"2002"_s);
        QCOMPARE(noPeerError(u"p"_s, {lost}, details).nativeErrorCode(), u"2006"_s);
        details.waitedFor.clear();
        QVERIFY(noPeerError(u"p"_s, {lost}, details)
                        .databaseText()
                        .contains(u"db1:3306: not tried"_s));
    }

    void oldReasonTellsItsAge_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("news") << 1 << u"2002 refused"_s;
        QTest::newRow("seconds") << 12 << u"2002 refused (12 s ago)"_s;
        QTest::newRow("minutes") << 200 << u"2002 refused (3 min ago)"_s;
    }
    void oldReasonTellsItsAge()
    {
        QFETCH(int, seconds);
        QFETCH(QString, text);
        PeerSnapshot old = peer(u"db1"_s, Health::Down, 2002, u"refused"_s);
        old.lastConnectError.at = QDateTime(QDate(2026, 3, 1), QTime(22, 5), Qt::UTC);
        const QSqlError error = noPeerError(u"p"_s, {old},
                                            {.now = old.lastConnectError.at.addSecs(seconds)});
        QCOMPARE(error.databaseText(), u"No peer of pool p can be used: db1:3306: "_s + text);
    }
};

QTEST_APPLESS_MAIN(tst_NoPeerError)
#include "tst_nopeererror.moc"
