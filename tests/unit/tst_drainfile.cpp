// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drainfiletest.h"

/// What is written to the drain directory, and how it is read.
class tst_DrainFile : public DrainFileTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void locationIsTheFirstOfThree();
    void drainIsWrittenForThisUserAlone();
    void resumingWritesANewerGeneration();
    void whatIsSoAlreadyIsNotWritten();
    void poolsHaveWishesOfTheirOwn();
    void otherNamesMeanTheSameServer();
    void caseOfASocketCounts();
    void socketsAreNotOfTheFleet();
    void badRequestsAreRefused_data();
    void badRequestsAreRefused();
    void sessionsAreKeptWithTheDrain();
    void limitsAreKeptInWriting();
    void clockSetBackChangesNothing();
};

void tst_DrainFile::locationIsTheFirstOfThree()
{
    const auto restore = qScopeGuard([dir = qgetenv("QPROXYSQL_DIR"),
                                      state = qgetenv("XDG_STATE_HOME"), home = qgetenv("HOME")] {
        qputenv("QPROXYSQL_DIR", dir);
        qputenv("XDG_STATE_HOME", state);
        qputenv("HOME", home);
    });
    qputenv("QPROXYSQL_DIR", "/somewhere/else/");
    QCOMPARE(DirectoryLocation::folder().valueOr({}), u"/somewhere/else"_s);
    qputenv("QPROXYSQL_DIR", "elsewhere");
    const Expected<QString> refused = DirectoryLocation::folder();
    QVERIFY(!refused);
    const QString error = refused.error();
    QVERIFY2(error.contains(u"QPROXYSQL_DIR=elsewhere"_s) && error.contains(u"absolute path"_s),
             qPrintable(error));
    qunsetenv("QPROXYSQL_DIR");
    qputenv("XDG_STATE_HOME", "/state");
    QCOMPARE(DirectoryLocation::userFolder(), u"/state/qproxysql"_s);
    qputenv("XDG_STATE_HOME", "not/absolute");
    qputenv("HOME", "/home/alice");
    QCOMPARE(DirectoryLocation::userFolder(), u"/home/alice/.local/state/qproxysql"_s);
    const bool hasMachine = QFileInfo(DirectoryLocation::machineFolder()).isDir();
    QCOMPARE(DirectoryLocation::folder().valueOr({}),
             hasMachine ? DirectoryLocation::machineFolder() : DirectoryLocation::userFolder());
}

void tst_DrainFile::drainIsWrittenForThisUserAlone()
{
    QCOMPARE(file().read().state, State::Missing);
    DrainRequest request = requestFor(u"DB1"_s);
    request.identities = {u"db1.lan:3306"_s};
    const auto before = quint64(QDateTime::currentMSecsSinceEpoch());
    const DrainFile::Outcome outcome = file().write(request);
    QCOMPARE(kindOf(outcome), -1);
    QVERIFY(outcome.change.isNew);

    const DrainFile::Reading reading = file().read();
    QCOMPARE(reading.state, State::Good);
    QCOMPARE(reading.document.format, 1);
    QCOMPARE(reading.document.entries.size(), 1);
    const DrainRequest entry = reading.document.entries.first();
    QCOMPARE(entry, outcome.change.entry);
    QCOMPARE(entry.peer, u"DB1"_s);
    QCOMPARE(serviceOf(u"db1:3306"_s), Service::Draining);
    QVERIFY(entry.identities.contains(u"db1.lan:3306"_s));
    QCOMPARE(entry.pool, QString());
    QCOMPARE(entry.service, Service::Draining);
    QVERIFY(entry.generation >= before);
    QCOMPARE(entry.reason, u"upgrade"_s);
    QCOMPARE(entry.requestedBy, u"alice"_s);
    QVERIFY(std::abs(entry.at.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    QCOMPARE(modeOf(folder()), mode_t(0700));
    QCOMPARE(modeOf(file().path()), mode_t(0600));
    QVERIFY(!QFile::exists(file().path() + u".new"_s));
}

void tst_DrainFile::resumingWritesANewerGeneration()
{
    const quint64 drained = file().write(requestFor(u"db1:3306"_s)).change.entry.generation;
    const DrainFile::Outcome outcome = file().write(requestFor(u"db1:3306"_s, Service::InService));
    QVERIFY(!outcome.refusal);
    const QList<DrainRequest> entries = file().read().document.entries;
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries.first().service, Service::InService);
    QVERIFY(entries.first().generation > drained);
}

void tst_DrainFile::whatIsSoAlreadyIsNotWritten()
{
    // Nobody has drained it: there is nothing to resume, and no file for it.
    DrainFile::Outcome outcome = file().write(requestFor(u"db1:3306"_s, Service::InService));
    QVERIFY(!outcome.refusal && !outcome.change.isNew);
    QCOMPARE(outcome.change.entry.peer, QString());
    QCOMPARE(file().read().state, State::Missing);

    QVERIFY(file().write(requestFor(u"db1:3306"_s)).change.isNew);
    const QByteArray stored = bytes();
    DrainRequest again = requestFor(u"db1:3306"_s);
    again.requestedBy = u"bob"_s;
    again.reason = u"another"_s;
    outcome = file().write(again);
    QVERIFY(!outcome.refusal && !outcome.change.isNew);
    QCOMPARE(outcome.change.entry.requestedBy, u"alice"_s);
    QCOMPARE(outcome.change.entry.reason, u"upgrade"_s);
    QCOMPARE(bytes(), stored);
}

void tst_DrainFile::poolsHaveWishesOfTheirOwn()
{
    DrainRequest inOrders = requestFor(u"db1:3306"_s);
    inOrders.pool = u"orders"_s;
    QVERIFY(file().write(inOrders).change.isNew);
    QCOMPARE(serviceOf(u"db1"_s, u"orders"_s), Service::Draining);
    QCOMPARE(serviceOf(u"db1"_s, u"staging"_s), Service::InService);
    // A drain of one pool does not fulfil the request for all.
    QVERIFY(file().write(requestFor(u"db1:3306"_s)).change.isNew);
    QCOMPARE(serviceOf(u"db1"_s, u"staging"_s), Service::Draining);
    QVERIFY(!file().write(inOrders).change.isNew);
    // The newer request of the two holds.
    inOrders.service = Service::InService;
    QVERIFY(file().write(inOrders).change.isNew);
    QCOMPARE(serviceOf(u"db1"_s, u"orders"_s), Service::InService);
    QCOMPARE(serviceOf(u"db1"_s, u"staging"_s), Service::Draining);
    QVERIFY(file().write(requestFor(u"db1:3306"_s)).change.isNew);
    QCOMPARE(serviceOf(u"db1"_s, u"orders"_s), Service::Draining);
    QCOMPARE(file().read().document.entries.size(), 2);
}

void tst_DrainFile::otherNamesMeanTheSameServer()
{
    DrainRequest request = requestFor(u"127.0.0.1:3307"_s);
    request.identities = {u"Host7:3307"_s};
    QVERIFY(file().write(request).change.isNew);
    QCOMPARE(serviceOf(u"host7:3307"_s), Service::Draining);
    // Resumed by its identity, under the name by which others know it: they need not know the identity.
    QVERIFY(file().write(requestFor(u"host7:3307"_s, Service::InService)).change.isNew);
    QCOMPARE(serviceOf(u"127.0.0.1:3307"_s), Service::InService);
    QCOMPARE(file().read().document.entries.size(), 1);
    // By a third name, of which the asker knows what it means.
    DrainRequest third = requestFor(u"localhost:3307"_s);
    third.identities = {u"host7:3307"_s, u"127.0.0.1:3307"_s};
    QVERIFY(file().write(third).change.isNew);
    QCOMPARE(serviceOf(u"127.0.0.1:3307"_s), Service::Draining);
    QCOMPARE(serviceOf(u"localhost:3307"_s), Service::Draining);
    QCOMPARE(serviceOf(u"127.0.0.1:3308"_s), Service::InService);
}

void tst_DrainFile::caseOfASocketCounts()
{
    QVERIFY(!file().write({.peer = u"localhost:/run/A.sock"_s, .service = Service::Draining})
                     .refusal);
    QVERIFY(!file().write({.peer = u"LOCALHOST:/run/b b.sock"_s, .service = Service::Draining})
                     .refusal);
    QCOMPARE(serviceOf(u"localhost:/run/A.sock"_s), Service::Draining);
    QCOMPARE(serviceOf(u"localhost:/run/a.sock"_s), Service::InService);
    QCOMPARE(serviceOf(u"localhost:/run/b b.sock"_s), Service::Draining);
    QVERIFY(!file().write({.peer = u"localhost:/run/a.sock"_s, .service = Service::InService})
                     .refusal);
    QCOMPARE(serviceOf(u"localhost:/run/A.sock"_s), Service::Draining);
}

void tst_DrainFile::socketsAreNotOfTheFleet()
{
    QString peer = u"localhost:/run/a.sock"_s;
    QStringList names{u"127.0.0.1:3306"_s, u"localhost:/run/other.sock"_s, u"u-1"_s,
                      u"vm:/run/a.sock"_s};
    QVERIFY(dropSocketNames(&peer, &names));
    QCOMPARE(peer, u"vm:/run/a.sock"_s);
    QCOMPARE(names, QStringList({u"127.0.0.1:3306"_s, u"u-1"_s}));
    peer = u"localhost:/run/a.sock"_s;
    names = QStringList{u"127.0.0.1:3306"_s, u"localhost:3306"_s};
    QVERIFY(!dropSocketNames(&peer, &names));
    peer = u"db1:3306"_s;
    names = QStringList{u"localhost:/run/a.sock"_s};
    QVERIFY(dropSocketNames(&peer, &names));
    QCOMPARE(peer, u"db1:3306"_s);
    QVERIFY(names.isEmpty());
}

void tst_DrainFile::badRequestsAreRefused_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("named");
    QTest::newRow("no peer") << u" "_s << QString() << u"cannot be a peer"_s;
    QTest::newRow("control") << u"db1\n:3306"_s << QString() << u"cannot be a peer"_s;
    QTest::newRow("long peer") << QString(301, u'x') << QString() << u"cannot be a peer"_s;
    QTest::newRow("long reason") << u"db1"_s << QString(1001, u'x') << u"1000 characters"_s;
}

void tst_DrainFile::badRequestsAreRefused()
{
    QFETCH(QString, peer);
    QFETCH(QString, reason);
    QFETCH(QString, named);
    DrainRequest request = requestFor(peer);
    request.reason = reason;
    const DrainFile::Outcome outcome = file().write(request);
    QCOMPARE(kindOf(outcome), int(DrainRefusal::BadRequest));
    QVERIFY2(outcome.refusal->text.contains(named), qPrintable(outcome.refusal->text));
    QVERIFY(!QFile::exists(folder()));
}

void tst_DrainFile::sessionsAreKeptWithTheDrain()
{
    DrainRequest request = requestFor(u"db1:3306"_s);
    request.sessions = 41;
    QVERIFY(!file().write(request).refusal);
    QCOMPARE(file().read().document.entries.constFirst().sessions, std::optional(41));
    request.sessions = 7; // it drains already
    QVERIFY(!file().write(request).refusal);
    QCOMPARE(file().read().document.entries.constFirst().sessions, std::optional(41));
    request.service = Service::InService;
    request.sessions.reset();
    QVERIFY(!file().write(request).refusal);
    const DrainRequest resumed = file().read().document.entries.constFirst();
    QCOMPARE(resumed.sessions, std::optional<int>());
    QVERIFY(!resumed.rest.contains(u"sessions"_s));
}

// What one writes everybody must be able to read.
void tst_DrainFile::limitsAreKeptInWriting()
{
    DrainRequest request = requestFor(u"db1:3306"_s);
    request.identities = QStringList(33, u"a"_s);
    QCOMPARE(kindOf(file().write(request)), int(DrainRefusal::BadRequest));
    request.identities = {QString(301, u'x')};
    QCOMPARE(kindOf(file().write(request)), int(DrainRefusal::BadRequest));
    for (int i = 0; i < 4; ++i) { // the server gets new names
        request.identities = {u"fixed"_s};
        for (int k = 0; k < 20; ++k)
            request.identities.append(u"name%1"_s.arg(i * 20 + k));
        request.service = i % 2 == 0 ? Service::Draining : Service::InService;
        QVERIFY(!file().write(request).refusal);
    }
    QCOMPARE(file().read().state, State::Good);

    DrainDocument full;
    for (int i = 0; i < 1000; ++i) {
        DrainRequest entry;
        entry.peer = u"db%1:3307"_s.arg(i);
        entry.generation = 1;
        full.entries.append(entry);
    }
    store(full.toJson());
    const DrainFile::Outcome outcome = file().write(requestFor(u"other:3306"_s));
    QCOMPARE(kindOf(outcome), int(DrainRefusal::BadRequest));
    QVERIFY2(outcome.refusal->text.contains(u"1000 entries"_s), qPrintable(outcome.refusal->text));
    QVERIFY(!file().write(requestFor(u"db7:3307"_s)).refusal);
    QCOMPARE(file().read().state, State::Good);
}

void tst_DrainFile::clockSetBackChangesNothing()
{
    DrainRequest ahead = requestFor(u"db1:3306"_s);
    const quint64 drained = quint64(QDateTime::currentMSecsSinceEpoch()) + 1'000'000'000;
    ahead.generation = drained;
    DrainDocument document;
    document.entries = {ahead};
    store(document.toJson());
    const DrainFile::Outcome outcome = file().write(requestFor(u"db1:3306"_s, Service::InService));
    QVERIFY(!outcome.refusal);
    QCOMPARE(outcome.change.entry.generation, drained + 1);
    QCOMPARE(serviceOf(u"db1"_s), Service::InService);
    QCOMPARE(file().write(requestFor(u"db2:3306"_s)).change.entry.generation, drained + 2);
}

QTEST_GUILESS_MAIN(tst_DrainFile)
#include "tst_drainfile.moc"
