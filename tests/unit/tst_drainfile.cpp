// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/directorylocation.h"
#include "drain/drainfile.h"
#include "pool/drainrequests.h"
#include "verdict/lasthealthypeer.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>
#include <grp.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace qproxysql;
using namespace Qt::StringLiterals;
using Proof = PeerJudgement::Proof;

namespace {

using State = DrainFile::Reading::State;

DrainRequest requestFor(const QString &peer, Service service = Service::Draining)
{
    return {.peer = peer, .service = service, .reason = u"upgrade"_s, .requestedBy = u"alice"_s};
}

constexpr uid_t Nobody = 65534;
constexpr uid_t Stranger = 65533;

/// Runs \a work as another user without root's rights, in a child; its result.
int asUser(uid_t user, gid_t group, const std::function<int()> &work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const bool isThem = ::setgroups(0, nullptr) == 0 && ::setgid(group) == 0
                            && ::setuid(user) == 0;
        ::_exit(isThem ? work() : 99);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

int kindOf(const DrainFile::Outcome &outcome)
{
    return outcome.refusal ? int(outcome.refusal->kind) : -1;
}

mode_t modeOf(const QString &path)
{
    struct stat status;
    return ::stat(qPrintable(path), &status) == 0 ? status.st_mode & 07777 : 0;
}

} // namespace

class tst_DrainFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
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
    void damagedFileIsLeftAlone_data();
    void damagedFileIsLeftAlone();
    void unknownFieldsAreKept();
    void newerFormatIsObeyedButNotRewritten();
    void clockSetBackChangesNothing();
    void fullDiskLosesNothing();
    void leftoverOfAKilledWriterIsNoObstacle();
    void folderThatIsAFileIsNamed();
    void withoutRightsNothingIsWritten();
    void groupOfTheFolderMayWrite();
    void guardSeesWhatWouldBe();
    void lastHealthyPeerStays_data();
    void lastHealthyPeerStays();
    void twoOperatorsCannotDrainTheSurvivors();
    void outdatedRequestIsRefused();

private:
    QString folder() const { return m_folder->filePath(u"state/qproxysql"_s); }
    DrainFile file() const { return DrainFile(folder()); }
    QByteArray bytes() const
    {
        QFile stored(file().path());
        return stored.open(QIODevice::ReadOnly) ? stored.readAll() : QByteArray();
    }
    void store(const QByteArray &content) const
    {
        QVERIFY(QDir().mkpath(folder()));
        QFile stored(file().path());
        QVERIFY(stored.open(QIODevice::WriteOnly));
        QCOMPARE(stored.write(content), content.size());
    }
    Service serviceOf(const QString &peer, const QString &pool = u"any"_s) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_DrainFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

/// What a process would make of the file.
Service tst_DrainFile::serviceOf(const QString &peer, const QString &pool) const
{
    QString error;
    const DrainRequests all(file().read().document.entries);
    const DrainRequest *request = all.of(pool, {{*PeerAddress::parse(peer, 3306, &error), {}}})
                                          .front();
    return request ? request->service : Service::InService;
}

void tst_DrainFile::locationIsTheFirstOfThree()
{
    const auto restore = qScopeGuard([dir = qgetenv("QPROXYSQL_DIR"),
                                      state = qgetenv("XDG_STATE_HOME"), home = qgetenv("HOME")] {
        qputenv("QPROXYSQL_DIR", dir);
        qputenv("XDG_STATE_HOME", state);
        qputenv("HOME", home);
    });
    qputenv("QPROXYSQL_DIR", "/somewhere/else/");
    QCOMPARE(DirectoryLocation::folder(), u"/somewhere/else"_s);
    qputenv("QPROXYSQL_DIR", "elsewhere");
    QString error;
    QCOMPARE(DirectoryLocation::folder(&error), QString());
    QVERIFY2(error.contains(u"QPROXYSQL_DIR=elsewhere"_s) && error.contains(u"absolute path"_s),
             qPrintable(error));
    qunsetenv("QPROXYSQL_DIR");
    qputenv("XDG_STATE_HOME", "/state");
    QCOMPARE(DirectoryLocation::userFolder(), u"/state/qproxysql"_s);
    qputenv("XDG_STATE_HOME", "not/absolute");
    qputenv("HOME", "/home/alice");
    QCOMPARE(DirectoryLocation::userFolder(), u"/home/alice/.local/state/qproxysql"_s);
    const bool hasMachine = QFileInfo(DirectoryLocation::machineFolder()).isDir();
    QCOMPARE(DirectoryLocation::folder(),
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

void tst_DrainFile::damagedFileIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("named");
    const auto entry = [](const QByteArray &fields) {
        return QByteArray(R"({"format": 1, "entries": [{"peer": "ok:1", "service": "draining", )"
                          R"("generation": 5}, {)")
               + fields + "}]}";
    };
    QTest::newRow("empty") << QByteArray() << u"it is not JSON"_s;
    QTest::newRow("other") << QByteArray("[pools]\na=b\n") << u"it is not JSON"_s;
    QTest::newRow("cut off") << QByteArray(R"({"format": 1, "entries": [{"peer":)")
                             << u"it is not JSON"_s;
    QTest::newRow("list") << QByteArray("[]") << u"\"format\" is missing"_s;
    QTest::newRow("foreign") << QByteArray(R"({"name": "x"})") << u"\"format\" is missing"_s;
    QTest::newRow("format 0") << QByteArray(R"({"format": 0, "entries": []})") << u"\"format\""_s;
    QTest::newRow("entries") << QByteArray(R"({"format": 1, "entries": {}})") << u"\"entries\""_s;
    QTest::newRow("no peer") << entry(R"("service": "draining", "generation": 1)")
                             << u"entry 2: \"peer\" is missing"_s;
    QTest::newRow("service") << entry(R"("peer": "a", "service": "gone", "generation": 1)")
                             << u"entry 2: \"service\" is not understood"_s;
    QTest::newRow("no generation")
            << entry(R"("peer": "a", "service": "draining")") << u"\"generation\" is missing"_s;
    QTest::newRow("fraction") << entry(R"("peer": "a", "service": "draining", "generation": 1.5)")
                              << u"\"generation\""_s;
    QTest::newRow("huge") << entry(
            R"("peer": "a", "service": "draining", "generation": 9223372036854775807)")
                          << u"\"generation\""_s;
    QTest::newRow("negative") << entry(R"("peer": "a", "service": "draining", "generation": -1)")
                              << u"\"generation\""_s;
    QTest::newRow("pool") << entry(
            R"("peer": "a", "service": "draining", "generation": 1, "pool": 7)")
                          << u"\"pool\""_s;
    QTest::newRow("identities") << entry(
            R"("peer": "a", "service": "draining", "generation": 1, "identities": [7])")
                                << u"\"identities\""_s;
    const auto wish = [&entry](const QByteArray &fields) {
        return entry(R"("service": "draining", "generation": 1, )" + fields);
    };
    const QByteArray long300(301, 'x');
    const QByteArray long1000(1001, 'x');
    QTest::newRow("long peer") << wish("\"peer\": \"" + long300 + '"')
                               << u"entry 2: \"peer\" is too long; allowed are 300 characters"_s;
    QTest::newRow("long pool") << wish(R"("peer": "a", "pool": ")" + long300 + '"')
                               << u"\"pool\" is too long"_s;
    QTest::newRow("long identity")
            << wish(R"("peer": "a", "identities": ["b", ")" + long300 + "\"]")
            << u"\"identities\" is too long"_s;
    QTest::newRow("long reason") << wish(R"("peer": "a", "reason": ")" + long1000 + '"')
                                 << u"\"reason\" is too long; allowed are 1000 characters"_s;
    QTest::newRow("long requestedBy") << wish(R"("peer": "a", "requestedBy": ")" + long1000 + '"')
                                      << u"\"requestedBy\" is too long"_s;
    QTest::newRow("many identities") << wish(R"("peer": "a", "identities": [)"
                                             + QByteArray(R"("b",)").repeated(32) + "\"b\"]")
                                     << u"\"identities\" has 33 texts; allowed are at most 32"_s;
    QTest::newRow("many entries") << QByteArray(R"({"format": 1, "entries": [)"
                                                + QByteArray("{},").repeated(1000) + "{}]}")
                                  << u"\"entries\" has 1001 entries; allowed are at most 1000"_s;
    QTest::newRow("large") << QByteArray(5 * 1024 * 1024, ' ') << u"larger than"_s;
}

void tst_DrainFile::damagedFileIsLeftAlone()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, named);
    store(content);
    const DrainFile::Reading reading = file().read();
    QCOMPARE(reading.state, State::Damaged);
    QVERIFY2(reading.refusal->text.contains(named), qPrintable(reading.refusal->text));
    QVERIFY2(reading.refusal->text.contains(file().path()), qPrintable(reading.refusal->text));
    const DrainFile::Outcome outcome = file().write(requestFor(u"db1:3306"_s));
    QCOMPARE(kindOf(outcome), int(DrainRefusal::Damaged));
    QVERIFY2(outcome.refusal->text.contains(u"left alone"_s), qPrintable(outcome.refusal->text));
    QCOMPARE(bytes(), content);
}

void tst_DrainFile::unknownFieldsAreKept()
{
    store(R"({"format": 1, "colour": {"of": "money"}, "entries": [
             {"peer": "db1:3306", "service": "draining", "generation": 7, "ticket": 4711},
             {"peer": "db2:3306", "service": "draining", "generation": 8, "until": [1]}]})");
    QVERIFY(file().write(requestFor(u"db1:3306"_s, Service::InService)).change.isNew);
    const QJsonObject stored = QJsonDocument::fromJson(bytes()).object();
    QCOMPARE(stored.value("colour"_L1).toObject().value("of"_L1).toString(), u"money"_s);
    const QJsonArray entries = stored.value("entries"_L1).toArray();
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries.at(0).toObject().value("ticket"_L1).toInt(), 4711);
    QCOMPARE(entries.at(0).toObject().value("service"_L1).toString(), u"inService"_s);
    QCOMPARE(entries.at(1).toObject().value("until"_L1).toArray().size(), 1);
    QCOMPARE(entries.at(1).toObject().value("generation"_L1).toInt(), 8);
}

void tst_DrainFile::newerFormatIsObeyedButNotRewritten()
{
    const QByteArray content = R"({"format": 2, "kind": "fleet", "entries": [
             {"peer": "db1:3306", "service": "draining", "generation": 7, "ticket": 4711},
             {"peer": "db2:3306", "service": "half", "generation": 8}]})";
    store(content);
    const DrainFile::Reading reading = file().read();
    QCOMPARE(reading.state, State::Good);
    QCOMPARE(reading.document.entries.size(), 1);
    QCOMPARE(reading.document.leftOut.size(), 1);
    QCOMPARE(serviceOf(u"db1"_s), Service::Draining);
    const DrainFile::Outcome outcome = file().write(requestFor(u"db1:3306"_s, Service::InService));
    QCOMPARE(kindOf(outcome), int(DrainRefusal::NewerFormat));
    QVERIFY2(outcome.refusal->text.contains(u"format 2"_s), qPrintable(outcome.refusal->text));
    QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
    QCOMPARE(bytes(), content);
}

void tst_DrainFile::clockSetBackChangesNothing()
{
    DrainFile earlier = file();
    earlier.setClock([] { return quint64(1000); });
    const quint64 drained = file().write(requestFor(u"db1:3306"_s)).change.entry.generation;
    const DrainFile::Outcome outcome = earlier.write(requestFor(u"db1:3306"_s, Service::InService));
    QVERIFY(!outcome.refusal);
    QCOMPARE(outcome.change.entry.generation, drained + 1);
    QCOMPARE(serviceOf(u"db1"_s), Service::InService);
    QCOMPARE(earlier.write(requestFor(u"db2:3306"_s)).change.entry.generation, drained + 2);
}

void tst_DrainFile::fullDiskLosesNothing()
{
    QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
    const QByteArray stored = bytes();
    // No file may become larger than this: what a full disk looks like to a writer.
    rlimit before;
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{rlim_t(100), before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const DrainFile::Outcome outcome = file().write(requestFor(u"db2:3306"_s));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, ignored);
    QCOMPARE(kindOf(outcome), int(DrainRefusal::IoError));
    QVERIFY2(outcome.refusal->text.contains(u"cannot be written"_s)
                     && outcome.refusal->text.contains(file().path()),
             qPrintable(outcome.refusal->text));
    QCOMPARE(bytes(), stored);
    QVERIFY(!QFile::exists(file().path() + u".new"_s));
    QVERIFY(!file().write(requestFor(u"db2:3306"_s)).refusal);
}

void tst_DrainFile::leftoverOfAKilledWriterIsNoObstacle()
{
    QVERIFY(QDir().mkpath(folder()));
    QFile leftover(file().path() + u".new"_s);
    QVERIFY(leftover.open(QIODevice::WriteOnly));
    leftover.write("{\"form");
    leftover.close();
    QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
    QCOMPARE(serviceOf(u"db1"_s), Service::Draining);
    QVERIFY(!leftover.exists());
}

void tst_DrainFile::folderThatIsAFileIsNamed()
{
    QFile plain(m_folder->filePath(u"state"_s));
    QVERIFY(plain.open(QIODevice::WriteOnly));
    plain.close();
    DrainFile::Outcome outcome = DrainFile(plain.fileName()).write(requestFor(u"db1:3306"_s));
    QCOMPARE(kindOf(outcome), int(DrainRefusal::IoError));
    QVERIFY2(outcome.refusal->text.contains(plain.fileName()), qPrintable(outcome.refusal->text));
    outcome = file().write(requestFor(u"db1:3306"_s)); // below it
    QVERIFY(outcome.refusal);
    QVERIFY2(outcome.refusal->text.contains(folder()), qPrintable(outcome.refusal->text));
}

void tst_DrainFile::withoutRightsNothingIsWritten()
{
    QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
    const QByteArray stored = bytes();
    const auto refused = [this] {
        const DrainFile::Outcome outcome = file().write(requestFor(u"db2:3306"_s));
        const bool isNamed = outcome.refusal && outcome.refusal->text.contains(folder())
                             && outcome.refusal->text.contains(u"belongs to user"_s);
        return isNamed ? kindOf(outcome) : 97;
    };
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::Permissions(0x7755)));
    QVERIFY(::chmod(qPrintable(m_folder->filePath(u"state"_s)), 0755) == 0);
    QVERIFY(::chmod(qPrintable(folder()), 0555) == 0);
    QVERIFY(::chmod(qPrintable(file().path()), 0444) == 0);
    QVERIFY(::chmod(qPrintable(folder() + u"/drain.lock"_s), 0444) == 0);
    const int kind = ::geteuid() == 0 ? asUser(Nobody, Nobody, refused) : refused();
    QCOMPARE(kind, int(DrainRefusal::NoRights));
    QCOMPARE(bytes(), stored);
    QVERIFY(::chmod(qPrintable(folder()), 0755) == 0);
}

void tst_DrainFile::groupOfTheFolderMayWrite()
{
    if (::geteuid() != 0) {
        // What can be seen without a second user: the group is the folder's.
        QVERIFY(QDir().mkpath(folder()));
        QVERIFY(::chmod(qPrintable(folder()), 02770) == 0);
        QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
        QCOMPARE(modeOf(file().path()), mode_t(0660));
        return;
    }
    QVERIFY(QDir().mkpath(folder()));
    QVERIFY(::chmod(qPrintable(m_folder->path()), 0755) == 0);
    QVERIFY(::chown(qPrintable(folder()), 0, Nobody) == 0);
    QVERIFY(::chmod(qPrintable(folder()), 02770) == 0);
    const auto drain = [this](const QString &peer) {
        return kindOf(file().write(requestFor(peer)));
    };
    // Written by one, read and written by the other, whoever was first.
    QCOMPARE(drain(u"db1:3306"_s), -1);
    QCOMPARE(asUser(Nobody, Nobody, [&] { return drain(u"db2:3306"_s) + 1; }), 0);
    QCOMPARE(drain(u"db3:3306"_s), -1);
    QCOMPARE(asUser(Stranger - 1, Nobody, [&] { return drain(u"db4:3306"_s) + 1; }), 0);
    QCOMPARE(file().read().document.entries.size(), 4);
    for (const QString &name : {u"drain.json"_s, u"drain.lock"_s}) {
        QCOMPARE(modeOf(folder() + u'/' + name), mode_t(0660));
        QCOMPARE(QFileInfo(folder() + u'/' + name).groupId(), uint(Nobody));
    }
    // What root writes for somebody is that user's.
    const QString ofNobody = m_folder->filePath(u"private"_s);
    QVERIFY(QDir().mkpath(ofNobody));
    QVERIFY(::chown(qPrintable(ofNobody), Nobody, Nobody) == 0);
    QVERIFY(::chmod(qPrintable(ofNobody), 0700) == 0);
    QVERIFY(!DrainFile(ofNobody).write(requestFor(u"db1:3306"_s)).refusal);
    QCOMPARE(asUser(Nobody, Nobody, [&] { return int(DrainFile(ofNobody).read().state); }),
             int(State::Good));

    QCOMPARE(asUser(Stranger, Stranger, [&] { return drain(u"db5:3306"_s); }),
             int(DrainRefusal::NoRights));
    QCOMPARE(asUser(Stranger, Stranger, [&] { return int(file().read().state); }),
             int(State::Unreadable));
}

void tst_DrainFile::guardSeesWhatWouldBe()
{
    QVERIFY(!file().write(requestFor(u"db1:3306"_s)).refusal);
    const QByteArray stored = bytes();
    DrainChange seen;
    const DrainFile::Outcome outcome =
            file().write(requestFor(u"db2:3306"_s), {}, [&](const auto &change) {
                seen = change;
                return DrainRefusal{DrainRefusal::ReadOnly, u"read-only"_s};
            });
    QCOMPARE(kindOf(outcome), int(DrainRefusal::ReadOnly));
    QCOMPARE(seen.before.size(), 1);
    QCOMPARE(seen.after.size(), 2);
    QCOMPARE(seen.entry.peer, u"db2:3306"_s);
    QCOMPARE(bytes(), stored);
}

void tst_DrainFile::lastHealthyPeerStays_data()
{
    QTest::addColumn<QStringList>("healthy");
    QTest::addColumn<QStringList>("drained");
    QTest::addColumn<QString>("drain");
    QTest::addColumn<QString>("pool");
    QTest::addColumn<bool>("isRefused");
    QTest::addColumn<QStringList>("unknown");
    const QStringList both{u"db1"_s, u"db2"_s};
    const auto row = [](const char *name) -> QTestData & { return QTest::newRow(name); };
    const QStringList none;
    row("another is left") << both << none << u"db1"_s << QString() << false << none;
    row("the last") << both << QStringList{u"db1"_s} << u"db2"_s << QString() << true << none;
    row("the last healthy") << QStringList{u"db1"_s} << none << u"db1"_s << QString() << true
                            << none;
    row("one that is down") << QStringList{u"db1"_s} << none << u"db2"_s << QString() << false
                            << none;
    row("all are down") << none << none << u"db1"_s << QString() << false << none;
    row("of another pool") << both << QStringList{u"db1"_s} << u"db2"_s << u"other"_s << false
                           << none;
    row("of that pool") << both << QStringList{u"db1"_s} << u"db2"_s << u"orders"_s << true << none;
    row("no such peer") << both << QStringList{u"db1"_s} << u"db9"_s << QString() << false << none;
    row("by its identity") << both << QStringList{u"db1"_s} << u"uuid-db2"_s << QString() << true
                           << none;
    row("the other may be down") << QStringList{u"db1"_s} << none << u"db1"_s << QString() << true
                                 << QStringList{u"db2"_s};
    row("it may be down") << QStringList{u"db1"_s} << none << u"db2"_s << QString() << false
                          << QStringList{u"db2"_s};
    row("nothing is known") << none << none << u"db1"_s << QString() << true << both;
    row("only it may be up") << none << none << u"db1"_s << QString() << true
                             << QStringList{u"db1"_s};
}

void tst_DrainFile::lastHealthyPeerStays()
{
    QFETCH(QStringList, healthy);
    QFETCH(QStringList, drained);
    QFETCH(QString, drain);
    QFETCH(QString, pool);
    QFETCH(bool, isRefused);
    QFETCH(QStringList, unknown);
    QList<PeerStanding> peers;
    for (const QString &host : {u"db1"_s, u"db2"_s})
        peers.append({u"orders"_s,
                      {host, 3306},
                      {u"uuid-"_s + host},
                      healthy.contains(host)   ? Proof::Up
                      : unknown.contains(host) ? Proof::Unknown
                                               : Proof::NotUp});
    for (const QString &peer : std::as_const(drained))
        QVERIFY(!file().write(requestFor(peer)).refusal);
    DrainRequest request = requestFor(drain);
    request.pool = pool;
    const DrainFile::Outcome outcome = file().write(request, {}, [&](const DrainChange &change) {
        return lastHealthyPeerRefusal(change, peers);
    });
    QCOMPARE(kindOf(outcome), isRefused ? int(DrainRefusal::LastHealthyPeer) : -1);
    if (isRefused) {
        QVERIFY2(outcome.refusal->text.contains(u"orders"_s), qPrintable(outcome.refusal->text));
        // Resuming is always allowed.
        request.service = Service::InService;
        QVERIFY(!file().write(request, {}, [&](const DrainChange &change) {
                           return lastHealthyPeerRefusal(change, peers);
                       }).refusal);
    }
}

void tst_DrainFile::twoOperatorsCannotDrainTheSurvivors()
{
    const QList<PeerStanding> peers{{u"orders"_s, {u"db1"_s, 3306}, {}, Proof::Up},
                                    {u"orders"_s, {u"db2"_s, 3306}, {}, Proof::Up}};
    for (int round = 0; round < 20; ++round) {
        const QString roundFolder = m_folder->filePath(QString::number(round));
        std::atomic<int> ready{0};
        std::atomic<int> done{0};
        std::atomic<int> refused{0};
        const auto operate = [&](const QString &peer) {
            const DrainFile own(roundFolder);
            ++ready;
            while (ready < 2) {
            }
            const DrainFile::Outcome outcome = own.write(requestFor(peer), {},
                                                         [&](const auto &change) {
                                                             return lastHealthyPeerRefusal(change,
                                                                                           peers);
                                                         });
            if (!outcome.refusal)
                ++done;
            else if (outcome.refusal->kind == DrainRefusal::LastHealthyPeer)
                ++refused;
            else
                qWarning("%s", qPrintable(outcome.refusal->text));
        };
        std::thread alice([&] { operate(u"db1"_s); });
        std::thread bob([&] { operate(u"db2"_s); });
        alice.join();
        bob.join();
        QCOMPARE(done, 1);
        QCOMPARE(refused, 1);
        QCOMPARE(DrainFile(roundFolder).read().document.entries.size(), 1);
    }
}

void tst_DrainFile::outdatedRequestIsRefused()
{
    DrainRequest request = requestFor(u"db1:3306"_s);
    const DrainFile::Outcome first = file().write(request, {.expectedGeneration = 0});
    QVERIFY(!first.refusal);
    DrainRequest resume = requestFor(u"db1:3306"_s, Service::InService);
    resume.requestedBy = u"bob"_s;
    const DrainFile::Outcome second =
            file().write(resume, {.expectedGeneration = first.change.entry.generation});
    QVERIFY(!second.refusal);
    QCOMPARE(second.change.knownGeneration, first.change.entry.generation);
    // Alice still sees it as nobody had ever asked anything of it.
    const DrainFile::Outcome late = file().write(request, {.expectedGeneration = 0});
    QCOMPARE(kindOf(late), int(DrainRefusal::ChangedMeanwhile));
    QVERIFY2(late.refusal->text.contains(u"db1:3306"_s) && late.refusal->text.contains(u"bob"_s),
             qPrintable(late.refusal->text));
    QCOMPARE(serviceOf(u"db1"_s), Service::InService);
}

QTEST_GUILESS_MAIN(tst_DrainFile)
#include "tst_drainfile.moc"
