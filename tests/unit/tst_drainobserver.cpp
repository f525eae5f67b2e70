// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "drain/drainfile.h"
#include "drain/drainknowledge.h"
#include "drain/drainobserver.h"
#include "fakes.h"
#include "health/supervisor.h"
#include "pool/poolregistry.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace qproxysql::test;
using namespace Qt::StringLiterals;

/// Each test has pools and peers of its own: the observer and the registry are the process's.
class tst_DrainObserver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { qputenv("QPROXYSQL_DIR", m_directory.toUtf8()); }
    void firstPoolReadsTheFileItself();
    void folderMayComeLater();
    void poolThatComesLaterObeysFromItsFirstChoice();
    void openPoolsObeyAndResume();
    void identityLearntLater();
    void addressGoesBeforeIdentity();
    void peerDefinedLaterObeys();
    void offObeysNothing();
    void newestOfPoolAndAllHolds();
    void applicationsOwnRequestHoldsUntilANewerOne();
    void damagedFileKeepsTheLastGoodState();
    void olderReadingIsNotToldAfterANewerOne();
    void knowledgeDoesNotGrowWithoutEnd();
    void newerFormatIsObeyed();
    void fileThatIsGoneTakesNothingBack();
    void nothingIsDoneWithoutAPool();

private:
    using PoolPointer = std::shared_ptr<PeerPool>;

    /// A pool of the peers NAME1 and NAME2.
    static PoolDefinition definitionOf(const QString &name, Control control = Control::Local)
    {
        PoolDefinition definition;
        definition.name = name;
        definition.policy.control = control;
        definition.peers = {{{name + u'1', 3306}, 1}, {{name + u'2', 3306}, 1}};
        return definition;
    }
    static PoolPointer acquire(const PoolDefinition &definition)
    {
        PoolPointer pool = *PoolRegistry::instance().acquire(definition);
        Supervisor::instance().wake(); // as watching it would
        return pool;
    }
    /// Who acquires a pool sees what the file says now.
    static void lookNow(const QString &poolName)
    {
        acquire(definitionOf(poolName));
        QTest::qWait(200); // the supervisor may have looked at the same moment, and still be telling
    }
    static bool isDraining(const PoolPointer &pool, PeerId peer)
    {
        return pool->peer(peer).service == Service::Draining;
    }
    DrainRequest write(const QString &peer, Service service, const QString &pool = {},
                       const QStringList &identities = {}) const
    {
        const DrainFile::Outcome outcome = DrainFile(m_directory)
                                                   .write({.peer = peer,
                                                           .identities = identities,
                                                           .pool = pool,
                                                           .service = service,
                                                           .reason = u"upgrade"_s,
                                                           .requestedBy = u"alice"_s});
        if (outcome.refusal)
            qWarning("%s", qPrintable(outcome.refusal->text));
        return outcome.change.entry;
    }
    DrainRequest drain(const QString &peer) const { return write(peer, Service::Draining); }
    DrainRequest resume(const QString &peer) const { return write(peer, Service::InService); }
    void replaceFile(const QByteArray &content) const
    {
        QFile fresh(m_directory + u"/other"_s);
        QVERIFY(fresh.open(QIODevice::WriteOnly));
        fresh.write(content);
        fresh.close();
        const QString path = DrainFile(m_directory).path();
        QCOMPARE(::rename(qPrintable(fresh.fileName()), qPrintable(path)), 0);
    }
    QByteArray fileContent() const
    {
        QFile file(DrainFile(m_directory).path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    const QString m_directory = m_folder.filePath(u"state/qproxysql"_s);
};

void tst_DrainObserver::initTestCase()
{
    QVERIFY(m_folder.isValid());
    DrainObserver::instance();
}

// Before there is a supervisor thread that could have read it.
void tst_DrainObserver::firstPoolReadsTheFileItself()
{
    drain(u"very1:3306"_s);
    const PoolPointer pool = *PoolRegistry::instance().acquire(definitionOf(u"very"_s));
    QVERIFY(isDraining(pool, 0));
    QVERIFY(!Supervisor::instance().isRunning());
    resume(u"very1:3306"_s);
    const PoolPointer again = *PoolRegistry::instance().acquire(definitionOf(u"very"_s));
    QVERIFY(!isDraining(pool, 0));
    QVERIFY(QDir(m_directory).removeRecursively());
}

void tst_DrainObserver::folderMayComeLater()
{
    const PoolPointer pool = acquire(definitionOf(u"later"_s));
    QTest::qWait(100); // it has looked, and found nothing
    QVERIFY(!isDraining(pool, 0));
    drain(u"later1:3306"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isDraining(pool, 0), 10'000);
    QVERIFY(!isDraining(pool, 1));
}

void tst_DrainObserver::poolThatComesLaterObeysFromItsFirstChoice()
{
    const DrainRequest entry = drain(u"first1:3306"_s);
    const PoolPointer pool = acquire(definitionOf(u"first"_s));
    for (int i = 0; i < 100; ++i)
        QCOMPARE(pool->choose(), 1);
    const DrainRequest note = pool->peer(0).request;
    QCOMPARE(note.requestedBy, u"alice"_s);
    QCOMPARE(note.reason, u"upgrade"_s);
    QCOMPARE(note.generation, entry.generation);
    QCOMPARE(note.at, entry.at);
    QVERIFY(DrainObserver::instance().generationSeen() >= entry.generation);
}

void tst_DrainObserver::openPoolsObeyAndResume()
{
    const PoolPointer pool = acquire(definitionOf(u"open"_s));
    QSignalSpy changes(pool.get(), &PeerPool::peerServiceChanged);
    for (int i = 0; i < 3; ++i) {
        const quint64 drained = drain(u"open1:3306"_s).generation;
        QTRY_VERIFY(isDraining(pool, 0));
        QTRY_COMPARE(DrainObserver::instance().generationSeen(), drained);
        resume(u"open1:3306"_s);
        QTRY_VERIFY(!isDraining(pool, 0));
    }
    QCOMPARE(changes.size(), 6);
    QVERIFY(!isDraining(pool, 1));
}

void tst_DrainObserver::identityLearntLater()
{
    const PoolPointer pool = acquire(definitionOf(u"identity"_s));
    write(u"10.0.0.1:3306"_s, Service::Draining, {}, {u"Server-One:3306"_s});
    const PoolPointer other = acquire(definitionOf(u"identityother"_s));
    QVERIFY(!isDraining(other, 1));
    setIdentities(*other, 1, {u"uuid"_s, u"server-one:3306"_s});
    QVERIFY(isDraining(other, 1));
    QVERIFY(!isDraining(other, 0));
    QVERIFY(other->hasDraining());
    // Another server answers there now.
    setIdentities(*other, 1, {u"server-two:3306"_s});
    QVERIFY(!isDraining(other, 1));
    // Known before the wish.
    setIdentities(*pool, 0, {u"server-three:3306"_s});
    drain(u"server-three:3306"_s);
    QTRY_VERIFY(isDraining(pool, 0));
    resume(u"10.0.0.1:3306"_s);
    resume(u"server-three:3306"_s);
    QTRY_VERIFY(!isDraining(pool, 0));
}

// Front ends of one cluster tell the identity of the server behind them.
void tst_DrainObserver::addressGoesBeforeIdentity()
{
    const PoolPointer pool = acquire(definitionOf(u"proxy"_s));
    setIdentities(*pool, 0, {u"backend:3306"_s});
    setIdentities(*pool, 1, {u"backend:3306"_s});
    write(u"proxy1:3306"_s, Service::Draining, {}, {u"backend:3306"_s});
    QTRY_VERIFY(isDraining(pool, 0));
    QVERIFY(!isDraining(pool, 1));
    write(u"proxy1:3306"_s, Service::InService);
}

void tst_DrainObserver::peerDefinedLaterObeys()
{
    PoolDefinition definition = definitionOf(u"edited"_s);
    drain(u"edited3:3306"_s);
    const PoolPointer pool = acquire(definition);
    definition.peers.append({{u"edited3"_s, 3306}, 1});
    pool->redefine(definition);
    QVERIFY(isDraining(pool, pool->find({u"edited3"_s, 3306})));
}

void tst_DrainObserver::offObeysNothing()
{
    drain(u"off1:3306"_s);
    const PoolPointer pool = acquire(definitionOf(u"off"_s, Control::Off));
    const PoolPointer witness = acquire(definitionOf(u"witness"_s));
    QVERIFY(!isDraining(pool, 0));
    drain(u"off2:3306"_s);
    drain(u"witness1:3306"_s);
    QTRY_VERIFY(isDraining(witness, 0));
    QVERIFY(!isDraining(pool, 1));
    // Its pool file is edited.
    pool->redefine(definitionOf(u"off"_s, Control::Local));
    QVERIFY(isDraining(pool, 0));
    pool->redefine(definitionOf(u"off"_s, Control::Off));
    QVERIFY(!isDraining(pool, 0));
}

void tst_DrainObserver::newestOfPoolAndAllHolds()
{
    const PoolPointer pool = acquire(definitionOf(u"scope"_s));
    PoolDefinition definition = definitionOf(u"scope"_s);
    definition.name = u"scopetoo"_s;
    const PoolPointer other = acquire(definition);
    write(u"scope1:3306"_s, Service::Draining, u"scope"_s);
    QTRY_VERIFY(isDraining(pool, 0));
    QVERIFY(!isDraining(other, 0));
    drain(u"scope1:3306"_s);
    QTRY_VERIFY(isDraining(other, 0));
    write(u"scope1:3306"_s, Service::InService, u"scope"_s);
    QTRY_VERIFY(!isDraining(pool, 0));
    QVERIFY(isDraining(other, 0));
    resume(u"scope1:3306"_s);
    QTRY_VERIFY(!isDraining(other, 0));
    QVERIFY(!isDraining(pool, 0));
}

void tst_DrainObserver::applicationsOwnRequestHoldsUntilANewerOne()
{
    const PoolPointer pool = acquire(definitionOf(u"own"_s));
    pool->setService(0, Service::Draining, {.generation = 1, .requestedBy = u"the application"_s});
    drain(u"own2:3306"_s);
    QTRY_VERIFY(isDraining(pool, 1));
    QVERIFY(isDraining(pool, 0));
    pool->setService(1, Service::InService,
                     {.generation = pool->peer(1).request.generation + 1,
                      .requestedBy = u"the application"_s});
    resume(u"own1:3306"_s); // nobody has drained it there: nothing to do
    drain(u"own9:3306"_s);
    const quint64 known = newestGeneration(DrainFile(m_directory).read().document.entries);
    QTRY_COMPARE(DrainObserver::instance().generationSeen(), known);
    QVERIFY(!isDraining(pool, 1));
    QVERIFY(isDraining(pool, 0));
    resume(u"own2:3306"_s);
    const quint64 drained = drain(u"own2:3306"_s).generation;
    QTRY_VERIFY(isDraining(pool, 1));
    QCOMPARE(pool->peer(1).request.generation, drained);
}

void tst_DrainObserver::damagedFileKeepsTheLastGoodState()
{
    const PoolPointer pool = acquire(definitionOf(u"damaged"_s));
    drain(u"damaged1:3306"_s);
    QTRY_VERIFY(isDraining(pool, 0));
    const QByteArray good = fileContent();

    // Once only, however often it is looked at. A second message would fail as one not expected.
    QTest::failOnWarning(QRegularExpression(u"."_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"drain.json is damaged: it is not JSON.*"
                                                          "last good state stays in force"_s));
    replaceFile("{\"format\": 1, ");
    const PoolPointer other = acquire(definitionOf(u"damagedtoo"_s));
    QTest::qWait(2500); // longer than two looks are apart
    QVERIFY(isDraining(pool, 0));
    QCOMPARE(fileContent(), QByteArray("{\"format\": 1, "));

    QTest::ignoreMessage(QtInfoMsg, "the drain directory can be read again");
    replaceFile(good);
    resume(u"damaged1:3306"_s);
    QTRY_VERIFY(!isDraining(pool, 0));
}

// Two threads read, and the one that began first comes last.
void tst_DrainObserver::olderReadingIsNotToldAfterANewerOne()
{
    using Reading = DrainFile::Reading;
    DrainKnowledge knowledge;
    const DrainRefusal refusal{DrainRefusal::Damaged, u"it is damaged"_s};
    const Reading damaged{.state = Reading::Damaged,
                          .stamp = {},
                          .document = {},
                          .refusal = refusal};
    Reading good;
    good.state = Reading::Good;
    good.document.entries.append(DrainRequest());
    good.document.entries[0].peer = u"db1:3306"_s;
    good.document.entries[0].generation = 1;
    const quint64 older = knowledge.begin();
    const quint64 newer = knowledge.begin();
    {
        QTest::failOnWarning(QRegularExpression(u"."_s));
        QVERIFY(knowledge.take(good, u"f"_s, newer));
        QVERIFY(!knowledge.take(damaged, u"f"_s, older));
        QVERIFY(knowledge.isNewest(newer));
        QVERIFY(!knowledge.isNewest(older));
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"it is damaged"_s));
    QVERIFY(!knowledge.take(damaged, u"f"_s, knowledge.begin()));
    good.document.entries[0].generation = 2;
    QVERIFY2(knowledge.take(good, u"f"_s, older), "a newer request counts whoever reads it");
    QCOMPARE(knowledge.generation(), 2u);
}

void tst_DrainObserver::knowledgeDoesNotGrowWithoutEnd()
{
    DrainKnowledge knowledge;
    quint64 generation = 0;
    const auto take = [&](int count, Service service) {
        DrainFile::Reading reading;
        reading.state = DrainFile::Reading::Good;
        for (int i = 0; i < count; ++i) {
            DrainRequest entry;
            entry.generation = ++generation;
            entry.peer = u"db%1:3306"_s.arg(generation);
            entry.service = service;
            reading.document.entries.append(entry);
        }
        knowledge.take(reading, u"f"_s, knowledge.begin());
    };
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no longer says.*db1:3306"_s));
    take(2, Service::Draining);
    for (int i = 0; i < 5; ++i)
        take(1000, Service::InService);
    const auto requests = knowledge.requests();
    QList<DrainRequests::PeerNames> peers;
    for (quint64 i = 1; i <= generation; ++i)
        peers.append(DrainRequests::PeerNames{{u"db%1"_s.arg(i), 3306}, {}});
    const auto known = requests->of(u"pool"_s,
                                    {peers.at(0), peers.at(1), peers.at(2), peers.last()});
    QVERIFY2(known.at(0) && known.at(1), "what is drained is not forgotten first");
    QVERIFY(!known.at(2));
    QVERIFY(known.at(3));
}

void tst_DrainObserver::newerFormatIsObeyed()
{
    const PoolPointer pool = acquire(definitionOf(u"format"_s));
    const QByteArray good = fileContent();
    QJsonObject file = QJsonDocument::fromJson(good).object();
    file.insert("format"_L1, DrainDocument::Format + 1);
    file.insert("novelty"_L1, true);
    QJsonArray entries = file.value("entries"_L1).toArray();
    entries.append(
            QJsonObject{{"peer"_L1, u"format1:3306"_s},
                        {"service"_L1, u"draining"_s},
                        {"generation"_L1, qint64(DrainObserver::instance().generationSeen() + 1)},
                        {"weather"_L1, u"fair"_s}});
    file.insert("entries"_L1, entries);
    replaceFile(QJsonDocument(file).toJson());
    QTRY_VERIFY(isDraining(pool, 0));
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"no longer says what it said of format1"_s));
    replaceFile(good);
    lookNow(u"formattoo"_s);
    QVERIFY2(isDraining(pool, 0), "nobody has resumed it");
}

void tst_DrainObserver::fileThatIsGoneTakesNothingBack()
{
    const PoolPointer pool = acquire(definitionOf(u"gone"_s));
    drain(u"gone1:3306"_s);
    QTRY_VERIFY(isDraining(pool, 0));
    const QByteArray good = fileContent();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is gone, but.*gone1:3306"_s));
    QVERIFY(QFile::remove(DrainFile(m_directory).path()));
    lookNow(u"gonetoo"_s);
    QVERIFY(isDraining(pool, 0));
    replaceFile(good);
    resume(u"gone1:3306"_s);
    QTRY_VERIFY(!isDraining(pool, 0));
}

void tst_DrainObserver::nothingIsDoneWithoutAPool()
{
    QVERIFY(PoolRegistry::instance().pools().size() > 5);
    QVERIFY(!PoolRegistry::instance().isAnyControlled());
    QTRY_VERIFY_WITH_TIMEOUT(Supervisor::instance().isIdle(), 10'000);
}

QTEST_GUILESS_MAIN(tst_DrainObserver)
#include "tst_drainobserver.moc"
